// A content folder without settings gets its own on the first import: which prefix its identifiers
// have, where the bytes lie, and the vocabularies this program comes with.

import type { ContentTree } from '../adapters/content-files/content-tree.ts';
import { readText } from '../adapters/content-files/content-tree.ts';
import { ArchiveError } from '../core/error.ts';
import { parseJson } from '../core/json/json-text.ts';
import { ARCHIVE_FILE, toArchive, type Archive, type Store } from '../core/records/archive.ts';

/** Holds the lists that are too large for git. */
const LIST_STORE: Store = { kind: 'folder', path: 'storage', url: '/storage/' };

/** Where the bytes of imported records lie, by prefix. */
const PUBLIC_STORES = new Map<string, Store[]>([
  ['DANDI', [{ kind: 'http', url: 'https://dandiarchive.s3.amazonaws.com/' }]],
]);

/** The settings an archive of imported records begins with. */
export function importedArchive(prefix: string): Archive {
  return {
    name: `Imported from ${prefix}`,
    identifierPrefix: prefix,
    site: 'https://archive.example/',
    stores: [...(PUBLIC_STORES.get(prefix) ?? []), LIST_STORE],
    repository: 'https://github.com/example/archive',
    licenses: ['spdx:CC0-1.0', 'spdx:CC-BY-4.0'],
  };
}

/**
 * The settings in a content folder; undefined if it has none.
 *
 * @throws ArchiveError `content-unreadable` where they are there and cannot be used.
 */
export async function readSettings(tree: ContentTree): Promise<Archive | undefined> {
  const text = await readText(tree, ARCHIVE_FILE);
  if (text === undefined) return undefined;
  const parsed = parseJson(text);
  const { archive, problems } = parsed.ok ? toArchive(parsed.value) : { problems: [] };
  if (archive !== undefined) return archive;
  const reason = parsed.ok
    ? problems.map((problem) => problem.message).join(' ')
    : parsed.fault.message;
  throw new ArchiveError(
    'content-unreadable',
    `${ARCHIVE_FILE} in ${tree.name} cannot be used: ${reason}`,
    {
      hint: 'Mend it, or import into a new folder.',
    },
  );
}

/** The files a content folder lacks: its settings, and vocabularies where it has none at all. */
export async function missingSettings(
  tree: ContentTree,
  archive: Archive,
  vocabularies: ContentTree,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  if ((await tree.read(ARCHIVE_FILE)) === undefined) {
    files.set(ARCHIVE_FILE, new TextEncoder().encode(`${JSON.stringify(archive, null, 2)}\n`));
  }
  if ((await tree.list('vocabularies')).length === 0) {
    for (const { path, kind } of await vocabularies.list('')) {
      const bytes = kind === 'file' ? await vocabularies.read(path) : undefined;
      if (bytes !== undefined) files.set(`vocabularies/${path}`, bytes);
    }
  }
  return files;
}
