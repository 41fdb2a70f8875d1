// Values of a tree as the bytes that an array of their type has.

import { strToU8 } from 'fflate';
import type { TreeValue } from '../data-tree/data-tree.ts';

/** All elements of nested lists, in the order of rows. */
export function flatValues(value: TreeValue): TreeValue[] {
  const flat: TreeValue[] = [];
  const add = (one: TreeValue): void => {
    if (Array.isArray(one)) for (const inner of one as readonly TreeValue[]) add(inner);
    else flat.push(one);
  };
  add(value);
  return flat;
}

type Setter = (view: DataView, at: number, value: number) => void;

const SETTERS: Record<string, Setter> = {
  i1: (view, at, value) => view.setInt8(at, value),
  u1: (view, at, value) => view.setUint8(at, value),
  i2: (view, at, value) => view.setInt16(at, value, true),
  u2: (view, at, value) => view.setUint16(at, value, true),
  i4: (view, at, value) => view.setInt32(at, value, true),
  u4: (view, at, value) => view.setUint32(at, value, true),
  f4: (view, at, value) => view.setFloat32(at, value, true),
  f8: (view, at, value) => view.setFloat64(at, value, true),
};

/** Elements of a number type as bytes, the lowest first; undefined for another type or a value that is no number. */
export function numberBytes(type: string, value: TreeValue): Uint8Array | undefined {
  const kind = type.slice(1);
  const size = Number(kind.slice(1));
  const values = flatValues(value);
  const view = new DataView(new ArrayBuffer(values.length * size));
  for (const [index, one] of values.entries()) {
    if (typeof one !== 'number' && typeof one !== 'string') return undefined;
    if (kind === 'i8' || kind === 'u8')
      view.setBigInt64(index * 8, BigInt.asIntN(64, BigInt(one)), true);
    else if (SETTERS[kind] === undefined) return undefined;
    else SETTERS[kind](view, index * size, Number(one));
  }
  return new Uint8Array(view.buffer);
}

/** Texts as numcodecs' VLenUTF8 has them: their number, then each after its length, in four bytes, the lowest first. */
export function textBytes(texts: readonly string[]): Uint8Array {
  const parts = texts.map((text) => strToU8(text));
  const size = parts.reduce((all, part) => all + 4 + part.length, 4);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, texts.length, true);
  let at = 4;
  for (const part of parts) {
    view.setUint32(at, part.length, true);
    bytes.set(part, at + 4);
    at += 4 + part.length;
  }
  return bytes;
}
