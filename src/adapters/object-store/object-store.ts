// Objects under keys (`blobs/…`, `zarr/…`, `lists/…`, or the files of a site), whatever the system
// behind them.

import type { Bytes } from '../bytes/bytes.ts';

/** What a store tells of an object without giving its bytes. */
export interface ObjectHead {
  /** Bytes. */
  size: number;
  /** Without quotes; absent where the store gives none. */
  etag?: string;
  contentType?: string;
  cacheControl?: string;
}

/** An object that a store lists. */
export interface ListedObject {
  key: string;
  /** Bytes. */
  size: number;
  /** Without quotes; absent where the store gives none. */
  etag?: string;
}

/** What an object is served with. */
export interface ObjectHeaders {
  contentType: string;
  cacheControl: string;
}

/** Bytes that can be read again, or pieces that come once. */
export type WriteSource = Bytes | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A part that a store has. */
export interface UploadedPart {
  /** From 1. */
  number: number;
  /** Bytes. */
  size: number;
  /** Without quotes. */
  etag: string;
  sha256: string;
}

/** An upload that has begun: all that is needed to go on with it. */
export interface UploadState {
  uploadId: string;
  /** Bytes of every part but the last. */
  partSize: number;
  /** By number. */
  parts: readonly UploadedPart[];
}

export interface WriteOptions extends Partial<ObjectHeaders> {
  /** Writes nothing where there is an object already. */
  ifAbsent?: boolean;
  /** Bytes, of pieces whose sum is known: then the parts, and so the ETag, are those of the dandi-etag. */
  size?: number;
  /** SHA-256 of each part of the dandi-etag's plan, hexadecimal, if they are known: it saves a reading. */
  partDigests?: readonly string[];
  signal?: AbortSignal;
  /** Called with the number of bytes sent so far. */
  progress?: (done: number) => void;
  /**
   * Called with what the store has, after the upload began and after each part. With it an upload that fails
   * stays, to be gone on with by `resume`; without it all that was sent is removed.
   */
  journal?: (state: UploadState) => void | Promise<void>;
  /** The state that `journal` was last called with. What the store no longer knows is sent again. */
  resume?: UploadState;
}

/** What became of writing. */
export type Written =
  | { kind: 'written'; /** Without quotes. */ etag?: string }
  /** There was an object already; it is as it was. */
  | { kind: 'exists' };

/**
 * A store of objects. Every implementation passes the suite in tests/support/object-store-contract.ts.
 * Failures are an ArchiveError `store-failed`, or `bytes-…` where bytes are read; a signal that is
 * aborted rejects with its reason.
 */
export interface ObjectStore {
  /** What messages call it: a folder or an address. */
  readonly name: string;
  /** Why nothing can be written to it from here, in a sentence; absent if it can. */
  readonly readOnly?: string;
  /** Undefined where there is no object. */
  head(key: string, signal?: AbortSignal): Promise<ObjectHead | undefined>;
  /** The bytes under a key; undefined where there is no object. */
  open(key: string, signal?: AbortSignal): Promise<Bytes | undefined>;
  /** The objects whose keys begin with a prefix, by the UTF-8 bytes of their keys. */
  list(prefix?: string, signal?: AbortSignal): AsyncIterable<ListedObject>;
  /**
   * Writes an object; it appears under its key only when every byte is there. Bytes are read in small
   * pieces; pieces that come once are held in memory one part at a time.
   */
  write(key: string, source: WriteSource, options?: WriteOptions): Promise<Written>;
  /** Copies an object within the store. @throws ArchiveError where there is none under `from` */
  copy(from: string, to: string, options?: CopyOptions): Promise<Written>;
  /** Removes an object; one that is not there is no error. */
  remove(key: string): Promise<void>;
}

export interface CopyOptions {
  /** Copies nothing where there is an object already. */
  ifAbsent?: boolean;
  signal?: AbortSignal;
}

/** Whether a source can be read again, from any place. */
export function isBytes(source: WriteSource): source is Bytes {
  return 'range' in source && 'size' in source;
}
