// The versions of a Dandiset, newest first, the draft before them.

import { address } from '../catalog/addresses.ts';
import type { Catalog, DandisetEntry, VersionEntry } from '../catalog/catalog.ts';
import { countOf, formatBytes, formatCount } from '../../core/text/format.ts';

export interface VersionRow {
  version: string;
  href: string;
  day: string;
  files: string;
  /** `1 file`. */
  filesInWords: string;
  bytes: string;
  /** `newest`, `withdrawn`, `draft`, or nothing. */
  mark: string;
}

function row(catalog: Catalog, dandiset: DandisetEntry, entry: VersionEntry): VersionRow {
  const { summary } = entry;
  const mark =
    entry.status !== 'published' ? entry.status : entry === dandiset.newest ? 'newest' : '';
  return {
    version: entry.version,
    href: address(catalog.base, `dandiset/${entry.number}/${entry.version}/`),
    day: summary.day ?? '',
    files: summary.files === undefined ? '' : formatCount(summary.files),
    filesInWords: summary.files === undefined ? '' : countOf(summary.files, 'file'),
    bytes: summary.bytes === undefined ? '' : formatBytes(summary.bytes),
    mark,
  };
}

/** Every version as a row of a table. */
export function versionRows(catalog: Catalog, dandiset: DandisetEntry): VersionRow[] {
  const all =
    dandiset.draft === undefined ? dandiset.published : [dandiset.draft, ...dandiset.published];
  return all.map((entry) => row(catalog, dandiset, entry));
}
