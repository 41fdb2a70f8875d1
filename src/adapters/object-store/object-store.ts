// Where bytes lie: keys as in DESIGN section 3 (`blobs/…`, `zarr/…`, `lists/…`), whatever the
// system behind them.

export interface ObjectStore {
  /** What messages call it: a folder or an address. */
  readonly name: string;
  /** Whether there is an object under the key. */
  has(key: string): Promise<boolean>;
  /** The bytes under a key; undefined if there are none. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Writes an object; it appears under its key only when every piece is there. */
  write(key: string, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void>;
}
