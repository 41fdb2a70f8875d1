// The HDF5 library, h5wasm, such that a failure is an error. As it comes, it returns whatever the memory held: zeros,
// rubbish, or the values of the dataset before.

import { ready } from 'h5wasm';

/** A type of elements, as the library describes it. */
export interface TypeMetadata {
  /** H5T_class_t. */
  readonly type: number;
  /** Of one element in memory, in bytes; for text of any length that of a pointer. */
  readonly size: number;
  readonly signed: boolean;
  readonly littleEndian: boolean;
  /** Whether it is text of any length. */
  readonly vlen: boolean;
  readonly strpad?: number;
  readonly ref_type?: 'object' | 'region';
  readonly array_type?: TypeMetadata & { readonly shape: readonly number[] };
  readonly vlen_type?: TypeMetadata;
  readonly enum_type?: { readonly members: Readonly<Record<string, number>> };
  readonly compound_type?: {
    readonly members: readonly (TypeMetadata & {
      readonly name: string;
      readonly offset: number;
    })[];
  };
}

/** A type and a shape: of a dataset, or of an attribute. */
export interface DataMetadata extends TypeMetadata {
  readonly shape: readonly number[] | null;
  readonly total_size: number;
  readonly maxshape: readonly number[] | null;
  readonly chunks: readonly number[] | null;
  readonly virtual_sources?: readonly { readonly file_name: string }[];
}

export interface LibraryFilter {
  readonly id: number;
  readonly name: string;
  readonly cd_values: readonly number[];
}

interface FileNode {
  usedBytes: number;
  stream_ops: object;
}

/** The part of emscripten's file system that is used. */
interface FileSystem {
  createFile(
    parent: string,
    name: string,
    properties: object,
    canRead: boolean,
    canWrite: boolean,
  ): FileNode;
  unlink(path: string): void;
  mkdirTree(path: string): void;
  writeFile(path: string, data: Uint8Array): void;
  close(stream: OpenStream): void;
  readonly streams: readonly (OpenStream | null | undefined)[];
  readonly ErrnoError: new (errno: number) => Error;
}
interface OpenStream {
  readonly path?: string;
  stream_ops: object;
}

/** The calls of the library that are used. Paths are from the root of the file. */
export interface Hdf5Library {
  readonly FS: FileSystem;
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
  ccall(name: string, result: string, types: readonly string[], values: readonly string[]): number;
  open(name: string, mode: number, tracked: boolean, low: number, high: number): bigint;
  close_file(file: bigint): number;
  activate_throwing_error_handler(): number;
  deactivate_throwing_error_handler(): number;
  get_plugin_search_paths(): string[];
  get_names(file: bigint, path: string, recursive: boolean): string[];
  get_type(file: bigint, path: string): number;
  get_symbolic_link(file: bigint, path: string): string | null;
  get_external_link(file: bigint, path: string): { filename?: string; obj_path?: string };
  create_object_reference(file: bigint, path: string): readonly number[];
  get_attribute_names(file: bigint, path: string): string[];
  get_attribute_metadata(file: bigint, path: string, name: string): DataMetadata;
  get_attribute_data(file: bigint, path: string, name: string, address: bigint): number;
  get_dataset_metadata(file: bigint, path: string): DataMetadata;
  get_dataset_filters(file: bigint, path: string): LibraryFilter[];
  get_dataset_data(
    file: bigint,
    path: string,
    count: readonly bigint[] | null,
    offset: readonly bigint[] | null,
    strides: readonly bigint[] | null,
    address: bigint,
  ): number;
  reclaim_vlen_memory(file: bigint, path: string, attribute: string, address: bigint): number;
  reclaim_vlen_memory_count(
    file: bigint,
    path: string,
    attribute: string,
    address: bigint,
    count: readonly bigint[],
  ): number;
}

/** H5T_class_t and the types of objects, by the numbers of HDF5's headers. */
export const HDF5_CLASS = {
  integer: 0,
  float: 1,
  string: 3,
  bitfield: 4,
  opaque: 5,
  compound: 6,
  reference: 7,
  enum: 8,
  vlen: 9,
  array: 10,
} as const;
export const HDF5_OBJECT = { group: 0, dataset: 1, type: 2, link: 3, other: 4 } as const;

/** The memory of the library never grows beyond the last limit that was set, in bytes. */
let memoryLimit = 1024 * 1024 * 1024;
let isBounded = false;

function boundMemory(): void {
  if (isBounded) return;
  isBounded = true;
  const prototype = WebAssembly.Memory.prototype;
  const grow = prototype.grow;
  prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * 65_536 > memoryLimit)
      throw new RangeError('The memory for HDF5 is used up.');
    return grow.call(this, pages);
  };
}

let loaded: Promise<Hdf5Library> | undefined;

async function load(): Promise<Hdf5Library> {
  const library = (await ready) as unknown as Hdf5Library;
  library.activate_throwing_error_handler();
  // What it prints about expected failures is nothing for a terminal.
  for (const stream of library.FS.streams.slice(1, 3))
    if (stream)
      stream.stream_ops = { write: (_: unknown, __: unknown, ___: unknown, n: number) => n };
  return library;
}

/**
 * Loads the library, once. `limit` bounds its memory in bytes: an allocation beyond it fails, and with it the call.
 * Meant for a worker: the bound is one for all of its WebAssembly.
 */
export async function hdf5Library(limit: number): Promise<Hdf5Library> {
  memoryLimit = limit;
  boundMemory();
  return (loaded ??= load());
}

/**
 * Calls the library, and lets the stack of its memory be as before, whatever is thrown: an error that passes through
 * WebAssembly leaves its part of the stack behind, and some 1,700 of them would overwrite other memory.
 */
export function guarded<Value>(library: Hdf5Library, work: () => Value): Value {
  let result: { value: Value } | { error: unknown } | undefined;
  const run = (): number => {
    try {
      result = { value: work() };
    } catch (error) {
      result = { error };
    }
    return 0;
  };
  Object.assign(library, { _runGuarded: run });
  // `ccall` resets the stack only if it has put something there: an argument that is text.
  library.ccall('runGuarded', 'number', ['string'], ['']);
  if (result !== undefined && 'value' in result) return result.value;
  releaseErrorFiles(library);
  throw result?.error;
}

/** Each error of the library leaves a temporary file open, and there may be 4,096. */
function releaseErrorFiles({ FS }: Hdf5Library): void {
  for (const stream of FS.streams) if (stream?.path?.startsWith('/tmp/') === true) FS.close(stream);
}
