// A result as a file to download: what is known of each Dandiset in it.

import { dayText } from './range-value.ts';
import type { ShownRow } from './row-details.ts';
import type { SearchIndex } from './search-index.ts';

export interface ResultEntry {
  identifier: string;
  version: string;
  status: string;
  title: string;
  species: string[];
  files?: number;
  bytes?: number;
  subjects?: number;
  date?: string;
  url: string;
}

/** The names a facet's values give each row, in the facet's order. */
export function labelsByRow(index: SearchIndex, facet: 'species'): Map<number, string[]> {
  const labels = new Map<number, string[]>();
  for (const { label, rows } of index.facets.get(facet) ?? [])
    for (const row of rows) labels.set(row, [...(labels.get(row) ?? []), label]);
  return labels;
}

/** The details of each found row; `site` is the address that pages are below, with a slash. */
export function resultEntries(
  index: SearchIndex,
  rows: readonly ShownRow[],
  { prefix, site }: { prefix: string; site: string },
): ResultEntry[] {
  const species = labelsByRow(index, 'species');
  return rows.map(({ row, number, title, version, status, files, bytes, subjects, day }) => {
    const entry: ResultEntry = {
      identifier: `${prefix}:${number}`,
      version,
      status,
      title,
      species: species.get(row) ?? [],
      url: `${site}dandiset/${number}/`,
    };
    if (files !== undefined) entry.files = files;
    if (bytes !== undefined) entry.bytes = bytes;
    if (subjects !== undefined) entry.subjects = subjects;
    if (day !== undefined) entry.date = dayText(day);
    return entry;
  });
}
