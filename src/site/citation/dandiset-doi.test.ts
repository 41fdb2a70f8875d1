// The DOI of a Dandiset itself: on its pages and in exports once it is registered.

import { expect, test } from 'vitest';
import type { JsonValue } from '../../core/json/json-text.ts';
import { STATUS, TestArchive } from '../../../tests/support/broken/test-archive.ts';
import { loadCatalog } from '../catalog/catalog.ts';
import { versionExportFiles } from './export-files.ts';
import { readMaterial } from '../catalog/version-material.ts';
import { versionView } from '../version/version-view.ts';

const DOI = '10.12345/test-dandi.000001';

/** What the page of the newest version says, and its datacite.json, by what the status records. */
async function shownWith(dandisetDoi: JsonValue) {
  const archive = new TestArchive();
  archive.edit(STATUS, (status) => (status['dandisetDoi'] = dandisetDoi));
  const catalog = await loadCatalog({
    tree: archive.tree(),
    base: '/',
    readStoredList: async () => undefined,
  });
  const dandiset = catalog.byNumber.get('000001')!;
  const entry = dandiset.newest!;
  const { card: facts } = await versionView(catalog, dandiset, entry);
  const files = await versionExportFiles(await readMaterial(catalog, dandiset, entry));
  const datacite = String(files.find(({ path }) => path.endsWith('/datacite.json'))?.contents);
  const { relatedIdentifiers } = JSON.parse(datacite) as { relatedIdentifiers: object[] };
  return { facts, relatedIdentifiers };
}

test('is shown once it is registered, also where it is hidden from searches', async () => {
  for (const state of ['findable', 'hidden']) {
    const shown = await shownWith({ doi: DOI, state, version: '0.250201.1200' });
    expect(shown.facts).toContainEqual({
      label: 'DOI of all versions',
      text: DOI,
      href: `https://doi.org/${DOI}`,
    });
    expect(shown.relatedIdentifiers).toContainEqual({
      relatedIdentifier: DOI,
      relatedIdentifierType: 'DOI',
      relationType: 'IsVersionOf',
      resourceTypeGeneral: 'Dataset',
    });
  }
});

test('is not shown while it is a draft, which does not resolve', async () => {
  const shown = await shownWith({ doi: DOI, state: 'draft' });
  expect(JSON.stringify(shown)).not.toContain(DOI);
});
