// What the rows of a result show of each Dandiset: in blocks of neighbouring rows, of which a search
// reads those it shows.

import type { IndexRow, SearchIndex } from './search-index.ts';
import type { SearchDocument } from './search-document.ts';

/**
 * Rows in a block: some 3 kB, so that twenty rows from twenty blocks are still little, and soon all are
 * loaded.
 */
const BLOCK_ROWS = 64;

export interface RowDetails {
  title: string;
  version: string;
  bytes?: number;
  files?: number;
  subjects?: number;
}

/** All that is known of a row except its text. */
export interface ShownRow extends IndexRow, RowDetails {
  row: number;
}

/** One list per row; unknown numbers are -1. */
export type EncodedBlock = [
  title: string,
  version: string,
  bytes: number,
  files: number,
  subjects: number,
][];

/** The block that a row is in. */
export function blockOf(row: number): number {
  return Math.floor(row / BLOCK_ROWS);
}

/** The blocks of documents in the order of their rows. */
export function encodeBlocks(documents: readonly SearchDocument[]): EncodedBlock[] {
  const blocks: EncodedBlock[] = [];
  documents.forEach(({ title, version, bytes = -1, files = -1, subjects = -1 }, row) => {
    (blocks[blockOf(row)] ??= []).push([title, version, bytes, files, subjects]);
  });
  return blocks;
}

/** A row of an index with its details from its block. */
export function shownRow(index: SearchIndex, row: number, block: EncodedBlock): ShownRow {
  const one = index.rows[row];
  const details = block[row % BLOCK_ROWS];
  if (one === undefined || details === undefined) throw new RangeError(`There is no row ${row}`);
  const [title, version, bytes, files, subjects] = details;
  const shown: ShownRow = { ...one, row, title, version };
  if (bytes >= 0) shown.bytes = bytes;
  if (files >= 0) shown.files = files;
  if (subjects >= 0) shown.subjects = subjects;
  return shown;
}
