// One HDF5 file, read by the library through a file system of ours that delivers exact bytes or fails.

import { ArchiveError } from '../../core/error.ts';
import { BlockCache } from './block-cache.ts';
import { guarded, hdf5Library, type Hdf5Library } from './hdf5-library.ts';
import { Hdf5Problem } from './hdf5-problem.ts';
import { fileFormat, type FileFormat } from './object-header.ts';
import type { SyncBytes } from './sync-bytes.ts';

export interface Hdf5Settings {
  /** Bytes of memory for the library. */
  memory?: number;
  /** Bytes of the file that are cached. */
  cache?: number;
  /** Reads and caches them instead, in blocks of another size. */
  blocks?: BlockCache;
  /** Where decoders of compressed data come from; without it, only those of the library itself are used. */
  plugin?: (file: string) => Uint8Array;
}

const DEFAULT_MEMORY = 1024 * 1024 * 1024;
/** Failures in one file. Each costs some memory of the library. */
const MOST_FAILURES = 5000;
const EIO = 29;

/** Sees a read of the library, and answers whether it is delivered. */
export type ReadObserver = (from: number, length: number) => boolean;

/** What went wrong at the innermost place, in the library's own words. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const reasons = [...text.slice(0, 20_000).matchAll(/^\s*#\d+: .*? in \w+\(\): (.*)$/gm)];
  const reason = reasons.at(-1)?.[1] ?? text;
  return reason
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 200);
}

function isCrash(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

let files = 0;

/** An open file. All of it is synchronous. */
export class Hdf5Reader {
  readonly cache: BlockCache;
  readonly name: string;
  readonly library: Hdf5Library;
  /** The filters whose decoders have been loaded, by number. */
  readonly plugins = new Set<number>();
  readonly plugin: (file: string) => Uint8Array;
  readonly #path: string;
  #id = -1n;
  #failure: unknown;
  #failures = 0;
  #endsEarly = false;
  #observer: ReadObserver | undefined;
  #format: FileFormat | undefined;

  private constructor(source: SyncBytes, library: Hdf5Library, settings: Hdf5Settings) {
    this.cache = settings.blocks ?? new BlockCache(source, settings.cache);
    this.plugin =
      settings.plugin ??
      (() => {
        throw new Error('no decoders');
      });
    this.name = source.name;
    this.library = library;
    files += 1;
    this.#path = `/file-${files}.h5`;
  }

  /** @throws ArchiveError `bytes-unreadable` if it is no HDF5 file or is cut off; others as SyncBytes says */
  static async open(source: SyncBytes, settings: Hdf5Settings = {}): Promise<Hdf5Reader> {
    let library: Hdf5Library;
    try {
      library = await hdf5Library(settings.memory ?? DEFAULT_MEMORY);
    } catch (cause) {
      throw new ArchiveError('bytes-unreadable', 'The HDF5 library could not be loaded.', {
        cause,
      });
    }
    const reader = new Hdf5Reader(source, library, settings);
    reader.#mount();
    try {
      reader.#id = reader.call((one) => one.open(reader.#path, 0, false, -1, -1));
    } catch (error) {
      reader.close();
      if (!(error instanceof Hdf5Problem)) throw error;
      throw new ArchiveError('bytes-unreadable', reader.#openFailure(error.message));
    }
    return reader;
  }

  #openFailure(reason: string): string {
    if (/truncated file/.test(reason)) return `${this.name} is cut off: its end is missing.`;
    if (/signature/.test(reason)) return `${this.name} is no HDF5 file.`;
    return `${this.name} could not be opened as HDF5: ${reason}.`;
  }

  #mount(): void {
    const { FS } = this.library;
    const node = FS.createFile('/', this.#path.slice(1), {}, true, false);
    const { size } = this.cache;
    Object.defineProperty(node, 'usedBytes', { get: () => size });
    const fail = (): never => {
      throw new FS.ErrnoError(EIO);
    };
    node.stream_ops = {
      llseek: (_: unknown, offset: number, whence: number) => offset + (whence === 2 ? size : 0),
      read: (_: unknown, into: Uint8Array, at: number, length: number, from: number) =>
        this.#deliver(into, at, length, from) ?? fail(),
      write: fail,
    };
  }

  /** How many bytes were delivered; undefined if they cannot be. */
  #deliver(into: Uint8Array, at: number, length: number, from: number): number | undefined {
    if (this.#failure !== undefined) return undefined;
    try {
      if (this.#observer?.(from, length) === false) return undefined;
      const bytes = this.cache.read(from, length);
      if (bytes.length < length) this.#endsEarly = true;
      into.set(bytes, at);
      return bytes.length;
    } catch (error) {
      this.#failure = error;
      return undefined;
    }
  }

  /** Bytes of the file, fewer at its end. @throws ArchiveError */
  readonly read = (from: number, length: number): Uint8Array => {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return this.cache.read(from, length);
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  };

  /** @throws Hdf5Problem, ArchiveError */
  get format(): FileFormat {
    return (this.#format ??= fileFormat(this.read));
  }

  /**
   * Calls the library.
   *
   * @throws Hdf5Problem for what is wrong in the file; ArchiveError if its bytes could not be read: then and from
   *   then on, whatever the library made of it
   */
  call<Value>(work: (library: Hdf5Library, file: bigint) => Value): Value {
    if (this.#failure !== undefined) throw this.#failure;
    this.#endsEarly = false;
    let result: Value;
    try {
      result = guarded(this.library, () => work(this.library, this.#id));
    } catch (error) {
      throw this.#failure ?? this.#problemOf(error);
    }
    if (this.#failure !== undefined) throw this.#failure;
    // The library takes zeros for what is beyond the end; `open` looks there for a signature.
    if (this.#endsEarly && this.#id !== -1n)
      throw new Hdf5Problem('The file ends before what should be here.');
    return result;
  }

  /**
   * Calls the library while `observer` sees its reads, and passes over that it fails: it does if one is not delivered.
   *
   * @throws ArchiveError if the bytes of the file could not be read
   */
  observe(observer: ReadObserver, work: (library: Hdf5Library, file: bigint) => unknown): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#observer = observer;
    try {
      guarded(this.library, () => work(this.library, this.#id));
    } catch (error) {
      if (isCrash(error)) throw this.#problemOf(error);
    } finally {
      this.#observer = undefined;
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  #problemOf(error: unknown): unknown {
    if (error instanceof Hdf5Problem || error instanceof ArchiveError) return error;
    // What the library calls and does not have; other type errors are ours.
    if (error instanceof TypeError && error.message === 'resolved is not a function')
      return new Hdf5Problem('Its decoder lacks what these values need.');
    if (error instanceof TypeError) return error;
    this.#failures += 1;
    if (isCrash(error) || this.#failures > MOST_FAILURES) {
      const why = isCrash(error) ? reasonOf(error) : 'too many of its parts are damaged';
      this.#failure = new ArchiveError(
        'bytes-unreadable',
        `${this.name} could not be read as HDF5: ${why}.`,
      );
      return this.#failure;
    }
    return new Hdf5Problem(`It could not be read: ${reasonOf(error)}.`);
  }

  close(): void {
    try {
      if (this.#id !== -1n) guarded(this.library, () => this.library.close_file(this.#id));
      this.library.FS.unlink(this.#path);
    } catch {
      // After a failure the library may refuse; the worker ends anyway.
    }
  }
}
