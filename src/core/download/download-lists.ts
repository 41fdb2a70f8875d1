// Lists of files for other programs: addresses alone, an input file of aria2, and checksums. Paths come from
// strangers, and aria2 reads its input line by line: a path that could add a line, leave the folder or change on
// the way is not in it.

import { checksumLine } from '../digests/checksum-line.ts';
import { problemOfLocalName } from './local-name.ts';
import type { WantedFile } from './plan.ts';

/** A file as the lists name it. */
export type FetchableFile = Pick<WantedFile, 'target' | 'digest'> & { from: readonly string[] };

/** The lists by their file names. */
export const URL_LIST = 'urls.txt';
export const ARIA2_LIST = 'aria2.txt';

const ADDRESS = /^https?:\/\/[^\s\u0000-\u0020\u007f]+$/;

/** The preferred address of a file that fits in one line. aria2 would request several at the same time. */
function addressOf({ from }: FetchableFile): string | undefined {
  return from.find((address) => ADDRESS.test(address));
}

/** Whether a program that reads lines writes to exactly this path, inside its folder. */
function isPlainPath(path: string): boolean {
  return problemOfLocalName(path, false) === undefined && path === path.trim();
}

/** One address a line, in the order of the files. */
export function urlList(files: Iterable<FetchableFile>): string {
  const lines: string[] = [];
  for (const file of files) {
    const address = addressOf(file);
    if (address !== undefined) lines.push(`${address}\n`);
  }
  return lines.join('');
}

/** An input file of aria2 (`aria2c -i`): every file with its path and, where it is known, its SHA-256. */
export function aria2List(files: Iterable<FetchableFile>): string {
  const lines: string[] = [];
  let leftOut = 0;
  for (const file of files) {
    const { target, digest } = file;
    const address = addressOf(file);
    if (address === undefined || !isPlainPath(target)) {
      leftOut += 1;
      continue;
    }
    lines.push(`${address}\n  out=${target}\n`);
    if (digest?.algorithm === 'sha256') lines.push(`  checksum=sha-256=${digest.value}\n`);
  }
  if (leftOut > 0)
    lines.push(`# Not in this list, for lack of an address or a usable path: ${leftOut}\n`);
  return lines.join('');
}

/** The checksum file of `sha256sum -c` over the files whose SHA-256 is known. */
export function sumList(files: Iterable<FetchableFile>): string {
  const lines: string[] = [];
  for (const { target, digest } of files) {
    if (digest?.algorithm === 'sha256' && problemOfLocalName(target, false) === undefined)
      lines.push(checksumLine(digest.value, target));
  }
  return lines.join('');
}
