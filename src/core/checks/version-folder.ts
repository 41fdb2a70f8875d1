// Rules about the folder of a version or submission: its record exists, its request to publish has the right
// shape.

import { isJsonObject, member, textMember, type JsonValue } from '../json/json-text.ts';
import { ASSETS_FILE, DANDISET_FILE, RELEASE_FILE } from '../records/layout.ts';
import type { Rule } from './rule.ts';

/** The folder of a version or submission. */
export interface FolderSubject {
  folder: string;
  hasRecord: boolean;
  /** Set if the record is JSON. */
  record?: JsonValue;
  /** Whether there is a list of assets, or a reference to one. */
  hasList: boolean;
  /** Whether there is a release.json. */
  asksForRelease: boolean;
  /** The parsed release.json, if it is JSON. */
  release?: JsonValue;
}

/** Versions have a record. */
export const RECORD_MISSING: Rule<FolderSubject> = {
  id: 'record-missing',
  severity: 'error',
  title: 'A version has a record',
  explanation: 'The folder of a version or a submission holds dandiset.json, a JSON object.',
  hint: 'Add dandiset.json, or remove the folder.',
  *check({ folder, hasRecord, record }) {
    const path = `${folder}/${DANDISET_FILE}`;
    if (!hasRecord) yield { path, message: `There is no ${DANDISET_FILE} in ${folder}.` };
    else if (record !== undefined && !isJsonObject(record)) {
      yield { path, message: 'The record is not a JSON object.' };
    }
  },
};

/** Requests to publish. */
export const RELEASE_SHAPE: Rule<FolderSubject> = {
  id: 'release-shape',
  severity: 'error',
  title: 'A request to publish',
  explanation:
    'release.json asks for publication and holds the release notes: {"releaseNotes": "…"}; it may be empty text, but must be there.',
  hint: 'Write it as {"releaseNotes": "What changed since the last version."}.',
  *check({ folder, release }) {
    if (release === undefined) return;
    const path = `${folder}/release.json`;
    if (textMember(release, 'releaseNotes') === undefined) {
      yield { path, pointer: '/releaseNotes', message: 'The request has no text "releaseNotes".' };
    }
    if (!isJsonObject(release)) return;
    for (const key of Object.keys(release)) {
      if (key === 'releaseNotes' || member(release, key) === undefined) continue;
      yield { path, message: 'The request holds more than "releaseNotes".', like: 'more' };
      return;
    }
  },
};

/** What is published has a list. */
export const RELEASE_LIST_MISSING: Rule<FolderSubject> = {
  id: 'release-list-missing',
  severity: 'error',
  title: 'A version is published with its list of files',
  explanation: 'Freezing a version computes its summary from the list of assets.',
  hint: 'Add assets.jsonl, or take release.json away; a list in the object store has to be readable where the version is frozen.',
  *check({ folder, hasList, asksForRelease }) {
    if (!asksForRelease || hasList) return;
    const path = `${folder}/${ASSETS_FILE}`;
    yield { path, message: `${RELEASE_FILE} asks for publication, and there is no list of files.` };
  },
};

/** The rules about the folder of a version. */
export const FOLDER_RULES: readonly Rule<FolderSubject>[] = [
  RECORD_MISSING,
  RELEASE_SHAPE,
  RELEASE_LIST_MISSING,
];
