// Downloading a result: CSV, JSON, and identifiers for the clipboard.

import type { ResultEntry } from '../../core/search/result-files.ts';
import { csvTable } from '../tables/csv-table.ts';
import { element } from '../browser/dom.client.ts';

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

function button(words: string, click: () => void): HTMLElement {
  const made = element('button', { type: 'button' }, words);
  made.addEventListener('click', click);
  return made;
}

/**
 * Puts the download options of a result into an element; none for an empty result. `load` gives the details
 * of each Dandiset, and `fail` is called if they are unavailable.
 */
export function offerResultFiles(
  place: HTMLElement,
  identifiers: readonly string[],
  load: () => Promise<ResultEntry[]>,
  fail: (error: unknown) => void,
): void {
  if (identifiers.length === 0) {
    place.replaceChildren();
    return;
  }
  const file = (words: string, name: string, type: string, write: typeof csv): HTMLElement =>
    button(words, () => {
      load().then((entries) => download(name, type, write(entries)), fail);
    });
  const json = (entries: readonly ResultEntry[]): string => `${JSON.stringify(entries, null, 2)}\n`;
  place.replaceChildren(
    file('CSV', 'dandisets.csv', 'text/csv;charset=utf-8', csv),
    file('JSON', 'dandisets.json', 'application/json', json),
    element('button', { type: 'button', 'data-copy': identifiers.join('\n') }, 'Copy identifiers'),
  );
}
