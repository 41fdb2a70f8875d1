// Writing into a tree of content files. Separate from reading: most code only reads.

export interface ContentWriter {
  /** The name that messages use for it. */
  readonly name: string;
  /** Writes a file, whole or not at all, and creates the folders on its path. Replaces an existing file. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Removes a file; does nothing if it does not exist. */
  remove(path: string): Promise<void>;
}
