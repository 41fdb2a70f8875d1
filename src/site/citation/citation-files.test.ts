// The generated files of a version match what the command prints: two paths to the same facts.

import { expect, test } from 'vitest';
import { folderTree } from '../../adapters/content-files/folder-tree.ts';
import { CITATION_FORMATS } from '../../core/citations/index.ts';
import { demoContent } from '../../../tests/support/sites/built-site.ts';
import { readCitedVersion } from '../../workflows/archive/read-cited-version.ts';
import { toBasePath } from '../catalog/addresses.ts';
import { loadCatalog } from '../catalog/catalog.ts';
import { citationFiles } from './citation-files.ts';
import { readMaterial } from '../catalog/version-material.ts';

test('published and withdrawn versions have the citations that the command prints, drafts none', async () => {
  const tree = folderTree(demoContent);
  const catalog = await loadCatalog({
    tree,
    base: toBasePath('/'),
    readStoredList: async () => undefined,
  });
  const statuses = new Set<string>();
  for (const dandiset of catalog.dandisets) {
    const { draft, published } = dandiset;
    for (const entry of draft === undefined ? published : [draft, ...published]) {
      statuses.add(entry.status);
      const files = citationFiles(await readMaterial(catalog, dandiset, entry));
      if (entry.status === 'draft') {
        expect(files).toEqual([]);
        continue;
      }
      const { archive } = catalog;
      const facts = await readCitedVersion({ tree, archive, address: entry, acceptsDraft: false });
      const folder = `dandiset/${entry.number}/${entry.version}`;
      expect(files.map(({ path, contents }) => [path, String(contents).trimEnd()])).toEqual(
        CITATION_FORMATS.flatMap(({ file, write }) =>
          file === undefined ? [] : [[`${folder}/${file}`, write(facts).trimEnd()]],
        ),
      );
    }
  }
  expect([...statuses].sort()).toEqual(['draft', 'published', 'withdrawn']);
});
