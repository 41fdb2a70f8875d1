// One row of the list, as the page's own rows are.

import { shownName } from './file-names.ts';
import { addressOfKey, rowDigest, isFolderRow, type ListingRow } from './file-shards.ts';
import { countOf, formatBytes } from '../../core/text/format.ts';
import type { PlacedRow } from './file-order.client.ts';
import { element, isolated } from '../browser/dom.client.ts';

/** The location of a row: that of a folder ends in `/`. */
export function locationOf({ folder, row }: PlacedRow): string {
  return folder + row[0] + (isFolderRow(row) ? '/' : '');
}

export interface RowSettings {
  store: string;
  /** The row's own address. */
  href: string;
  /** The path down to the row is part of its name. */
  wholePath: boolean;
}

function cell(kind: string, ...children: (Node | string | undefined)[]): HTMLElement {
  return element('td', { class: kind }, ...children);
}

function nameCell(placed: PlacedRow, { href, wholePath }: RowSettings): HTMLElement {
  const isFolder = isFolderRow(placed.row);
  const name = shownName(placed.row[0]);
  const label = wholePath && placed.folder !== '' ? shownName(placed.folder + placed.row[0]) : name;
  const link = element(
    'a',
    { href, 'data-location': locationOf(placed), tabindex: '-1', title: label },
    isolated(label),
    isFolder ? '/' : undefined,
  );
  // With the blank that the page's own rows have.
  return element('td', { class: 'f-name' }, ' ', link);
}

function downloadCell(row: ListingRow, store: string): HTMLElement {
  const isFile = !isFolderRow(row) && !row[4].startsWith('zarr/');
  const href = isFile ? addressOfKey(row[4], store) : undefined;
  if (href === undefined) return cell('f-get');
  const name = shownName(row[0]);
  return cell(
    'f-get',
    element(
      'a',
      { href, download: row[0], tabindex: '-1', 'aria-label': `Download ${name}` },
      'Download',
    ),
  );
}

/** The table row of a folder or file. */
export function fileRow(placed: PlacedRow, settings: RowSettings): HTMLTableRowElement {
  const { row } = placed;
  const kind = isFolderRow(row) ? 'folder' : row[4].startsWith('zarr/') ? 'zarr' : 'file';
  const made = element('tr', { class: kind }, nameCell(placed, settings));
  if (isFolderRow(row)) {
    made.append(
      cell('f-size num', formatBytes(row[2])),
      cell('f-type', countOf(row[1], 'file')),
      cell('f-day'),
      cell('f-digest'),
    );
  } else {
    const digest = rowDigest(row);
    made.append(
      cell('f-size num', formatBytes(row[1])),
      cell('f-type', row[2]),
      cell('f-day num', row[5]),
      cell('f-digest', element('span', { class: 'mono', title: digest }, digest.slice(0, 10))),
    );
  }
  made.append(downloadCell(row, settings.store));
  return made;
}

/** A row that is not loaded yet. */
export function emptyRow(): HTMLTableRowElement {
  return element('tr', { class: 'loading' }, element('td', { class: 'f-name' }, '…'));
}
