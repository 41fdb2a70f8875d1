// Writing into a tree of content files. Kept apart from reading: most code only reads.

export interface ContentWriter {
  /** What messages call it. */
  readonly name: string;
  /** Writes a file, whole or not at all; folders on the way are made. Replaces what is there. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Removes a file; nothing happens if there is none. */
  remove(path: string): Promise<void>;
}
