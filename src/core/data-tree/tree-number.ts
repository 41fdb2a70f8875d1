// Numbers of data as JSON, which has neither NaN nor integers beyond 2^53.

import type { TreeValue } from './data-tree.ts';

/** A number as a {@link TreeValue}: what JSON lacks is text, `"NaN"`, `"-Infinity"`, `"9007199254740993"`. */
export function treeNumber(value: number | bigint): TreeValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** A list of all elements in the order of rows as lists of lists; without dimensions, the element. */
export function nestedValue(flat: readonly TreeValue[], shape: readonly number[]): TreeValue {
  if (shape.length === 0) return flat[0] ?? null;
  let rows: readonly TreeValue[] = flat;
  for (const length of shape.slice(1).reverse()) {
    const next: TreeValue[] = [];
    const count = length === 0 ? 0 : rows.length / length;
    for (let at = 0; at < count; at += 1) next.push(rows.slice(at * length, (at + 1) * length));
    rows = next;
  }
  return rows;
}
