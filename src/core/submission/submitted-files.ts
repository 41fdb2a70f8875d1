// The files of a submission in their written form. The form, the command and the bundle all write through
// here, so that the same record is the same bytes by whichever route it is submitted.

import { ArchiveError } from '../error.ts';
import { compareUtf8 } from '../identifiers/asset-path.ts';
import { compactJson, indentJson, parseJson, textMember } from '../json/json-text.ts';
import {
  ASSETS_FILE,
  ASSETS_REFERENCE_FILE,
  DANDISET_FILE,
  RELEASE_FILE,
} from '../records/layout.ts';
import { problemOfTarget, folderOfTarget, type SubmissionTarget } from './submission-target.ts';

/** What is submitted, as texts of JSON. */
export interface RecordSubmission {
  target: SubmissionTarget;
  /** The record of the Dandiset. */
  dandiset: string;
  /** The list of assets, one per line. */
  assets?: string;
  /** Instead of the list, the reference to it in the archive's store. */
  assetsReference?: string;
  /** Only if publication is requested. */
  release?: string;
}

/** One file below `content/`. */
export interface SubmittedFile {
  path: string;
  text: string;
}

function problem(file: string, line: number, message: string): ArchiveError {
  return new ArchiveError(
    'content-unreadable',
    `${file} cannot be read: line ${line}, ${message}`,
    {
      hint: 'Fix the JSON there; a comma too many or too few is the usual cause.',
    },
  );
}

/** A record as it is written: an indent of two blanks, one final line feed. */
function writtenRecord(file: string, text: string): string {
  const laidOut = indentJson(text);
  if (!laidOut.ok) throw problem(file, laidOut.problem.line, laidOut.problem.message);
  return `${laidOut.text}\n`;
}

/**
 * A list as it is written: compact lines sorted by path, each ending in a line feed.
 *
 * @throws ArchiveError `content-unreadable` for a line that is not JSON or names no path.
 */
export function writtenList(text: string): string {
  const lines = text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const compact = compactJson(line);
    if (!compact.ok) throw problem(ASSETS_FILE, index + 1, compact.problem.message);
    const parsed = parseJson(compact.text);
    const path = parsed.ok ? textMember(parsed.value, 'path') : undefined;
    if (path === undefined) throw problem(ASSETS_FILE, index + 1, 'the asset has no path');
    return [{ path, text: compact.text }];
  });
  lines.sort((a, b) => compareUtf8(a.path, b.path));
  return lines.map((line) => `${line.text}\n`).join('');
}

/** The text of release.json with these notes. */
export function releaseText(releaseNotes: string): string {
  return writtenRecord(RELEASE_FILE, JSON.stringify({ releaseNotes }));
}

/**
 * The files of a submission, sorted by path, each in the archive's written form. Keys, numbers and strings
 * keep their spelling, and a file that already has that form keeps every byte.
 *
 * @throws ArchiveError `usage` for an invalid target, `content-unreadable` for broken JSON.
 */
export function submittedFiles(submission: RecordSubmission): SubmittedFile[] {
  const wrong = problemOfTarget(submission.target);
  if (wrong !== undefined) throw new ArchiveError('usage', `${wrong}.`);
  const { dandiset, assets, assetsReference, release } = submission;
  const written: [string, string | undefined][] = [
    [ASSETS_FILE, assets === undefined ? undefined : writtenList(assets)],
    [
      ASSETS_REFERENCE_FILE,
      assetsReference === undefined
        ? undefined
        : writtenRecord(ASSETS_REFERENCE_FILE, assetsReference),
    ],
    [DANDISET_FILE, writtenRecord(DANDISET_FILE, dandiset)],
    [RELEASE_FILE, release === undefined ? undefined : writtenRecord(RELEASE_FILE, release)],
  ];
  const folder = folderOfTarget(submission.target);
  return written
    .flatMap(([name, text]) => (text === undefined ? [] : [{ path: `${folder}/${name}`, text }]))
    .sort((a, b) => compareUtf8(a.path, b.path));
}
