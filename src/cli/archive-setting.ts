// The archive a verb works for: the settings and vocabularies in its content folder.

import { readText, type ContentTree } from '../adapters/content-files/content-tree.ts';
import type { ArchiveSetting } from '../core/checks/subjects.ts';
import { ArchiveError } from '../core/error.ts';
import { parseJson } from '../core/json/json-text.ts';
import { ARCHIVE_FILE, toArchive } from '../core/records/archive.ts';
import { placeOf } from '../core/records/layout.ts';
import { toVocabulary, type Vocabulary } from '../core/vocabulary/vocabulary.ts';

/**
 * The settings of the archive in a content tree.
 *
 * @throws ArchiveError `content-not-found` without archive.json, `content-unreadable` for one that
 * cannot be used.
 */
export async function archiveSetting(tree: ContentTree): Promise<ArchiveSetting> {
  const text = await readText(tree, ARCHIVE_FILE);
  if (text === undefined) {
    throw new ArchiveError('content-not-found', `There is no ${ARCHIVE_FILE} in ${tree.name}.`, {
      hint: 'Run this in a clone of the archive, or set ARCHIVE_CONTENT to its content folder.',
    });
  }
  const parsed = parseJson(text);
  const { archive, problems } = toArchive(parsed.ok ? parsed.value : null);
  if (archive === undefined) {
    const first = problems[0]?.message ?? 'it cannot be read';
    throw new ArchiveError('content-unreadable', `${ARCHIVE_FILE} cannot be used: ${first}`);
  }
  const vocabularies = new Map<string, Vocabulary>();
  for (const { path } of await tree.list('vocabularies')) {
    const place = placeOf(path);
    const value = parseJson((await readText(tree, path)) ?? '');
    if (place.kind === 'vocabulary' && value.ok)
      vocabularies.set(place.name, toVocabulary(value.value));
  }
  return { archive, vocabularies };
}
