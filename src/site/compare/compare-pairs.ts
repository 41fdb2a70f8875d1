// Which versions are compared: each with the one before it, the draft with the newest.

import { address } from '../catalog/addresses.ts';
import type { Catalog, DandisetEntry, VersionEntry } from '../catalog/catalog.ts';

/** The version to compare with: the one published before, or the newest for a draft. */
export function versionBefore(
  dandiset: DandisetEntry,
  entry: VersionEntry,
): VersionEntry | undefined {
  if (entry.version === 'draft') return dandiset.newest ?? dandiset.published[0];
  return dandiset.published[dandiset.published.indexOf(entry) + 1];
}

/** Every version that has one before it, the draft first, then the newest. */
function comparedVersions(dandiset: DandisetEntry): VersionEntry[] {
  const all =
    dandiset.draft === undefined ? dandiset.published : [dandiset.draft, ...dandiset.published];
  return all.filter((entry) => versionBefore(dandiset, entry) !== undefined);
}

/** Whether a Dandiset has anything to compare, and so a page of differences. */
export function hasComparePage(dandiset: DandisetEntry): boolean {
  return comparedVersions(dandiset).length > 0;
}

/** Where the differences of a version to the previous one are shown; undefined if there is none. */
export function compareAddress(
  catalog: Pick<Catalog, 'base'>,
  dandiset: DandisetEntry,
  entry: VersionEntry,
): string | undefined {
  if (versionBefore(dandiset, entry) === undefined) return undefined;
  return address(catalog.base, `dandiset/${dandiset.number}/compare/#${entry.version}`);
}
