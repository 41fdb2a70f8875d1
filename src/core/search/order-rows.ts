// The orders of a result.

import type { SearchIndex } from './search-index.ts';

export const SEARCH_ORDERS = {
  best: 'Best match',
  newest: 'Newest first',
  oldest: 'Oldest first',
  name: 'Name',
  size: 'Size, largest first',
  files: 'Files, most first',
  subjects: 'Subjects, most first',
  identifier: 'Identifier',
} as const;
export type SearchOrder = keyof typeof SEARCH_ORDERS;

/** Whether a text names an order. */
export function isSearchOrder(text: string | null | undefined): text is SearchOrder {
  return Object.keys(SEARCH_ORDERS).some((order) => order === text);
}

const ORDERS_OF_SIZES: ReadonlySet<SearchOrder> = new Set(['name', 'size', 'files', 'subjects']);

/** Whether an order needs sizes in the index. */
export function needsSizes(order: SearchOrder): boolean {
  return ORDERS_OF_SIZES.has(order);
}

type Compare = (a: number, b: number) => number;

/** How two rows of an index compare. */
function comparison({ rows, sizes }: SearchIndex, order: Exclude<SearchOrder, 'best'>): Compare {
  // Rows without the value come last.
  const mostOf =
    (column: readonly number[] = []): Compare =>
    (a, b) =>
      (column[b] ?? -1) - (column[a] ?? -1);
  const day = (row: number, unknown: number): number => rows[row]?.day ?? unknown;
  const all: Record<typeof order, Compare> = {
    newest: (a, b) => day(b, -Infinity) - day(a, -Infinity) || 0,
    oldest: (a, b) => day(a, Infinity) - day(b, Infinity) || 0,
    name: (a, b) => (sizes?.names[a] ?? 0) - (sizes?.names[b] ?? 0),
    size: mostOf(sizes?.bytes),
    files: mostOf(sizes?.files),
    subjects: mostOf(sizes?.subjects),
    identifier: () => 0,
  };
  return all[order];
}

/** The rows without files. */
export function emptyRows({ facets }: SearchIndex): ReadonlySet<number> {
  return new Set(facets.get('status')?.find(({ id }) => id === 'empty')?.rows);
}

/** Rows with data before rows without files, published versions before drafts. */
function byContents(index: SearchIndex): Compare {
  const empty = emptyRows(index);
  const rank = (row: number): number =>
    (empty.has(row) ? 2 : 0) + (index.rows[row]?.status === 'draft' ? 1 : 0);
  return (a, b) => rank(a) - rank(b);
}

/**
 * The rows in an order, from an index that has what it needs (`needsSizes`); equal ones by number. Matches of
 * the same weight are ordered by what they contain, then the newest first.
 */
export function orderRows(
  index: SearchIndex,
  rows: readonly number[],
  order: SearchOrder,
  weights: ReadonlyMap<number, number>,
): number[] {
  const compares: Compare[] = [comparison(index, order === 'best' ? 'newest' : order)];
  if (order === 'best') {
    const weight = (row: number): number => weights.get(row) ?? 0;
    compares.unshift((a, b) => Math.sign(weight(b) - weight(a)) || 0, byContents(index));
  }
  return [...rows].sort((a, b) => {
    for (const compare of compares) {
      const difference = compare(a, b);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}
