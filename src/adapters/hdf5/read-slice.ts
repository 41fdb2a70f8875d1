// Values of a part of a dataset, for views, checks and programs.

import type { ElementType, TreeValue } from '../../core/data-tree/data-tree.ts';
import { decodeElements } from './decode-elements.ts';
import { elementTypeOf, keepsFileOrder } from './element-types.ts';
import { filtersOf } from './hdf5-filters.ts';
import { HDF5_CLASS, HDF5_OBJECT, type DataMetadata } from './hdf5-library.ts';
import { Hdf5Problem } from './hdf5-problem.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';
import { addressOf, listHdf5Objects, type ObjectList } from './list-hdf5-objects.ts';
import { readElements, type Ranges } from './read-elements.ts';
import { readableHeader } from './read-storage.ts';

/** Numbers as they are in the file; int64 and uint64 as bigint. */
export type NumberValues =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** A part of a dataset. */
export interface DataSlice {
  readonly type: ElementType;
  /** Of the part; `[]` is a scalar, null a dataset without any element. */
  readonly shape: readonly number[] | null;
  /** In the order of rows. Numbers of 1, 2, 4 or 8 bytes as an array of their type (float16 as float32). */
  readonly values: NumberValues | readonly TreeValue[];
}

/** Bytes of a part that is read at once. */
const MOST_BYTES = 256 * 1024 * 1024;

function arrayOf(bytes: ArrayBuffer, meta: DataMetadata): NumberValues | undefined {
  const { type, size, signed } = meta;
  if (type === HDF5_CLASS.float) {
    if (size === 4) return new Float32Array(bytes);
    return size === 8 ? new Float64Array(bytes) : undefined;
  }
  if (type !== HDF5_CLASS.integer && type !== HDF5_CLASS.bitfield) return undefined;
  switch (size) {
    case 1:
      return signed ? new Int8Array(bytes) : new Uint8Array(bytes);
    case 2:
      return signed ? new Int16Array(bytes) : new Uint16Array(bytes);
    case 4:
      return signed ? new Int32Array(bytes) : new Uint32Array(bytes);
    case 8:
      return signed ? new BigInt64Array(bytes) : new BigUint64Array(bytes);
    default:
      return undefined;
  }
}

const lists = new WeakMap<Hdf5Reader, ObjectList>();

/** The objects by address, which references need; listed once. */
function pathsOf(reader: Hdf5Reader): ReadonlyMap<bigint, string> {
  const found = lists.get(reader) ?? listHdf5Objects(reader);
  lists.set(reader, found);
  return found.paths;
}

/** @throws Hdf5Problem if there is no dataset at the path */
export function datasetAt(reader: Hdf5Reader, path: string): DataMetadata {
  const type = reader.call((library, file) => library.get_type(file, path));
  if (type !== HDF5_OBJECT.dataset)
    throw new Hdf5Problem(`There is no dataset ${path.slice(0, 200)}.`);
  return reader.call((library, file) => library.get_dataset_metadata(file, path));
}

/**
 * A part of a dataset; without ranges, all of it.
 *
 * @throws Hdf5Problem if it cannot be read; RangeError for ranges that are not within the shape; ArchiveError
 */
export function readSlice(reader: Hdf5Reader, path: string, ranges?: Ranges): DataSlice {
  const meta = datasetAt(reader, path);
  const type = elementTypeOf(meta);
  if (meta.shape === null) return { type, shape: null, values: [] };
  const { unusual } = readableHeader(reader, addressOf(reader, path)) ?? {};
  if (unusual !== undefined) throw new Hdf5Problem(unusual);
  const filters = filtersOf(reader, path);
  const part = ranges ?? meta.shape.map((length) => [0, length] as const);
  const reference = (address: bigint): TreeValue => {
    const target = pathsOf(reader).get(address);
    return target === undefined
      ? { omitted: 'A reference to an object that is not listed.' }
      : { ref: target };
  };
  // References are found in a second step: the library must not be called while it is at work.
  const addresses: bigint[] = [];
  const values = readElements(
    reader,
    { path, meta, filters },
    part,
    MOST_BYTES,
    (memory, address, count) => {
      const bytes = memory.slice(address, address + count * meta.size).buffer;
      const numbers = keepsFileOrder(meta) ? undefined : arrayOf(bytes, meta);
      if (numbers !== undefined) return numbers;
      return decodeElements(memory, address, count, meta, {
        budget: MOST_BYTES,
        reference: (one) => ({ pending: addresses.push(one) - 1 }),
      });
    },
  );
  const shape = part.map(([from, to]) => to - from);
  if (addresses.length === 0) return { type, shape, values };
  const resolved = (value: TreeValue): TreeValue => {
    if (Array.isArray(value)) return (value as readonly TreeValue[]).map(resolved);
    if (typeof value !== 'object' || value === null || !('pending' in value)) return value;
    return reference(addresses[Number(value['pending'])]!);
  };
  return { type, shape, values: (values as readonly TreeValue[]).map(resolved) };
}
