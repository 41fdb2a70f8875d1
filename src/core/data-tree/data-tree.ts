// What is in an HDF5 file or a Zarr, as plain data: the same for every reader, and what an index holds.

/**
 * A value as JSON: numbers that JSON lacks are written as Zarr does, `"NaN"`, `"Infinity"`, `"-Infinity"`, and
 * integers beyond 2^53 as decimal text. Text is text, a boolean is a boolean, an enum's member its
 * name; a reference is `{ref: path}` (`{ref: null}` if it points nowhere); a row of a compound type is a list in
 * the order of its fields; opaque bytes and region references are `{omitted: reason}`. A value with dimensions is
 * nested lists.
 */
export type TreeValue =
  number | string | boolean | null | readonly TreeValue[] | { readonly [key: string]: TreeValue };

/**
 * An element's type. Text for the simple ones, as NumPy writes them (`<i2`, `<f4`, `|u1`, `|S12`), and `string`
 * (of any length, UTF-8), `boolean`, `reference`, `region reference`, `opaque`.
 */
export type ElementType =
  | string
  | { readonly compound: readonly (readonly [field: string, type: ElementType])[] }
  | { readonly enum: ElementType; readonly members: readonly (readonly [string, number])[] }
  | { readonly list: ElementType }
  | { readonly array: ElementType; readonly shape: readonly number[] };

/** An HDF5 filter, or a codec of a Zarr. */
export interface Filter {
  /** HDF5's registered number; absent for a Zarr. */
  readonly id?: number;
  /** As the HDF Group or Zarr names it: `gzip`, `shuffle`, `blosc`. */
  readonly name: string;
  readonly parameters?: readonly number[] | { readonly [key: string]: TreeValue };
}

/** How a dataset's values lie in its file. */
export interface Storage {
  readonly layout: 'compact' | 'contiguous' | 'chunked' | 'virtual' | 'external';
  /** Of a chunk, in elements; only if chunked. */
  readonly chunkShape?: readonly number[];
  readonly filters?: readonly Filter[];
  /** What the values take in the file, in bytes. */
  readonly bytes?: number;
  /** Where contiguous values begin in the file; absent if none have been written. */
  readonly offset?: number;
  /** What elements that have never been written are, if they are numbers other than 0. */
  readonly fill?: TreeValue;
  /** Where the table of this dataset's chunks is in the `.chunks` file, in bytes, and how many chunks are in it. */
  readonly chunks?: { readonly from: number; readonly length: number; readonly count: number };
}

interface Named {
  /** From the root, `/acquisition/lfp/data`; the root is `/`. */
  readonly path: string;
  readonly attributes?: { readonly [name: string]: TreeValue };
  /** Of the attributes that are numbers, which JSON does not tell apart: 0 may be an integer or not. */
  readonly attributeTypes?: { readonly [name: string]: ElementType };
  /** Why something of this object could not be read: one plain sentence. */
  readonly problem?: string;
}

export interface TreeGroup extends Named {
  readonly kind: 'group';
}

export interface TreeDataset extends Named {
  readonly kind: 'dataset';
  readonly type: ElementType;
  /** `[]` is a scalar; null a dataset without any element, HDF5's null dataspace. */
  readonly shape: readonly number[] | null;
  readonly storage: Storage;
  /** All of it, if it is small. */
  readonly value?: TreeValue;
  /** Its first elements along the first dimension, if it is not small but a table shows it. */
  readonly head?: readonly TreeValue[];
}

export interface TreeLink extends Named {
  /** A second hard link to an object that was listed before is a link with `same`. */
  readonly kind: 'link';
  readonly link: 'soft' | 'external' | 'same';
  /** The path it points to; for a link out of the file, the path in that file. */
  readonly target: string;
  /** The file that an external link names. */
  readonly file?: string;
}

export interface TreeUnreadable extends Named {
  readonly kind: 'unreadable';
  readonly problem: string;
}

/** An object of a file, without what is below it. */
export type TreeObject = TreeGroup | TreeDataset | TreeLink | TreeUnreadable;

/** A neurodata type as a file's own specification defines it. */
export interface SpecifiedType {
  readonly namespace: string;
  /** The types it extends, the nearest first: `TwoPhotonSeries` has `ImageSeries`, `TimeSeries`, … */
  readonly extends: readonly string[];
}

/** All that is known of a file without reading its data. */
export interface DataTree {
  readonly format: 'hdf5' | 'zarr';
  /** From `/` on, each group before what is in it; members in the order of their names' UTF-8 bytes. */
  readonly objects: readonly TreeObject[];
  /** The versions of the namespaces that the file names: `{core: '2.8.0'}`. */
  readonly namespaces: { readonly [namespace: string]: string };
  /** By the name of the type; `/specifications` itself is not among the objects. */
  readonly types: { readonly [type: string]: SpecifiedType };
  /** What was left out, and why: a sentence each. Empty if nothing was. */
  readonly omitted: readonly string[];
}
