// The corpus of real records among the reference material, and an archive made from it. Its tests
// are `describeWith(shared, …)`.

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { repository } from '../needed-part.ts';
import { runCli } from '../process/run-cli.ts';
import { shared } from '../shared.ts';

/** The corpus: `dandisets/<ID>/<VERSION>/`. It is part of the reference material. */
export const corpusFolder = path.join(shared.path, 'corpus');

const cache = path.join(repository, '.cache', 'corpus-content');
const AN_HOUR = 3_600_000;

/** Archives made by older code; recent ones may be in use by tests that run beside these. */
function removeOld(): void {
  for (const name of readdirSync(cache)) {
    const folder = path.join(cache, name);
    // Tests beside these may have removed it since.
    const time = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - time > AN_HOUR) rmSync(folder, { recursive: true, force: true });
  }
}

async function importInto(folder: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  removeOld();
  const unfinished = `${folder}.${process.pid}`;
  const result = await runCli(
    'import',
    corpusFolder,
    '--into',
    path.join(unfinished, 'content'),
    '--no-check',
  );
  if (!existsSync(path.join(unfinished, 'content', 'archive.json'))) {
    throw new Error(`The corpus could not be imported: ${result.stderr}`);
  }
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process was first with the same content.
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/**
 * The content folder of an archive imported from the corpus, made once for each state of the
 * program and the corpus. Never write into it.
 */
export async function importedCorpus(): Promise<string> {
  await runCli('--version'); // builds the bundle where it is out of date
  const vocabularies = path.join(repository, 'content', 'vocabularies');
  const hash = createHash('sha256');
  for (const file of [
    path.join(repository, 'build', 'dandiset.mjs'),
    path.join(corpusFolder, 'index.json'),
    ...readdirSync(vocabularies)
      .sort()
      .map((name) => path.join(vocabularies, name)),
  ]) {
    hash.update(readFileSync(file));
  }
  const folder = path.join(cache, hash.digest('hex').slice(0, 16));
  if (!existsSync(folder)) await importInto(folder);
  return path.join(folder, 'content');
}
