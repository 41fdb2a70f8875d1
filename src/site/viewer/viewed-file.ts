// What a view is given: a file, and where the state of the view is kept.

import type { Bytes } from '../../adapters/bytes/bytes.ts';

/** The object of a file that is shown, as a part of the page's address where the file has one. */
export interface ObjectPlace {
  /** Its path in the file; '' for none. */
  readonly object: string;
  /** The address that shows an object; undefined for a file without an address. */
  hrefOf(object: string): string | undefined;
  /** Shows an object: a new entry of the browser's history. */
  go(object: string): void;
  /** Called with the object to show whenever it changes. */
  listen(show: (object: string) => void): void;
}

/** A file as a view knows it. */
export interface ViewedFile {
  /** In its version; a local file's name. */
  path: string;
  /** In bytes. */
  size: number;
  /** Media type; '' if unknown. */
  type: string;
  /** Its address (of a Zarr, the folder's, with a slash at the end), or the file itself. */
  source: string | Blob;
  /** Its digest; undefined if unknown. */
  sha256: string | undefined;
  /** The address of the store, ending in `/`; '' if there is none. */
  store: string;
  /** The address of a file of the same version, by its path; undefined for a local file. */
  hrefOfFile(path: string): string | undefined;
  place: ObjectPlace;
}

/** What shows a file of one kind. Its first reading is one range of at most FIRST_BYTES, but for videos. */
export type View = (bytes: Bytes, file: ViewedFile) => Node | Promise<Node>;

/** What a view of text or of an image reads. */
export const FIRST_BYTES = 1_000_000;
