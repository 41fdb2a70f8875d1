// Writes what the search reads: below `pagefind/` an index of phrases, and below `search/` everything else.
// All of it is made from the same documents.

import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createIndex } from 'pagefind';
import { foldedWords } from '../../core/text/fold.ts';
import { encodeBlocks } from '../../core/search/row-details.ts';
import type { SearchDocument } from '../../core/search/search-document.ts';
import { encodeIndex, type EncodedIndex } from '../../core/search/search-index.ts';
import { sizeColumns } from '../../core/search/size-columns.ts';
import { encodeWords } from '../../core/search/word-index.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { searchDocuments } from './search-documents.ts';

/**
 * What nobody loads here: Pagefind's own interfaces, its worker, its reader of other languages, and the texts
 * it stores, which are only words.
 */
const UNUSED =
  /^(?:pagefind-(?:ui|modular-ui|component-ui|highlight|worker)\.|wasm\.unknown\.|fragment$)/;

/** Prevents a phrase from continuing on the next line. */
const LINE_END = ' \u2063 ';

async function writePhrases(documents: readonly SearchDocument[], folder: string): Promise<void> {
  const { index, errors } = await createIndex({ forceLanguage: 'en' });
  if (index === undefined)
    throw new Error(`The search index could not be made: ${errors.join(' ')}`);
  for (const { number, lines, looseLines } of documents) {
    const phrases = lines.slice(0, lines.length - looseLines);
    const added = await index.addCustomRecord({
      url: number,
      // Words folded as everywhere else here: a fifth smaller than with accents and case.
      content: phrases.map((line) => foldedWords(line).join(' ')).join(LINE_END),
      language: 'en',
    });
    if (added.errors.length > 0)
      throw new Error(`${number} could not be indexed: ${added.errors.join(' ')}`);
  }
  await index.writeFiles({ outputPath: folder });
  await index.deleteIndex();
}

const SIGNATURE = 'pagefind_dcd';

/** The key Pagefind gives each document, which is all that its results contain. */
async function phraseKeys(documents: readonly SearchDocument[], folder: string): Promise<string[]> {
  const keys = new Map<string, string>();
  const fragments = path.join(folder, 'fragment');
  const names = await readdir(fragments).catch(() => []);
  for (const name of names) {
    const text = gunzipSync(await readFile(path.join(fragments, name))).toString('utf8');
    const { url } = JSON.parse(text.slice(SIGNATURE.length)) as { url: string };
    keys.set(url, name.replace(/^en_|\.pf_fragment$/g, ''));
  }
  return documents.map(({ number }) => {
    const key = keys.get(number);
    if (key === undefined) throw new Error(`${number} is not in the index of phrases`);
    return key;
  });
}

type File = [name: string, text: string];

/** Writes the whole search of some documents below the folder of a site. */
export async function writeSearchFiles(
  documents: readonly SearchDocument[],
  output: string,
): Promise<void> {
  const phrases = path.join(output, 'pagefind');
  await writePhrases(documents, phrases);
  const keys = await phraseKeys(documents, phrases);
  for (const name of await readdir(phrases))
    if (UNUSED.test(name)) await rm(path.join(phrases, name), { recursive: true });
  const { starts, parts, spellings, names } = encodeWords(documents);
  const { facets, ...columns } = encodeIndex(documents);
  const { contributor, funder, ...others } = facets;
  const files: File[] = [
    ['people.json', JSON.stringify({ contributor, funder })],
    ['sizes.json', JSON.stringify(sizeColumns(documents))],
    ['spellings.txt', spellings],
    ['names.txt', names],
    ['phrase-keys.txt', keys.join('\n')],
    ...parts.map((text, part): File => [`words/${part}.txt`, text]),
    ...encodeBlocks(documents).map((rows, at): File => [`rows/${at}.json`, JSON.stringify(rows)]),
    ...documents.map(({ number, lines }): File => [`texts/${number}.txt`, lines.join('\n')]),
  ];
  // Below a folder named by its contents: a page of an older build finds it gone, not changed.
  const digest = createHash('sha256');
  for (const file of files) digest.update(file.join('\0'));
  const state = digest.digest('hex').slice(0, 12);
  const folder = path.join(output, 'search');
  for (const below of ['words', 'rows', 'texts'])
    await mkdir(path.join(folder, state, below), { recursive: true });
  for (const [name, text] of files) await writeFile(path.join(folder, state, name), text);
  const index: EncodedIndex = { ...columns, facets: others, state, wordParts: starts };
  await writeFile(path.join(folder, 'index.json'), JSON.stringify(index));
}

/** Writes the search of a catalogue; returns the number of Dandisets in it. */
export async function writeSearchIndex(catalog: Catalog, output: string): Promise<number> {
  const documents = await searchDocuments(catalog);
  await writeSearchFiles(documents, output);
  return documents.length;
}
