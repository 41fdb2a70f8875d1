// Pagefind out of the box: its own index of the same documents, each with its title, and a page with its
// default interface.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createIndex } from 'pagefind';
import type { SearchDocument } from '../src/core/search/search-document.ts';

// Without a worker, whose requests are neither slowed down nor counted with those of a page. `?q=` is the
// parameter of a shared search; the interface itself reads no address.
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Search</title>
<link rel="stylesheet" href="pagefind/pagefind-ui.css">
<div id="search"></div>
<script src="pagefind/pagefind-ui.js"></script>
<script>
  const ui = new PagefindUI({ element: '#search', showImages: false, noWorker: true, bundlePath: new URL('pagefind/', location.href).pathname });
  const words = new URLSearchParams(location.search).get('q');
  if (words) ui.triggerSearch(words);
</script></html>
`;

/** Writes Pagefind's index of the documents and a page for it into a folder, next to a search. */
export async function writePagefindInterface(documents: string, folder: string): Promise<void> {
  const { index } = await createIndex({ forceLanguage: 'en' });
  if (index === undefined) throw new Error('Pagefind made no index');
  for (const { number, title, lines } of JSON.parse(
    readFileSync(documents, 'utf8'),
  ) as SearchDocument[]) {
    await index.addCustomRecord({
      url: `/dandiset/${number}/`,
      content: lines.join('\n'),
      language: 'en',
      meta: { title },
    });
  }
  await index.writeFiles({ outputPath: path.join(folder, 'pagefind') });
  await index.deleteIndex();
  writeFileSync(path.join(folder, 'index.html'), PAGE);
}
