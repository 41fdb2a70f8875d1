// Deleting a draft that was never published: its files are removed, and status.json records who decided and
// why. That one file also reserves the number, whatever became of tags.

import { readText, type ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { ContentWriter } from '../../adapters/content-files/content-writer.ts';
import { ArchiveError } from '../../core/error.ts';
import {
  dandisetFolder,
  formatDandisetIdentifier,
  type DandisetNumber,
} from '../../core/identifiers/dandiset-id.ts';
import { withDeletion } from '../../core/publishing/edit-status.ts';
import { draftFolder } from '../../core/records/layout.ts';
import { STATUS_FILE, type Deletion } from '../../core/records/status.ts';
import { readSetting, versionsAmong } from '../publishing/read-release.ts';
import { applyEdits, type FileEdit } from './withdraw.ts';

export interface DeleteOptions {
  tree: ContentTree;
  writer: ContentWriter;
  number: DandisetNumber;
  deletion: Deletion;
  dryRun?: boolean;
}

/** The edits of a deletion, in the order in which they are made. */
export interface DeleteReport {
  /** `DANDI:000004`. */
  subject: string;
  edits: FileEdit[];
}

/**
 * Deletes the draft of a Dandiset without published versions.
 *
 * @throws ArchiveError `content-not-found` where there is no draft, `usage` where a version was published.
 */
export async function deleteDraft(options: DeleteOptions): Promise<DeleteReport> {
  const { tree, writer, number, deletion, dryRun = false } = options;
  const { archive } = await readSetting(tree);
  const subject = formatDandisetIdentifier({ prefix: archive.identifierPrefix, number });
  const home = dandisetFolder(number);
  const paths = (await tree.list(home)).map(({ path }) => path);
  const versions = versionsAmong(paths, number);
  if (versions.length > 0) {
    throw new ArchiveError(
      'usage',
      `${subject} has been published, and stays: ${versions.join(', ')}.`,
      {
        hint: `A version that must not be used is withdrawn: dandiset withdraw ${number}/${versions.at(-1)}.`,
      },
    );
  }
  const drafted = paths.filter((path) => path.startsWith(`${draftFolder(number)}/`));
  if (drafted.length === 0) {
    throw new ArchiveError('content-not-found', `There is no draft of ${subject}.`);
  }
  const path = `${home}/${STATUS_FILE}`;
  const edits: FileEdit[] = [
    // The status first: a folder without a draft and without a reason would look damaged.
    { path, text: withDeletion(await readText(tree, path), deletion) },
    ...drafted.map((name) => ({ path: name, text: undefined })),
  ];
  if (!dryRun) await applyEdits(writer, edits);
  return { subject, edits };
}
