// Types of HDF5 as the tree names them, and what in memory has to be read with care.

import type { ElementType } from '../../core/data-tree/data-tree.ts';
import { HDF5_CLASS, type TypeMetadata } from './hdf5-library.ts';

function numberType(letter: string, { size, littleEndian }: TypeMetadata): string {
  if (size === 1) return `|${letter}1`;
  return `${littleEndian ? '<' : '>'}${letter}${size}`;
}

/** Whether it is what h5py writes for booleans. */
export function isBooleanType({ type, size, enum_type }: TypeMetadata): boolean {
  if (type !== HDF5_CLASS.enum || size !== 1 || enum_type === undefined) return false;
  const { members } = enum_type;
  return Object.keys(members).length === 2 && members['FALSE'] === 0 && members['TRUE'] === 1;
}

/** The type as the tree names it. */
export function elementTypeOf(meta: TypeMetadata): ElementType {
  switch (meta.type) {
    case HDF5_CLASS.integer:
      return numberType(meta.signed ? 'i' : 'u', meta);
    case HDF5_CLASS.bitfield:
      return numberType('u', meta);
    case HDF5_CLASS.float:
      return numberType('f', meta);
    case HDF5_CLASS.string:
      return meta.vlen ? 'string' : `|S${meta.size}`;
    case HDF5_CLASS.reference:
      return isObjectReference(meta) ? 'reference' : 'region reference';
    case HDF5_CLASS.enum: {
      if (isBooleanType(meta)) return 'boolean';
      const base = numberType(meta.signed ? 'i' : 'u', meta);
      return { enum: base, members: Object.entries(meta.enum_type?.members ?? {}) };
    }
    case HDF5_CLASS.vlen:
      return { list: meta.vlen_type === undefined ? 'opaque' : elementTypeOf(meta.vlen_type) };
    case HDF5_CLASS.array:
      return meta.array_type === undefined
        ? 'opaque'
        : { array: elementTypeOf(meta.array_type), shape: [...meta.array_type.shape] };
    case HDF5_CLASS.compound:
      return {
        compound: (meta.compound_type?.members ?? []).map(
          (one) => [one.name, elementTypeOf(one)] as const,
        ),
      };
    default:
      return 'opaque';
  }
}

/** Whether it refers to an object, in the form in which all but the newest files do. */
export function isObjectReference({ ref_type, size }: TypeMetadata): boolean {
  return ref_type === 'object' && size === 8;
}

/** The types within it that have an order of bytes. */
function* orderedParts(meta: TypeMetadata): Generator<TypeMetadata> {
  const { integer, float, bitfield, enum: enumeration } = HDF5_CLASS;
  if (([integer, float, bitfield, enumeration] as number[]).includes(meta.type)) yield meta;
  if (meta.array_type !== undefined) yield* orderedParts(meta.array_type);
  if (meta.vlen_type !== undefined) yield* orderedParts(meta.vlen_type);
  for (const one of meta.compound_type?.members ?? []) yield* orderedParts(one);
}

/**
 * Whether its numbers are in memory as they are in the file. Otherwise they are little-endian: the library converts
 * them all, but not in a compound of both orders.
 */
export function keepsFileOrder(meta: TypeMetadata): boolean {
  const orders = new Set([...orderedParts(meta)].map(({ littleEndian }) => littleEndian));
  return orders.size > 1;
}

/** Whether its values have parts outside of their own bytes, which the library must release. */
export function hasOuterParts(meta: TypeMetadata): boolean {
  return (
    meta.vlen ||
    meta.type === HDF5_CLASS.vlen ||
    (meta.array_type !== undefined && hasOuterParts(meta.array_type)) ||
    (meta.compound_type?.members.some(hasOuterParts) ?? false)
  );
}
