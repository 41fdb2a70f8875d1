// The corpus of real records among the reference material, and an archive made from it. Its tests
// are `describeWith(shared, …)`.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../needed-part.ts';
import { runCli } from '../process/run-cli.ts';
import { cached } from '../sites/build-cache.ts';
import { shared } from '../shared.ts';

/** The corpus: `dandisets/<ID>/<VERSION>/`. It is part of the reference material. */
export const corpusFolder = path.join(shared.path, 'corpus');

const cache = path.join(repository, '.cache', 'corpus-content');

async function importInto(folder: string): Promise<void> {
  const content = path.join(folder, 'content');
  const result = await runCli('import', corpusFolder, '--into', content, '--no-check');
  if (!existsSync(path.join(content, 'archive.json'))) {
    throw new Error(`The corpus could not be imported: ${result.stderr}`);
  }
}

/**
 * The content folder of an archive imported from the corpus, made once for each state of the program and the
 * corpus. Never write into it.
 */
export async function importedCorpus(): Promise<string> {
  await runCli('--version'); // builds the bundle where it is out of date
  const hash = createHash('sha256')
    .update(readFileSync(path.join(repository, 'build', 'dandiset.mjs')))
    .update(readFileSync(path.join(corpusFolder, 'index.json')));
  const folder = await cached(cache, hash.digest('hex').slice(0, 16), importInto);
  return path.join(folder, 'content');
}
