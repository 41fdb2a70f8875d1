// The problems of a submitted list of assets: those that the check command reports for the same file, by the
// same rules, found one line at a time so that a page stays responsive meanwhile.

import { utf8ToBytes } from '@noble/hashes/utils.js';
import { ProblemCollector } from '../checks/collect-problems.ts';
import { collectFromLines } from '../checks/check-version.ts';
import { FILE_RULES, readRecordFile } from '../checks/record-files.ts';
import { sortProblems, type Problem } from '../problem.ts';
import type { Archive } from '../records/archive.ts';
import { ASSETS_FILE } from '../records/layout.ts';
import { releaseToCheck, type Release } from '../schema/validate.ts';
import { folderOfTarget, type SubmissionTarget } from '../submission/submission-target.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** A list and what the rules must know of its surroundings. */
export interface EditedList {
  target: SubmissionTarget;
  /** The text of assets.jsonl. */
  text: string;
  archive: Archive;
  vocabularies: ReadonlyMap<string, Vocabulary>;
}

/** The releases of the schema that a list's lines are checked as, before any line is read. */
export function releasesIn(list: string): Set<Release> {
  const found = new Set<Release>();
  for (const [, named = ''] of list.matchAll(/"schemaVersion"\s*:\s*"([\d.]{1,20})"/g)) {
    const release = releaseToCheck(named);
    if (release !== undefined) found.add(release);
  }
  return found;
}

/** Every problem of assets.jsonl, with its path below the content folder; one line per step. */
export function* checkListInSteps({
  target,
  text,
  ...setting
}: EditedList): Generator<undefined, Problem[]> {
  const collector = new ProblemCollector();
  const path = `${folderOfTarget(target)}/${ASSETS_FILE}`;
  collector.check(FILE_RULES, readRecordFile(path, utf8ToBytes(text)), { path });
  yield* collectFromLines(collector, text, { ...setting, published: false }, { path });
  return sortProblems(collector.problems());
}
