// Where bytes lie: keys as in DESIGN section 3 (`blobs/…`, `zarr/…`, `lists/…`), whatever the
// system behind them.

export interface ObjectStore {
  /** What messages call it: a folder or an address. */
  readonly name: string;
  /** Why nothing can be written to it from here, in a sentence; absent if it can. */
  readonly readOnly?: string;
  /** Whether there is an object under the key. */
  has(key: string): Promise<boolean>;
  /** The bytes under a key; undefined if there are none. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Writes an object; it appears under its key only when every piece is there. */
  write(key: string, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void>;
}

/** An object that a bucket lists. */
export interface StoredObject {
  /** Below the prefix of the bucket's place. */
  key: string;
  /** Bytes. */
  size: number;
  /** Whether it holds these bytes, as far as the listing tells. */
  holds(bytes: Uint8Array): boolean;
}

/** What an object is served with. */
export interface ObjectHeaders {
  contentType: string;
  cacheControl: string;
}

/** A store that can be listed and cleared, and serves its objects as a host does. */
export interface Bucket extends ObjectStore {
  /** Every object below the prefix. */
  list(): AsyncIterable<StoredObject>;
  put(key: string, bytes: Uint8Array, headers: ObjectHeaders): Promise<void>;
  /** Removes an object; one that is not there is no error. */
  remove(key: string): Promise<void>;
}
