// Objects by key (`blobs/…`, `zarr/…`, `lists/…`, or the files of a site), independent of the system
// that stores them.

import type { Bytes } from '../bytes/bytes.ts';

/** What a store knows about an object, without its bytes. */
export interface ObjectHead {
  /** Bytes. */
  size: number;
  /** Without quotes; absent if the store provides none. */
  etag?: string;
  contentType?: string;
  cacheControl?: string;
}

/** An object that a store lists. */
export interface ListedObject {
  key: string;
  /** Bytes. */
  size: number;
  /** Without quotes; absent if the store provides none. */
  etag?: string;
}

/** The headers an object is served with. */
export interface ObjectHeaders {
  contentType: string;
  cacheControl: string;
}

/** Bytes that can be read repeatedly, or pieces that can be read once. */
export type WriteSource = Bytes | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A completely uploaded part. */
export interface UploadedPart {
  /** From 1. */
  number: number;
  /** Bytes. */
  size: number;
  /** Without quotes. */
  etag: string;
  sha256: string;
}

/** An unfinished upload: everything needed to resume it. */
export interface UploadState {
  uploadId: string;
  /** Bytes of every part but the last. */
  partSize: number;
  /** By number. */
  parts: readonly UploadedPart[];
}

export interface WriteOptions extends Partial<ObjectHeaders> {
  /** Writes nothing if the object exists. */
  ifAbsent?: boolean;
  /** The total size of pieces, if known: then the parts, and therefore the ETag, are those of the dandi-etag. */
  size?: number;
  /** The hexadecimal SHA-256 of each part of the dandi-etag's plan, if known: saves reading the bytes twice. */
  partDigests?: readonly string[];
  signal?: AbortSignal;
  /** Called with the number of bytes sent so far. */
  progress?: (done: number) => void;
  /**
   * Called with what the store has, after the upload began and after each part. With it an upload that fails
   * kept, to be resumed by `resume`; without it, everything sent is removed.
   */
  journal?: (state: UploadState) => void | Promise<void>;
  /** The state that `journal` was last called with. What the store no longer knows is sent again. */
  resume?: UploadState;
}

/** The outcome of a write. */
export type Written =
  | { kind: 'written'; /** Without quotes. */ etag?: string }
  /** The object existed already and is unchanged. */
  | { kind: 'exists' };

/**
 * A store of objects. Every implementation passes tests/support/stores/object-store-contract.ts.
 * Failures are an ArchiveError `store-failed`, or `bytes-…` while bytes are read; an
 * aborted signal rejects with its reason.
 */
export interface ObjectStore {
  /** A folder or an address, for messages. */
  readonly name: string;
  /** Why it cannot be written from here, as a sentence; absent if it can. */
  readonly readOnly?: string;
  /** Undefined if there is no object. */
  head(key: string, signal?: AbortSignal): Promise<ObjectHead | undefined>;
  /** The bytes of an object; undefined if there is none. */
  open(key: string, signal?: AbortSignal): Promise<Bytes | undefined>;
  /** The objects whose keys begin with a prefix, by the UTF-8 bytes of their keys. */
  list(prefix?: string, signal?: AbortSignal): AsyncIterable<ListedObject>;
  /**
   * Writes an object, which appears under its key only when it is complete. Bytes are read in small
   * pieces; of pieces that can be read once, one part at a time is in memory.
   */
  write(key: string, source: WriteSource, options?: WriteOptions): Promise<Written>;
  /** Copies an object within the store. @throws ArchiveError if there is none under `from` */
  copy(from: string, to: string, options?: CopyOptions): Promise<Written>;
  /** Removes an object; a missing one is no error. */
  remove(key: string): Promise<void>;
}

export interface CopyOptions {
  /** Copies nothing if the target exists. */
  ifAbsent?: boolean;
  signal?: AbortSignal;
}

/** Whether a source can be read repeatedly, from any position. */
export function isBytes(source: WriteSource): source is Bytes {
  return 'range' in source && 'size' in source;
}
