// The README of a dataset, as BIDS names it: at the top, of one of four names.

const NAMES = ['readme.md', 'readme', 'readme.txt', 'readme.rst'];

/** Whether the first path is a README to be shown rather than the second (or none). */
export function isBetterReadme(path: string, than: string | undefined): boolean {
  const rank = NAMES.indexOf(path.toLowerCase());
  return rank >= 0 && (than === undefined || rank < NAMES.indexOf(than.toLowerCase()));
}
