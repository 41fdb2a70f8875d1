// Builds one search index, in its own process so that its memory can be measured. Arguments: the folder to
// write into, and a content folder or the number of synthetic Dandisets. Prints the costs.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderTree } from '../src/adapters/content-files/folder-tree.ts';
import type { SearchDocument } from '../src/core/search/search-document.ts';
import { loadCatalog } from '../src/site/catalog/catalog.ts';
import { searchDocuments } from '../src/site/search/search-documents.ts';
import { writeSearchFiles } from '../src/site/search/search-index.ts';
import { syntheticDocuments } from './synthetic-documents.ts';

const [output = '', source = ''] = process.argv.slice(2);

async function prepared(): Promise<() => Promise<SearchDocument[]>> {
  if (/^\d+$/.test(source)) {
    const documents = syntheticDocuments(Number(source));
    return async () => documents;
  }
  // The pages need the catalogue too.
  const catalog = await loadCatalog({
    tree: folderTree(source),
    base: '/',
    readStoredList: async () => undefined,
  });
  return () => searchDocuments(catalog);
}

const read = await prepared();
const start = performance.now();
const documents = await read();
await writeSearchFiles(documents, output);
const seconds = (performance.now() - start) / 1000;
// For Pagefind's own index of the same documents, whose time is not part of ours.
writeFileSync(path.join(output, 'documents.json'), JSON.stringify(documents));
console.log(JSON.stringify({ seconds, dandisets: documents.length }));
