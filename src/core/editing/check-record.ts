// The problems of a record that is being written: those that the check command reports for the same file, by
// the same rules.

import { utf8ToBytes } from '@noble/hashes/utils.js';
import { ProblemCollector } from '../checks/collect-problems.ts';
import { collectFromRecord } from '../checks/check-version.ts';
import { HOLDING_RULES } from '../checks/assets/list-holding.ts';
import { FILE_RULES, readRecordFile } from '../checks/record-files.ts';
import { FOLDER_RULES } from '../checks/version-folder.ts';
import { UNNUMBERED } from '../identifiers/dandiset-id.ts';
import { isJsonObject } from '../json/json-text.ts';
import { sortProblems, type Problem } from '../problem.ts';
import type { Archive } from '../records/archive.ts';
import { DANDISET_FILE } from '../records/layout.ts';
import { folderOfTarget, type SubmissionTarget } from '../submission/submission-target.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** A record and what the rules must know of its surroundings. */
export interface RecordToCheck {
  target: SubmissionTarget;
  /** The text of dandiset.json. */
  text: string;
  /** Where the list of assets that belongs to it is. */
  list: 'record' | 'store' | 'absent';
  archive: Archive;
  vocabularies?: ReadonlyMap<string, Vocabulary>;
}

// What the rules see of a list in the store, which a page does not look into.
const IN_THE_STORE = { sha256: '', size: 0, count: 0 };

/** Every problem of dandiset.json, with its path below the content folder. */
export function checkRecord({ target, text, list, archive, ...more }: RecordToCheck): Problem[] {
  const collector = new ProblemCollector();
  const folder = folderOfTarget(target);
  const path = `${folder}/${DANDISET_FILE}`;
  const origin = { path };
  const file = readRecordFile(path, utf8ToBytes(text));
  collector.check(FILE_RULES, file, origin);
  const record = file.json?.ok === true ? file.json.value : undefined;
  const found = { folder, hasRecord: true, ...(record === undefined ? {} : { record }) };
  collector.check(FOLDER_RULES, found, origin);
  if (isJsonObject(record)) {
    const submission = target.kind === 'submission';
    const number = submission ? UNNUMBERED : target.number;
    const place = { path, number, version: 'draft' as const, submission };
    collectFromRecord(collector, { ...place, record, archive, ...more });
  }
  const holding = {
    folder,
    place: target.kind,
    inline: list === 'record',
    ...(list === 'store' ? { reference: IN_THE_STORE } : {}),
    ...(isJsonObject(record) ? { record } : {}),
  };
  collector.check(HOLDING_RULES, holding, origin);
  return sortProblems(collector.problems()).filter((problem) => problem.path === path);
}
