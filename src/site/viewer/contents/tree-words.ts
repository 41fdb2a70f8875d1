// Types, shapes, storage and values of a file's objects in short words.

import type { ElementType, Storage, TreeValue } from '../../../core/data-tree/data-tree.ts';
import { countOf, formatBytes, formatCount } from '../../../core/text/format.ts';
import { shownLine } from '../../../core/text/shown-text.ts';

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['i', 'int'],
  ['u', 'uint'],
  ['f', 'float'],
  ['c', 'complex'],
]);

function simpleType(type: string): string {
  const [, order, letter = '', size = ''] = /^([<>|=]?)([a-zA-Z])(\d{1,9})$/.exec(type) ?? [];
  const name = LETTERS.get(letter);
  const end = order === '>' ? ', big-endian' : '';
  if (name !== undefined) return `${name}${Number(size) * 8}${end}`;
  if (letter === 'S') return `text of ${countOf(Number(size), 'byte')}`;
  if (letter === 'U') return `text of ${countOf(Number(size), 'character')}`;
  if (letter === 'b') return 'boolean';
  return type === 'string' ? 'text' : shownLine(type, 60);
}

/** `<i2` is `int16`; a compound type names its fields. */
export function typeWords(type: ElementType, depth = 0): string {
  if (typeof type === 'string') return simpleType(type);
  if (depth > 4) return '…';
  if ('compound' in type) {
    const names = type.compound.slice(0, 6).map(([name]) => shownLine(name, 40));
    return `compound (${names.join(', ')}${type.compound.length > 6 ? ', …' : ''})`;
  }
  if ('enum' in type) return `enum of ${countOf(type.members.length, 'name')}`;
  if ('list' in type) return `lists of ${typeWords(type.list, depth + 1)}`;
  return `${typeWords(type.array, depth + 1)} [${shapeWords(type.shape)}]`;
}

/** `12,000 × 64`; of a scalar `single value`. */
export function shapeWords(shape: readonly number[] | null): string {
  if (shape === null) return 'no value';
  return shape.length === 0 ? 'single value' : shape.map(formatCount).join(' × ');
}

/** Bytes of one element; undefined if they vary. */
function elementBytes(type: ElementType): number | undefined {
  if (typeof type !== 'string') return undefined;
  const [, letter = '', size = ''] = /^[<>|=]?([iufcSb])(\d{1,9})$/.exec(type) ?? [];
  return letter === '' ? undefined : Number(size);
}

/** `Chunks of 1,000 × 64, gzip and shuffle; 1.2 MB in the file, 3.1 MB unpacked`. */
export function storageWords(
  { layout, chunkShape, filters = [], bytes, chunks }: Storage,
  type: ElementType,
  shape: readonly number[] | null,
): string {
  const where = new Map([
    ['compact', 'within the object’s header'],
    ['contiguous', 'one block'],
    ['virtual', 'parts of other datasets'],
    ['external', 'in another file'],
  ]).get(layout);
  const parts = [
    where ?? (chunkShape === undefined ? 'chunks' : `chunks of ${shapeWords(chunkShape)}`),
  ];
  if (chunks !== undefined) parts.push(countOf(chunks.count, 'chunk'));
  const names = filters.slice(0, 8).map(({ name }) => shownLine(name, 30));
  parts.push(...(names.length === 0 ? [] : [names.join(' + ')]));
  if (bytes !== undefined) parts.push(`${formatBytes(bytes)} in the file`);
  const each = elementBytes(type);
  const unpacked = (shape ?? []).reduce((product, one) => product * one, each ?? 0);
  if (filters.length > 0 && each !== undefined && unpacked !== bytes)
    parts.push(`${formatBytes(unpacked)} unpacked`);
  return parts.join(', ');
}

/** A value as one line of at most `limit` characters. */
export function valueLine(value: TreeValue | undefined, limit = 200): string {
  if (value === undefined) return '';
  if (value === null) return 'null';
  if (typeof value !== 'object') return shownLine(String(value), limit);
  if (!Array.isArray(value)) {
    const { ref, omitted } = value as { ref?: TreeValue; omitted?: TreeValue };
    if (typeof ref === 'string') return `→ ${shownLine(ref, limit)}`;
    if (ref === null) return '→ nowhere';
    if (typeof omitted === 'string') return `(${shownLine(omitted, limit)})`;
    return shownLine(JSON.stringify(value).slice(0, limit * 2), limit);
  }
  let line = '';
  for (const [at, one] of (value as readonly TreeValue[]).entries()) {
    const part = Array.isArray(one) ? `[${valueLine(one, limit)}]` : valueLine(one, limit);
    if (line.length + part.length > limit)
      return `${line}${at === 0 ? part.slice(0, limit) : ''} …`;
    line += at === 0 ? part : `, ${part}`;
  }
  return line;
}
