// A content folder without settings gets its own on the first import: the prefix of its identifiers, and
// where the bytes are.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import { ARCHIVE_FILE, type Archive, type Store } from '../../core/records/archive.ts';

/** Holds the lists that are too large for git. */
const LIST_STORE: Store = { kind: 'folder', path: 'storage', url: '/storage/' };

/** Known archives, by prefix: their site, and where their bytes are. */
const KNOWN_ARCHIVES = new Map<string, { site: string; stores: Store[] }>([
  [
    'DANDI',
    {
      site: 'https://dandiarchive.org/',
      stores: [{ kind: 'http', url: 'https://dandiarchive.s3.amazonaws.com/' }],
    },
  ],
]);

/** The initial settings of an archive of imported records; `stores`: where their bytes are. */
export function importedArchive(prefix: string, stores: readonly Store[] = []): Archive {
  const known = KNOWN_ARCHIVES.get(prefix);
  return {
    name: `Imported from ${prefix}`,
    identifierPrefix: prefix,
    site: 'https://archive.example/',
    // Search engines would mistake the copy for the original.
    ...(known === undefined ? {} : { archiveOfRecord: known.site }),
    stores: [...(stores.length > 0 ? stores : (known?.stores ?? [])), LIST_STORE],
    repository: 'https://github.com/example/archive',
    licenses: ['spdx:CC0-1.0', 'spdx:CC-BY-4.0'],
  };
}

/** The files a content folder lacks: its settings. */
export async function missingSettings(
  tree: ContentTree,
  archive: Archive,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  if ((await tree.read(ARCHIVE_FILE)) === undefined) {
    files.set(ARCHIVE_FILE, new TextEncoder().encode(`${JSON.stringify(archive, null, 2)}\n`));
  }
  return files;
}
