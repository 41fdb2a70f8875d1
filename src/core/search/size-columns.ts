// Sizes of all Dandisets and the order of their titles: read by searches that narrow or order by them.

import type { SearchDocument } from './search-document.ts';

/** One number per row; -1 if it is not known. */
export interface SizeColumns {
  bytes: number[];
  files: number[];
  subjects: number[];
  /** The rank of its title in the order of all titles. */
  names: number[];
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** The columns of documents in the order of their rows. */
export function sizeColumns(documents: readonly SearchDocument[]): SizeColumns {
  const inOrder = documents
    .map(({ title }, row) => ({ title, row }))
    .sort((a, b) => collator.compare(a.title, b.title) || a.row - b.row);
  const names = documents.map(() => 0);
  inOrder.forEach(({ row }, place) => (names[row] = place));
  return {
    bytes: documents.map(({ bytes }) => bytes ?? -1),
    files: documents.map(({ files }) => files ?? -1),
    subjects: documents.map(({ subjects }) => subjects ?? -1),
    names,
  };
}
