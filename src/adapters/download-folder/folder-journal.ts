// The files that the state of a target folder is written to: the journal, and the request that filled the folder.

import { closeSync, openSync, writeSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  readJournal,
  removalLine,
  wantedLine,
  type Journal,
  type JournalEntry,
  type WantedEntry,
} from '../../core/download/journal.ts';

/** The journal, in memory and on disk. */
export interface FolderJournal extends Journal {
  /** The request that was saved; undefined if none was. */
  savedRequest(): Promise<string | undefined>;
  saveRequest(text: string): Promise<void>;
  /** Notes files that are asked for, unless they are known already. */
  want(files: readonly WantedEntry[]): void;
  /** Appends lines to the file alone. */
  append(lines: string): void;
  /** Notes a file that is there, verified, and whose line has been written. */
  known(entry: JournalEntry): void;
  /** Takes out a file. */
  forget(target: string): void;
  close(): void;
}

/** The file of a journal. */
const journalFile = (state: string): string => path.join(state, 'journal.jsonl');

/** Appends lines to the journal in a state folder, each call by one write: threads may do so at the same time. */
export function journalLines(state: string): { append(lines: string): void; close(): void } {
  let file: number | undefined;
  return {
    append(lines) {
      if (file === undefined) {
        file = openSync(journalFile(state), 'a');
        // The last line of a run that was killed may be torn: what follows begins anew.
        writeSync(file, '\n');
      }
      const bytes = Buffer.from(lines);
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

/** The journal in the state of a target folder; the first line that is written makes its file. */
export async function openJournal(state: string): Promise<FolderJournal> {
  const requestPath = path.join(state, 'from.json');
  const { placed, wanted } = readJournal(
    await readFile(journalFile(state), 'utf8').catch(() => ''),
  );

  const { append, close } = journalLines(state);

  return {
    placed,
    wanted,
    savedRequest: () => readFile(requestPath, 'utf8').catch(() => undefined),
    async saveRequest(text) {
      await writeFile(`${requestPath}.new`, text);
      await rename(`${requestPath}.new`, requestPath);
    },
    want(files) {
      const unknown = files.filter((file) => {
        const known = wanted.get(file.path) ?? placed.get(file.path);
        return known?.size !== file.size || known.digest !== file.digest;
      });
      if (unknown.length > 0) append(unknown.map(wantedLine).join(''));
      for (const file of unknown) wanted.set(file.path, file);
    },
    append,
    known(entry) {
      placed.set(entry.path, entry);
      if (wanted.get(entry.path)?.digest === entry.digest) wanted.delete(entry.path);
    },
    forget(target) {
      append(removalLine(target));
      placed.delete(target);
      wanted.delete(target);
    },
    close,
  };
}
