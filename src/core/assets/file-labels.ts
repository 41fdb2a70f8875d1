// What the paths and metadata of files contribute to a search: types, subjects, sessions.

import { baseName, MAX_PATH_BYTES } from '../identifiers/asset-path.ts';
import { listMember, textMember } from '../json/json-text.ts';
import type { AssetRecord } from '../records/asset.ts';
import { shownLine } from '../text/shown-text.ts';

/** The extension of a path in lower case, `nii.gz` as one; undefined if it has none. */
export function fileType(path: string): string | undefined {
  return /[^.]\.((?:[a-z0-9]{1,12}\.)?gz|[a-z][a-z0-9]{0,11})$/i
    .exec(baseName(path))?.[1]
    ?.toLowerCase();
}

export interface FileLabels {
  types: string[];
  subjects: string[];
  sessions: string[];
}

const IN_PATH = /(?:^|[/_])(sub|ses)-([^/_]+?)(?=[/_]|\.[^/]*$|$)/g;
const MAX_LABEL = 100;

/** The types, subjects and sessions that a list of files names, each once, in order. */
export function fileLabels(assets: Iterable<AssetRecord>): FileLabels {
  const types = new Set<string>();
  const subjects = new Set<string>();
  const sessions = new Set<string>();
  const add = (set: Set<string>, label: string | undefined): void => {
    const shown = shownLine(label ?? '', MAX_LABEL).replace(/^(?:sub|ses)-/, '');
    if (shown !== '') set.add(shown);
  };
  for (const { path: whole, metadata } of assets) {
    // Finding labels takes time that grows with the square of a path's length.
    const path = whole.length > MAX_PATH_BYTES ? '' : whole;
    const type = fileType(path);
    if (type !== undefined) types.add(type);
    for (const [, kind, label] of path.matchAll(IN_PATH))
      add(kind === 'sub' ? subjects : sessions, label);
    for (const one of listMember(metadata, 'wasAttributedTo'))
      if (textMember(one, 'schemaKey') === 'Participant')
        add(subjects, textMember(one, 'identifier'));
    for (const one of listMember(metadata, 'wasGeneratedBy'))
      if (textMember(one, 'schemaKey') === 'Session')
        add(sessions, textMember(one, 'identifier') ?? textMember(one, 'name'));
  }
  return {
    types: [...types].sort(),
    subjects: [...subjects].sort(),
    sessions: [...sessions].sort(),
  };
}
