import { expect, test } from 'vitest';
import { relatedLink, relatedResources } from '../../core/metadata/related-resources.ts';
import { TestArchive } from '../../../tests/support/broken/test-archive.ts';
import { loadCatalog } from '../catalog/catalog.ts';
import { linkedHere } from './linked-here.ts';

test('an identifier of a Dandiset leads to its page here if this archive has it', async () => {
  const catalog = await loadCatalog({
    tree: new TestArchive().tree(),
    base: '/base/',
    readStoredList: async () => undefined,
  });
  const hrefOf = (identifier: string): string | undefined => {
    const [resource] = relatedResources({ relatedResource: [{ identifier }] });
    return resource && linkedHere(catalog, relatedLink(resource)).href;
  };
  const { identifierPrefix: prefix } = catalog.archive;
  const { newest } = catalog.byNumber.get('000001')!;
  expect(hrefOf(`${prefix}:000001`)).toBe('/base/dandiset/000001/');
  expect(hrefOf(`${prefix}:000001/${newest!.version}`)).toBe(
    `/base/dandiset/000001/${newest!.version}/`,
  );
  expect(hrefOf(`${prefix}:000001/0.990101.0000`)).toBeUndefined();
  expect(hrefOf(`${prefix}:999999`)).toBeUndefined();
  expect(hrefOf('DANDI:000001')).toBe('https://identifiers.org/dandi:000001');
});
