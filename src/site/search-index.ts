// Writes what the search reads: the full text as Pagefind keeps it, below `pagefind/`, and below
// `search/` the index of facets and the list of words. All of it is made from the same documents.

import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createIndex } from 'pagefind';
import { toFullText } from '../core/search/excerpt.ts';
import type { SearchDocument } from '../core/search/search-document.ts';
import { encodeIndex, type TextKeys } from '../core/search/search-index.ts';
import { encodeWords } from '../core/search/word-index.ts';
import type { Catalog } from './catalog.ts';
import { searchDocuments } from './search-documents.ts';

/** Pagefind's own interfaces, its worker and its reader of other languages, which nobody loads here. */
const UNUSED = /^(?:pagefind-(?:ui|modular-ui|component-ui|highlight|worker)|wasm\.unknown)\./;

const pageOf = ({ number }: SearchDocument): string => `dandiset/${number}/`;

async function writeFullText(documents: readonly SearchDocument[], folder: string): Promise<void> {
  const { index, errors } = await createIndex({ forceLanguage: 'en' });
  if (index === undefined)
    throw new Error(`The search index could not be made: ${errors.join(' ')}`);
  for (const document of documents) {
    const added = await index.addCustomRecord({
      url: pageOf(document),
      content: toFullText(document.lines),
      language: 'en',
      meta: { title: document.title },
    });
    if (added.errors.length > 0)
      throw new Error(`${document.number} could not be indexed: ${added.errors.join(' ')}`);
  }
  await index.writeFiles({ outputPath: folder });
  await index.deleteIndex();
  for (const name of await readdir(folder))
    if (UNUSED.test(name)) await rm(path.join(folder, name));
}

const SIGNATURE = 'pagefind_dcd';

/** The key Pagefind gives each document's text, which is all that its results name. */
async function textKeys(documents: readonly SearchDocument[], folder: string): Promise<TextKeys> {
  const keys = new Map<string, string>();
  const fragments = path.join(folder, 'fragment');
  const names = await readdir(fragments).catch(() => []);
  for (const name of names) {
    const text = gunzipSync(await readFile(path.join(fragments, name))).toString('utf8');
    const { url } = JSON.parse(text.slice(SIGNATURE.length)) as { url: string };
    keys.set(url, name.replace(/^en_|\.pf_fragment$/g, ''));
  }
  const entry = JSON.parse(await readFile(path.join(folder, 'pagefind-entry.json'), 'utf8')) as {
    languages: { en?: { hash: string } };
  };
  return {
    state: entry.languages.en?.hash ?? '',
    keys: documents.map((document) => {
      const key = keys.get(pageOf(document));
      if (key === undefined) throw new Error(`The text of ${document.number} is not in the index`);
      return key;
    }),
  };
}

/** Writes the whole search of some documents below the folder of a site. */
export async function writeSearchFiles(
  documents: readonly SearchDocument[],
  output: string,
): Promise<void> {
  const fullText = path.join(output, 'pagefind');
  await writeFullText(documents, fullText);
  const keys = await textKeys(documents, fullText);
  const folder = path.join(output, 'search');
  // Below a folder named by their state: a page of an older build finds them gone, not changed.
  const { state } = keys;
  await mkdir(path.join(folder, state, 'words'), { recursive: true });
  const { starts, parts, spellings } = encodeWords(documents);
  const { facets, ...columns } = encodeIndex(documents, keys, starts);
  const { contributor, ...others } = facets;
  const files: [name: string, text: string][] = [
    ['index.json', JSON.stringify({ ...columns, facets: others })],
    [`${state}/contributors.json`, JSON.stringify({ contributor })],
    [`${state}/spellings.txt`, spellings],
    ...parts.map((text, part): [string, string] => [`${state}/words/${part}.txt`, text]),
  ];
  for (const [name, text] of files) await writeFile(path.join(folder, name), text);
}

/** Writes the search of a catalogue; returns the number of Dandisets in it. */
export async function writeSearchIndex(catalog: Catalog, output: string): Promise<number> {
  const documents = await searchDocuments(catalog);
  await writeSearchFiles(documents, output);
  return documents.length;
}
