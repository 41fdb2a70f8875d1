// What is wrong in a file, as opposed to a failure to read its bytes.

/** A part of a file that cannot be read because of what is in the file: the rest may be readable. */
export class Hdf5Problem extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'Hdf5Problem';
  }
}
