// The files that the state of a target folder is written to: the journal, and the request that filled the folder.

import { open, readFile, rename, writeFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import {
  journalLine,
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
  want(files: readonly WantedEntry[]): Promise<void>;
  /** Notes a file that is there, verified. */
  note(entry: JournalEntry): Promise<void>;
  /** Takes out a file. */
  forget(target: string): Promise<void>;
  close(): Promise<void>;
}

/** The journal in the state of a target folder; the first line that is written makes its file. */
export async function openJournal(state: string): Promise<FolderJournal> {
  const journalPath = path.join(state, 'journal.jsonl');
  const requestPath = path.join(state, 'from.json');
  const { placed, wanted } = readJournal(await readFile(journalPath, 'utf8').catch(() => ''));

  let appended: Promise<FileHandle> | undefined;
  async function openEnd(): Promise<FileHandle> {
    const file = await open(journalPath, 'a');
    // The last line of a run that was killed may be torn: what follows begins anew.
    await file.write('\n');
    return file;
  }
  // Lines that come while others are written go together with the next write.
  let queue: { lines: string; written: Promise<void> } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  function append(lines: string): Promise<void> {
    if (queue !== undefined) {
      queue.lines += lines;
      return queue.written;
    }
    const turn = async (): Promise<void> => {
      appended ??= openEnd();
      const file = await appended;
      const text = queue?.lines ?? '';
      queue = undefined;
      await file.write(text);
    };
    const written = last.catch(() => undefined).then(turn);
    last = written;
    queue = { lines, written };
    return written;
  }

  return {
    placed,
    wanted,
    savedRequest: () => readFile(requestPath, 'utf8').catch(() => undefined),
    async saveRequest(text) {
      await writeFile(`${requestPath}.new`, text);
      await rename(`${requestPath}.new`, requestPath);
    },
    async want(files) {
      const unknown = files.filter((file) => {
        const known = wanted.get(file.path) ?? placed.get(file.path);
        return known?.size !== file.size || known.digest !== file.digest;
      });
      if (unknown.length > 0) await append(unknown.map(wantedLine).join(''));
      for (const file of unknown) wanted.set(file.path, file);
    },
    async note(entry) {
      await append(journalLine(entry));
      placed.set(entry.path, entry);
      if (wanted.get(entry.path)?.digest === entry.digest) wanted.delete(entry.path);
    },
    async forget(target) {
      await append(removalLine(target));
      placed.delete(target);
      wanted.delete(target);
    },
    async close() {
      await last.catch(() => undefined);
      await (await appended?.catch(() => undefined))?.close();
    },
  };
}
