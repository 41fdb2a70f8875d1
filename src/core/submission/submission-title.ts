// The title of a submission's pull request, by whichever route it is submitted.

import { formatDandisetIdentifier } from '../identifiers/dandiset-id.ts';
import { member, parseJson, textMember, type JsonValue } from '../json/json-text.ts';
import { DANDISET_FILE, RELEASE_FILE } from '../records/layout.ts';
import { shownLine } from '../text/shown-text.ts';
import type { SubmittedFile } from './submitted-files.ts';
import type { SubmissionTarget } from './submission-target.ts';

function valueOf(files: readonly SubmittedFile[], name: string): JsonValue | undefined {
  const parsed = parseJson(files.find(({ path }) => path.endsWith(`/${name}`))?.text ?? '');
  return parsed.ok ? parsed.value : undefined;
}

/** `New Dandiset: Place cells`, `Publish DANDI:000004`, `Draft of DANDI:000004`; one line. */
export function submissionTitle(
  prefix: string,
  target: SubmissionTarget,
  files: readonly SubmittedFile[],
): string {
  if (target.kind === 'submission') {
    const name = textMember(valueOf(files, DANDISET_FILE), 'name') ?? '';
    return `New Dandiset: ${shownLine(name, 120) || target.slug}`;
  }
  const identifier = formatDandisetIdentifier({ prefix, number: target.number });
  const asks = member(valueOf(files, RELEASE_FILE), 'releaseNotes') !== undefined;
  return `${asks ? 'Publish' : 'Draft of'} ${identifier}`;
}
