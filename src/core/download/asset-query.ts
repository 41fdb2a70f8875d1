// What narrows a list of assets where it is kept: an API of DANDI's shape answers `?path=` and `?glob=`. A host of
// plain files ignores them and gives the whole list, so that what comes is always selected again.

import picomatch from 'picomatch';
import { globTest } from '../api/asset-queries.ts';
import type { Part } from './resource.ts';

export interface AssetQuery {
  name: 'path' | 'glob';
  value: string;
  /** Whether an asset can be meant, by its path alone: others need not be looked at. */
  mayMatch(path: string): boolean;
}

function byPrefix(prefix: string): AssetQuery | undefined {
  if (prefix === '') return undefined;
  return { name: 'path', value: prefix, mayMatch: (path) => path.startsWith(prefix) };
}

/** A path that can lead into a Zarr: then the Zarr is asked for, known by its name. */
function byPlace(place: string): AssetQuery {
  const zarr = /^.*?\.(?:zarr|ngff)(?=\/)/is.exec(place)?.[0];
  return {
    name: 'path',
    value: zarr ?? place,
    mayMatch: (path) => path.startsWith(place) || place.startsWith(`${path}/`),
  };
}

/** What all matches of a glob begin with. */
function beginningOf(glob: string): string {
  const { base, isGlob } = picomatch.scan(glob);
  if (/[\\]/.test(base)) return '';
  return isGlob && base !== '' ? `${base}/` : base;
}

/**
 * The query for a part of a version; undefined if it is the whole list. `include` are globs that paths have to
 * match one of.
 */
export function assetQueryOf(part: Part, include: readonly string[] = []): AssetQuery | undefined {
  switch (part.kind) {
    case 'all':
      return include.length === 1 ? byPrefix(beginningOf(include[0] ?? '')) : undefined;
    case 'folder':
    case 'path':
      return byPlace(part.path);
    case 'prefix':
      return byPrefix(part.path);
    case 'glob':
      return { name: 'glob', value: part.pattern, mayMatch: globTest(part.pattern) };
    case 'id':
      return undefined;
  }
}
