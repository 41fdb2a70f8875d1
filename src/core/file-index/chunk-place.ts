// Which elements of a dataset a chunk has.

import type { ElementType, TreeDataset } from '../data-tree/data-tree.ts';
import { chunkGrid } from './chunk-table.ts';

/** A part of one dimension, the end not included. */
type Span = readonly [start: number, end: number];

/** The elements of the chunk with a number, in the order of rows of the grid: along each dimension. */
export function chunkSpans(
  shape: readonly number[],
  chunkShape: readonly number[],
  number: number,
): Span[] {
  const grid = chunkGrid(shape, chunkShape);
  const spans: Span[] = [];
  let rest = number;
  for (let axis = grid.length - 1; axis >= 0; axis -= 1) {
    const start = (rest % grid[axis]!) * chunkShape[axis]!;
    spans.unshift([start, Math.min(shape[axis]!, start + chunkShape[axis]!)]);
    rest = Math.floor(rest / grid[axis]!);
  }
  return spans;
}

/** Bytes of an element of a number type, and whether its highest byte is first; undefined for other types. */
export function numberLayout(
  type: ElementType,
): { size: 1 | 2 | 4 | 8; isBigEndian: boolean } | undefined {
  const [, order, kind, digits] =
    typeof type === 'string' ? (/^([<>|])([iuf])([1248])$/.exec(type) ?? []) : [];
  if (digits === undefined || (kind === 'f' && Number(digits) < 4)) return undefined;
  return { size: Number(digits) as 1 | 2 | 4 | 8, isBigEndian: order === '>' };
}

/**
 * The bytes of those elements of a whole chunk that are within its dataset, in the order of rows, the lowest byte of
 * each element first.
 */
export function bytesWithin(
  chunk: Uint8Array,
  { shape, storage: { chunkShape } }: TreeDataset,
  spans: readonly Span[],
  { size, isBigEndian }: { size: number; isBigEndian: boolean },
): Uint8Array {
  const lengths = spans.map(([start, end]) => end - start);
  const rows = lengths.slice(0, -1).reduce((all, one) => all * one, 1);
  const rowLength = (lengths.at(-1) ?? 1) * size;
  const out = new Uint8Array(rows * rowLength);
  for (let row = 0; row < rows; row += 1) {
    let rest = row;
    let from = 0;
    let stride = chunkShape!.at(-1) ?? 1;
    for (let axis = (shape?.length ?? 0) - 2; axis >= 0; axis -= 1) {
      from += (rest % lengths[axis]!) * stride;
      rest = Math.floor(rest / lengths[axis]!);
      stride *= chunkShape![axis]!;
    }
    out.set(chunk.subarray(from * size, from * size + rowLength), row * rowLength);
  }
  if (isBigEndian && size > 1)
    for (let at = 0; at < out.length; at += size) out.subarray(at, at + size).reverse();
  return out;
}
