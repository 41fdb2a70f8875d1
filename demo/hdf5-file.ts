// Writes HDF5 files whose bytes depend on their content alone. HDF5 stamps the time into every object's
// header; the clock it reads is the JavaScript one, so that clock is stopped while we write.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import h5wasm from 'h5wasm/node';
import type { Dataset, File, Group, GuessableDataTypes, Reference } from 'h5wasm/node';

/** 2025-01-01T00:00:00Z, the time every object of a demo file was "changed". */
const FIXED_CLOCK = 1_735_689_600_000;

const COMPRESSED_FROM_BYTES = 2048;

export type NumberArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** A reference to the object at a path; several make a list. */
export interface ReferenceTo {
  to: string | string[];
}

/** A single number of a given width; an array is passed through as it is. */
export interface SingleNumber {
  single: NumberArray;
}

export type Hdf5Value = string | string[] | NumberArray | SingleNumber | ReferenceTo;
export type Attributes = Record<string, Hdf5Value>;

export function float32(value: number): SingleNumber {
  return { single: Float32Array.of(value) };
}
export function float64(value: number): SingleNumber {
  return { single: Float64Array.of(value) };
}
export function uint32(value: number): SingleNumber {
  return { single: Uint32Array.of(value) };
}

interface Prepared {
  data: GuessableDataTypes;
  shape: number[];
  dtype: string | null;
  bytes: number;
}

export class Hdf5File {
  private readonly file: File;

  constructor(file: File) {
    this.file = file;
  }

  group(at: string, attributes: Attributes = {}): void {
    this.writeAttributes(this.groupAt(at), attributes);
  }

  /** A dataset of `shape`; by default one number or text, or a list of them. */
  dataset(at: string, value: Hdf5Value, attributes: Attributes = {}, shape?: number[]): void {
    const cut = at.lastIndexOf('/');
    const prepared = this.prepare(value);
    const dimensions = shape ?? prepared.shape;
    const dataset = this.groupAt(at.slice(0, cut)).create_dataset({
      name: at.slice(cut + 1),
      data: prepared.data,
      shape: dimensions,
      dtype: prepared.dtype,
      // Numbers of some size are cut into one chunk and compressed; all our arrays are small.
      ...(prepared.bytes >= COMPRESSED_FROM_BYTES
        ? { chunks: dimensions, compression: 'gzip' as const, compression_opts: 6 }
        : {}),
    });
    this.writeAttributes(dataset, attributes);
  }

  /** A soft link at `at` to the object at `target`. */
  link(at: string, target: string): void {
    const cut = at.lastIndexOf('/');
    this.groupAt(at.slice(0, cut)).create_soft_link(target, at.slice(cut + 1));
  }

  attributes(at: string, attributes: Attributes): void {
    this.writeAttributes(this.existing(at), attributes);
  }

  private existing(at: string): Group | Dataset {
    const found = this.file.get(at);
    if (found === null) throw new Error(`there is no ${at} in the file`);
    return found as Group | Dataset;
  }

  /** The group at a path; it and its parents are created where missing. */
  private groupAt(at: string): Group {
    if (at === '' || at === '/') return this.file.get('/') as Group;
    const found = this.file.get(at);
    if (found !== null) return found as Group;
    const cut = at.lastIndexOf('/');
    return this.groupAt(at.slice(0, cut)).create_group(at.slice(cut + 1));
  }

  private prepare(value: Hdf5Value): Prepared {
    if (typeof value === 'string') return { data: value, shape: [], dtype: 'S', bytes: 0 };
    if (Array.isArray(value)) {
      return { data: value, shape: [value.length], dtype: 'S', bytes: 0 };
    }
    if ('single' in value) return { data: value.single, shape: [], dtype: null, bytes: 0 };
    if ('to' in value) {
      const paths = Array.isArray(value.to) ? value.to : [value.to];
      const references: Reference[] = paths.map((at) => this.existing(at).create_reference());
      return {
        data: references,
        shape: Array.isArray(value.to) ? [references.length] : [],
        dtype: 'Reference',
        bytes: 0,
      };
    }
    return { data: value, shape: [value.length], dtype: null, bytes: value.byteLength };
  }

  private writeAttributes(owner: Group | Dataset, attributes: Attributes): void {
    for (const [name, value] of Object.entries(attributes)) {
      const { data, shape, dtype } = this.prepare(value);
      owner.create_attribute(name, data, shape, dtype);
    }
  }
}

/** Runs `work` with a stopped clock. */
function withFixedClock<T>(work: () => T): T {
  const now = Date.now;
  Date.now = () => FIXED_CLOCK;
  try {
    return work();
  } finally {
    Date.now = now;
  }
}

/** The bytes of the HDF5 file that `fill` writes; equal input gives equal bytes, at any time. */
export async function hdf5Bytes(fill: (file: Hdf5File) => void): Promise<Uint8Array> {
  await h5wasm.ready;
  const folder = mkdtempSync(path.join(tmpdir(), 'demo-'));
  const name = path.join(folder, 'file.h5');
  try {
    withFixedClock(() => {
      const file = new h5wasm.File(name, 'w');
      try {
        fill(new Hdf5File(file));
      } finally {
        file.close();
      }
    });
    return readFileSync(name);
  } catch (error) {
    // Without this, Node prints the library's single line of source: several megabytes.
    throw new Error(`HDF5: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
