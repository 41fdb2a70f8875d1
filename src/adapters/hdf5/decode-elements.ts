// Elements in the library's memory as values of the tree.

import type { TreeValue } from '../../core/data-tree/data-tree.ts';
import { nestedValue, treeNumber } from '../../core/data-tree/tree-number.ts';
import { isBooleanType, isObjectReference, keepsFileOrder } from './element-types.ts';
import { HDF5_CLASS, type TypeMetadata } from './hdf5-library.ts';
import { Hdf5Problem } from './hdf5-problem.ts';

/** Bounds and knowledge that decoding needs. */
export interface DecodeContext {
  /** The value of a reference to the object whose header is at an address. */
  reference(address: bigint): TreeValue;
  /** Bytes of text and elements of lists that may still be decoded; counts down. */
  budget: number;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const NOWHERE = new Set([0n, 0xffff_ffff_ffff_ffffn]);
const PADDED_WITH_SPACES = 2;
const ENDED_BY_ZERO = 0;

function omitted(reason: string): TreeValue {
  return { omitted: reason };
}

function spend(context: DecodeContext, amount: number): void {
  context.budget -= amount;
  if (context.budget < 0) throw new Hdf5Problem('Its values are too large to be shown.');
}

function textOf(bytes: Uint8Array, context: DecodeContext): TreeValue {
  spend(context, bytes.length);
  try {
    return UTF8.decode(bytes);
  } catch {
    return omitted('This text is not UTF-8.');
  }
}

/** Reads elements of one type. */
class Decoder {
  readonly #memory: Uint8Array;
  readonly #view: DataView;
  readonly #context: DecodeContext;
  readonly #inFileOrder: boolean;

  constructor(memory: Uint8Array, meta: TypeMetadata, context: DecodeContext) {
    this.#memory = memory;
    this.#view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
    this.#context = context;
    this.#inFileOrder = keepsFileOrder(meta);
  }

  #bytes(at: number, length: number): Uint8Array {
    if (at + length > this.#memory.length)
      throw new Hdf5Problem('Its values have a length that is wrong.');
    return this.#memory.subarray(at, at + length);
  }

  #integer(meta: TypeMetadata, at: number): number | bigint | undefined {
    const little = this.#inFileOrder ? meta.littleEndian : true;
    const view = this.#view;
    switch (meta.size) {
      case 1:
        return meta.signed ? view.getInt8(at) : view.getUint8(at);
      case 2:
        return meta.signed ? view.getInt16(at, little) : view.getUint16(at, little);
      case 4:
        return meta.signed ? view.getInt32(at, little) : view.getUint32(at, little);
      case 8:
        return meta.signed ? view.getBigInt64(at, little) : view.getBigUint64(at, little);
      default:
        return undefined;
    }
  }

  #float(meta: TypeMetadata, at: number): number | undefined {
    const little = this.#inFileOrder ? meta.littleEndian : true;
    switch (meta.size) {
      case 2:
        return halfFloat(this.#view.getUint16(at, little));
      case 4:
        return this.#view.getFloat32(at, little);
      case 8:
        return this.#view.getFloat64(at, little);
      default:
        return undefined;
    }
  }

  #fixedText(meta: TypeMetadata, at: number): TreeValue {
    let bytes = this.#bytes(at, meta.size);
    if (meta.strpad === ENDED_BY_ZERO) {
      const end = bytes.indexOf(0);
      if (end !== -1) bytes = bytes.subarray(0, end);
    }
    const padding = meta.strpad === PADDED_WITH_SPACES ? 0x20 : 0;
    let end = bytes.length;
    while (end > 0 && bytes[end - 1] === padding) end -= 1;
    return textOf(bytes.subarray(0, end), this.#context);
  }

  #text(at: number): TreeValue {
    const address = this.#view.getUint32(at, true);
    // What h5py and the library itself give for text that was never written.
    if (address === 0) return '';
    const end = this.#memory.indexOf(0, address);
    if (end === -1) throw new Hdf5Problem('Its text has no end.');
    return textOf(this.#memory.subarray(address, end), this.#context);
  }

  #list(meta: TypeMetadata, at: number): TreeValue {
    const inner = meta.vlen_type;
    const length = this.#view.getUint32(at, true);
    const address = this.#view.getUint32(at + 4, true);
    if (inner === undefined) return omitted('A list of an unknown type.');
    spend(this.#context, length);
    return this.#elements(inner, address, length);
  }

  #elements(meta: TypeMetadata, at: number, count: number): TreeValue[] {
    this.#bytes(at, count * meta.size);
    return Array.from({ length: count }, (_, i) => this.element(meta, at + i * meta.size));
  }

  element(meta: TypeMetadata, at: number): TreeValue {
    spend(this.#context, 1);
    switch (meta.type) {
      case HDF5_CLASS.integer:
      case HDF5_CLASS.bitfield: {
        const value = this.#integer(meta, at);
        return value === undefined ? omitted('An integer of unusual size.') : treeNumber(value);
      }
      case HDF5_CLASS.float: {
        const value = this.#float(meta, at);
        return value === undefined ? omitted('A number of unusual size.') : treeNumber(value);
      }
      case HDF5_CLASS.string:
        return meta.vlen ? this.#text(at) : this.#fixedText(meta, at);
      case HDF5_CLASS.reference:
        if (!isObjectReference(meta)) return omitted('A reference to a region of a dataset.');
        return this.#reference(this.#view.getBigUint64(at, true));
      case HDF5_CLASS.enum:
        return this.#member(meta, at);
      case HDF5_CLASS.vlen:
        return this.#list(meta, at);
      case HDF5_CLASS.array: {
        const inner = meta.array_type;
        if (inner === undefined) return omitted('An array of an unknown type.');
        const count = inner.shape.reduce((all, one) => all * one, 1);
        return nestedValue(this.#elements(inner, at, count), inner.shape);
      }
      case HDF5_CLASS.compound:
        return (meta.compound_type?.members ?? []).map((one) => this.element(one, at + one.offset));
      default:
        return omitted('Bytes without a known meaning.');
    }
  }

  #reference(address: bigint): TreeValue {
    return NOWHERE.has(address) ? { ref: null } : this.#context.reference(address);
  }

  #member(meta: TypeMetadata, at: number): TreeValue {
    const value = this.#integer(meta, at);
    if (value === undefined) return omitted('An integer of unusual size.');
    if (isBooleanType(meta) && (value === 0 || value === 1)) return value === 1;
    const found = Object.entries(meta.enum_type?.members ?? {}).find(
      ([, one]) => one === Number(value),
    );
    return found?.[0] ?? treeNumber(value);
  }
}

/** The IEEE 754 number of 16 bits. */
function halfFloat(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * `count` elements that begin at an address of the library's memory.
 *
 * @throws Hdf5Problem if they are more than the budget, or a length in them is wrong
 */
export function decodeElements(
  memory: Uint8Array,
  address: number,
  count: number,
  meta: TypeMetadata,
  context: DecodeContext,
): TreeValue[] {
  const decoder = new Decoder(memory, meta, context);
  return Array.from({ length: count }, (_, i) => decoder.element(meta, address + i * meta.size));
}
