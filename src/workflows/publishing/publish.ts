// Requesting publication: what merging would freeze is planned and shown, then release.json is written into
// the draft. Submitting it is a separate step.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { ContentWriter } from '../../adapters/content-files/content-writer.ts';
import type { CheckAvailability } from '../../adapters/object-store/availability.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import type { Reporter } from '../../adapters/terminal/progress.ts';
import { ArchiveError } from '../../core/error.ts';
import {
  formatDandisetIdentifier,
  type DandisetNumber,
} from '../../core/identifiers/dandiset-id.ts';
import { valueText, recordText } from '../../core/json/object-text.ts';
import { sortProblems, type Problem } from '../../core/problem.ts';
import type { Archive } from '../../core/records/archive.ts';
import {
  bytesProblems,
  planRelease,
  type ReleasePlan,
} from '../../core/publishing/plan-release.ts';
import { previewRelease, type ReleasePreview } from '../../core/publishing/preview-release.ts';
import { draftFolder, RELEASE_FILE } from '../../core/records/layout.ts';
import { checkAvailability } from '../archive/check-availability.ts';
import { readReleaseRequest, readSetting } from './read-release.ts';

export interface PublishOptions {
  tree: ContentTree;
  writer: ContentWriter;
  number: DandisetNumber;
  notes: string;
  availabilityOf: (archive: Archive) => CheckAvailability;
  listsOf?: (archive: Archive) => ListStore | undefined;
  today: Date;
  reporter?: Reporter;
  dryRun?: boolean;
}

/** What would be published, and what prevents it. */
export interface PublishReport {
  identifier: string;
  /** The file that requests publication; written only where no problem is an error. */
  path: string;
  problems: Problem[];
  preview?: ReleasePreview;
  changes?: ReleasePlan['changes'];
  written: boolean;
}

/**
 * Plans the publication of a draft and requests it.
 *
 * @throws ArchiveError `content-not-found` where there is no such draft.
 */
export async function askToPublish(options: PublishOptions): Promise<PublishReport> {
  const { tree, writer, number, notes, availabilityOf, listsOf, today, reporter, dryRun } = options;
  const setting = await readSetting(tree);
  const { archive } = setting;
  const identifier = formatDandisetIdentifier({ prefix: archive.identifierPrefix, number });
  const request = await readReleaseRequest(tree, setting, { number }, listsOf?.(archive));
  if (request.files.size === 0) {
    throw new ArchiveError('content-not-found', `${identifier} has no draft.`, {
      hint: 'A new Dandiset is submitted as a submission; its number is given when it is accepted.',
    });
  }
  const release = recordText([['releaseNotes', valueText(notes)]]);
  const bytes = new TextEncoder().encode(release);
  const files = new Map(request.files).set(RELEASE_FILE, bytes);
  const plan = planRelease({ ...request, files });
  const problems = [...plan.problems];
  const hasError = (): boolean => problems.some(({ severity }) => severity === 'error');
  if (!hasError()) {
    const answers = await checkAvailability(plan.fresh, availabilityOf(archive), reporter);
    problems.push(...bytesProblems({ number }, answers));
  }
  const path = `${draftFolder(number)}/${RELEASE_FILE}`;
  const written = !hasError() && dryRun !== true;
  if (written) await writer.write(path, bytes);
  const { frozen, changes } = plan;
  const where = { archive, number };
  return {
    identifier,
    path,
    problems: sortProblems(problems),
    ...(frozen === undefined
      ? {}
      : { preview: previewRelease(frozen, where, today.toISOString()) }),
    ...(changes === undefined ? {} : { changes }),
    written,
  };
}
