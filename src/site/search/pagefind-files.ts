// What Pagefind does for the search: an index of the site's pages, below `pagefind/`, and one of the texts of
// Dandisets, which says whether words follow each other.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createIndex, type PagefindIndex } from 'pagefind';
import type { SearchDocument } from '../../core/search/search-document.ts';
import { foldedWords } from '../../core/text/fold.ts';

/** Pagefind's own interfaces and its worker, which no page loads; its reader of other languages. */
const UNUSED = /^(?:pagefind-(?:ui|modular-ui|component-ui|highlight|worker)\.|wasm\.unknown\.)/;
/** The index of texts is read with the engine of the other; nobody reads the texts that it stores. */
const UNUSED_OF_TEXTS = /^(?:pagefind[^/]*\.(?:js|css)$|wasm\.|fragment\/)/;

/** The site's pages with something to read: on a page of one value, only its name; people have too many. */
const PAGES =
  '{index.html,handbook/**/index.html,{dandiset,person,offline}/index.html,{species,approach,technique,standard,licence,funder}/**/index.html}';

/** Examples are long, and full of words that the page is not about. */
const EXAMPLES = ['pre', 'code'];

/** Prevents a phrase from continuing on the next line. */
const LINE_END = ' \u2063 ';

interface Answer {
  errors: string[];
}

function checked<T extends Answer>(answer: T): T {
  if (answer.errors.length > 0)
    throw new Error(`The search index could not be made: ${answer.errors.join(' ')}`);
  return answer;
}

async function newIndex(excludeSelectors: string[] = []): Promise<PagefindIndex> {
  const { index } = checked(await createIndex({ forceLanguage: 'en', excludeSelectors }));
  if (index === undefined) throw new Error('The search index could not be made.');
  return index;
}

async function writeIndex(index: PagefindIndex, folder: string, unused: RegExp): Promise<void> {
  const { files } = checked(await index.getFiles());
  for (const file of files) {
    if (unused.test(file.path)) continue;
    const target = path.join(folder, file.path);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, file.content);
  }
  await index.deleteIndex();
}

/** Writes the index of the pages of a built site; returns their number. */
export async function writePagesIndex(output: string): Promise<number> {
  const index = await newIndex(EXAMPLES);
  const { page_count: count } = checked(await index.addDirectory({ path: output, glob: PAGES }));
  await writeIndex(index, path.join(output, 'pagefind'), UNUSED);
  return count;
}

/** Writes the index of the texts of documents, which can be put in the order of their rows. */
export async function writeTextsIndex(
  documents: readonly SearchDocument[],
  folder: string,
): Promise<void> {
  const index = await newIndex();
  for (const [row, { number, lines, looseLines }] of documents.entries()) {
    const phrases = lines.slice(0, lines.length - looseLines);
    checked(
      await index.addCustomRecord({
        url: number,
        // Words folded as everywhere else here: a fifth smaller than with accents and case.
        content: phrases.map((line) => foldedWords(line).join(' ')).join(LINE_END),
        language: 'en',
        // Not a filter, whose values Pagefind writes in another order in each build.
        sort: { row: String(row) },
      }),
    );
  }
  await writeIndex(index, folder, UNUSED_OF_TEXTS);
}
