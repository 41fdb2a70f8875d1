// Which assets of a version are wanted.

import picomatch from 'picomatch';
import { globTest, withPathPrefix } from '../api/asset-queries.ts';
import { listMember, textMember } from '../json/json-text.ts';
import type { AssetRecord } from '../records/asset.ts';
import { apiAssetId } from '../records/asset.ts';
import type { Part } from './resource.ts';

/** What narrows a part of a version further. */
export interface Filters {
  /** Globs on whole paths: `sub-01/**`, `**\/*.nwb`. A path has to match one of them, if there are any. */
  include?: readonly string[];
  exclude?: readonly string[];
  /** Identifiers of subjects, as in the metadata or in `sub-…` of the path. */
  subjects?: readonly string[];
  /** Bytes; larger files are left out. */
  maxSize?: number;
}

type Matches = (asset: AssetRecord) => boolean;

function idsOf(asset: AssetRecord): (string | undefined)[] {
  const key = asset.blob ?? asset.zarr;
  const identifier = textMember(asset.metadata, 'identifier');
  return [asset.assetId, identifier, key, key === undefined ? undefined : apiAssetId(key)];
}

function isInPart(part: Exclude<Part, { kind: 'prefix' }>): Matches {
  switch (part.kind) {
    case 'all':
      return () => true;
    case 'folder':
      return ({ path }) => path.startsWith(part.path);
    case 'glob': {
      const matches = globTest(part.pattern);
      return ({ path }) => matches(path);
    }
    case 'path':
      return ({ path }) => path === part.path;
    case 'id':
      return (asset) => idsOf(asset).includes(part.id);
  }
}

function subjectsOf(asset: AssetRecord): string[] {
  const named = listMember(asset.metadata, 'wasAttributedTo').flatMap((participant) => {
    const identifier = textMember(participant, 'identifier');
    return identifier === undefined ? [] : [identifier];
  });
  const inPath = /(?:^|\/)sub-([^/_]+)/.exec(asset.path)?.[1];
  return inPath === undefined ? named : [...named, inPath];
}

function filtersOf({ include = [], exclude = [], subjects = [], maxSize }: Filters): Matches[] {
  const globs = (patterns: readonly string[]): ((path: string) => boolean) =>
    picomatch([...patterns], { dot: true, nonegate: true });
  const all: Matches[] = [];
  if (include.length > 0) {
    const isIncluded = globs(include);
    all.push(({ path }) => isIncluded(path));
  }
  if (exclude.length > 0) {
    const isExcluded = globs(exclude);
    all.push(({ path }) => !isExcluded(path));
  }
  if (subjects.length > 0) {
    const wanted = new Set(subjects.map((subject) => subject.replace(/^sub-/, '')));
    all.push((asset) => subjectsOf(asset).some((subject) => wanted.has(subject)));
  }
  if (maxSize !== undefined) all.push(({ size }) => size <= maxSize);
  return all;
}

/** The assets of a list that are wanted. A prefix that is the whole path of one asset means it alone. */
export function selectAssets(
  assets: readonly AssetRecord[],
  part: Part,
  filters: Filters = {},
): AssetRecord[] {
  const inPart =
    part.kind === 'prefix' ? withPathPrefix(assets, part.path) : assets.filter(isInPart(part));
  const narrowing = filtersOf(filters);
  return inPart.filter((asset) => narrowing.every((matches) => matches(asset)));
}
