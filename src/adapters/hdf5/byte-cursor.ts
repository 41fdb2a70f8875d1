// Reads the little-endian numbers of HDF5's own structures, of which the widths are stated in the file.

import { Hdf5Problem } from './hdf5-problem.ts';

/** An address that says that there is nothing. */
export const NO_ADDRESS = -1;

/** A position in some bytes. @throws Hdf5Problem beyond their end */
export class ByteCursor {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  bytes(length: number): Uint8Array {
    if (length < 0 || length > this.left)
      throw new Hdf5Problem('A structure of the file is damaged.');
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  skip(length: number): void {
    this.bytes(length);
  }

  /** An unsigned number of so many bytes, at most 8. */
  number(width: number): number {
    return this.bytes(width).reduceRight((all, one) => all * 256 + one, 0);
  }

  /** As a number, but {@link NO_ADDRESS} if all bits are set. */
  address(width: number): number {
    const bytes = this.bytes(width);
    if (bytes.every((one) => one === 255)) return NO_ADDRESS;
    return bytes.reduceRight((all, one) => all * 256 + one, 0);
  }

  /** Four characters at the beginning of a structure. */
  signature(expected: string): void {
    const found = String.fromCharCode(...this.bytes(4));
    if (found !== expected) throw new Hdf5Problem('A structure of the file is damaged.');
  }
}
