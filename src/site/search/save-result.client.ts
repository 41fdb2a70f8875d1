// Writes a result into a file; loaded with the first one that is asked for.

import type { ShownRow } from '../../core/search/row-details.ts';
import { resultEntries, type ResultEntry } from '../../core/search/result-files.ts';
import type { SearchIndex } from '../../core/search/search-index.ts';
import { element } from '../browser/dom.client.ts';
import { csvTable } from '../tables/csv-table.ts';

const COLUMNS = [
  'identifier',
  'version',
  'status',
  'title',
  'species',
  'files',
  'bytes',
  'subjects',
  'date',
  'url',
] as const;

function csv(entries: readonly ResultEntry[]): string {
  return csvTable(
    COLUMNS.map((name) => ({ name })),
    entries.map((entry) => COLUMNS.map((name) => entry[name])),
  );
}

function download(name: string, type: string, contents: string): void {
  const url = URL.createObjectURL(new Blob([contents], { type }));
  const link = element('a', { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The details of a result, to be written. */
export interface ResultDetails {
  index: SearchIndex;
  rows: readonly ShownRow[];
  prefix: string;
  /** The address that pages are below, with a slash. */
  site: string;
}

/** Offers a result to be saved, as CSV or JSON. */
export function saveResultFile(
  form: 'csv' | 'json',
  { index, rows, ...names }: ResultDetails,
): void {
  const entries = resultEntries(index, rows, names);
  if (form === 'csv') download('dandisets.csv', 'text/csv;charset=utf-8', csv(entries));
  else download('dandisets.json', 'application/json', `${JSON.stringify(entries, null, 2)}\n`);
}
