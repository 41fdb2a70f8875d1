// The orders of a result.

import type { IndexRow, SearchIndex } from './search-index.ts';

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

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

type Compare = (a: IndexRow, b: IndexRow) => number;
/** Rows that do not say it come last. */
const mostOf =
  (key: 'bytes' | 'files' | 'subjects'): Compare =>
  (a, b) =>
    (b[key] ?? -1) - (a[key] ?? -1);
const byDay = (a: IndexRow, b: IndexRow): number => {
  const [first, second] = [a.day ?? '', b.day ?? ''];
  return first < second ? -1 : first > second ? 1 : 0;
};

const COMPARE: Record<Exclude<SearchOrder, 'best'>, Compare> = {
  newest: (a, b) => byDay(b, a),
  oldest: (a, b) => Number(a.day === undefined) - Number(b.day === undefined) || byDay(a, b),
  name: (a, b) => collator.compare(a.title, b.title),
  size: mostOf('bytes'),
  files: mostOf('files'),
  subjects: mostOf('subjects'),
  identifier: () => 0,
};

/** The rows in an order; equal ones by number. Without words, the best match is the newest. */
export function orderRows(
  index: SearchIndex,
  rows: readonly number[],
  order: SearchOrder,
  weights: ReadonlyMap<number, number>,
): number[] {
  const compare = COMPARE[order === 'best' ? 'newest' : order];
  return [...rows].sort((a, b) => {
    const byWeight =
      order === 'best' && weights.size > 0
        ? Math.sign((weights.get(b) ?? 0) - (weights.get(a) ?? 0) || 0)
        : 0;
    const [first, second] = [index.rows[a], index.rows[b]];
    if (byWeight !== 0 || first === undefined || second === undefined) return byWeight || a - b;
    return compare(first, second) || a - b;
  });
}
