// Reads archive.json, without which nothing else of a content folder can be understood.

import { ArchiveError } from '../../core/error.ts';
import { parseJson } from '../../core/json/json-text.ts';
import { ARCHIVE_FILE, type Archive } from '../../core/records/archive.ts';
import { toArchive } from '../../core/records/to-archive.ts';
import { readText, type ContentTree } from './content-tree.ts';

/**
 * The settings of an archive.
 *
 * @throws ArchiveError `content-not-found` where archive.json is absent, `content-unreadable` where
 * it cannot be used.
 */
export async function readArchive(tree: ContentTree): Promise<Archive> {
  const text = await readText(tree, ARCHIVE_FILE);
  if (text === undefined) {
    throw new ArchiveError('content-not-found', `There is no ${ARCHIVE_FILE} in ${tree.name}.`, {
      hint: 'Name the folder that holds archive.json and dandisets/.',
    });
  }
  const parsed = parseJson(text);
  const { archive, problems } = parsed.ok ? toArchive(parsed.value) : { problems: [] };
  if (archive !== undefined) return archive;
  const reason = parsed.ok
    ? problems.map(({ message }) => message).join(' ')
    : parsed.problem.message;
  throw new ArchiveError('content-unreadable', `${ARCHIVE_FILE} cannot be used: ${reason}`);
}
