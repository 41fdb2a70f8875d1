// Writes what the search reads: below `search/` all about Dandisets, made from the same documents, and below
// `pagefind/` the index of the site's other pages.

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encodeBlocks } from '../../core/search/row-details.ts';
import type { SearchDocument } from '../../core/search/search-document.ts';
import { encodeIndex, type EncodedIndex } from '../../core/search/search-index.ts';
import { sizeColumns } from '../../core/search/size-columns.ts';
import { encodeWords } from '../../core/search/word-index.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { writePagesIndex, writeTextsIndex } from './pagefind-files.ts';
import { searchDocuments } from './search-documents.ts';

type File = [name: string, text: string];

/** Writes the whole search of some documents below the folder of a site. */
export async function writeSearchFiles(
  documents: readonly SearchDocument[],
  output: string,
): Promise<void> {
  const { starts, parts, spellings, names } = encodeWords(documents);
  const { facets, ...columns } = encodeIndex(documents);
  const { contributor, funder, ...others } = facets;
  const files: File[] = [
    ['people.json', JSON.stringify({ contributor, funder })],
    ['sizes.json', JSON.stringify(sizeColumns(documents))],
    ['spellings.txt', spellings],
    ['names.txt', names],
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
  await writeTextsIndex(documents, path.join(folder, state, 'phrases'));
  const index: EncodedIndex = { ...columns, facets: others, state, wordParts: starts };
  await writeFile(path.join(folder, 'index.json'), JSON.stringify(index));
}

/** Writes the search of a catalogue and of the pages of its site; returns how many of each are in it. */
export async function writeSearchIndex(
  catalog: Catalog,
  output: string,
): Promise<{ dandisets: number; pages: number }> {
  const documents = await searchDocuments(catalog);
  await writeSearchFiles(documents, output);
  return { dandisets: documents.length, pages: await writePagesIndex(output) };
}
