// Paths of assets inside a version: relative, `/`-separated, NFC. Their order is that of their
// UTF-8 bytes, so that lists made on any machine come out the same.

/** Orders two texts by their UTF-8 bytes (which is the order of their code points). */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    let left = a.charCodeAt(index);
    let right = b.charCodeAt(index);
    if (left === right) continue;
    // UTF-16 puts surrogate pairs (above U+FFFF) before U+E000–U+FFFF; UTF-8 does not.
    if (left >= 0xd800 && right >= 0xd800) {
      left = left >= 0xe000 ? left - 0x800 : left + 0x2000;
      right = right >= 0xe000 ? right - 0x800 : right + 0x2000;
    }
    return left - right;
  }
  return a.length - b.length;
}

/** Why a path is not allowed in a list of assets; undefined if it is. */
export function problemOfPath(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.startsWith('/')) return 'starts with "/"';
  if (path.includes('\\')) return 'holds a backslash';
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'holds a control character';
  if (/^[A-Za-z]:/.test(path)) return 'starts with a drive letter';
  const parts = path.split('/');
  if (parts.includes('')) return 'has an empty folder name';
  if (parts.some((part) => part === '.' || part === '..')) return 'holds "." or ".." as a folder';
  return undefined;
}

/** The most bytes of a path, and of each part of it: what file systems accept. */
export const MAX_PATH_BYTES = 1024;
export const MAX_PART_BYTES = 255;
/** The most combining marks in a row; reordering more takes for ever. */
export const MAX_MARKS = 30;

const TOO_MANY_MARKS = new RegExp(`\\p{M}{${MAX_MARKS + 1}}`, 'u');

/** The number of UTF-8 bytes of a text; half of a surrogate pair counts as three. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/**
 * Why a path is longer than file systems accept, or has more combining marks than can be normalised;
 * undefined if neither. The cost does not depend on the length of the path.
 */
export function problemOfLength(path: string): string | undefined {
  // A character has at least one byte.
  if (path.length > MAX_PATH_BYTES || utf8Length(path) > MAX_PATH_BYTES) {
    return `has more than ${MAX_PATH_BYTES.toLocaleString('en-US')} bytes`;
  }
  if (path.split('/').some((part) => utf8Length(part) > MAX_PART_BYTES)) {
    return `has a part of more than ${MAX_PART_BYTES} bytes`;
  }
  if (TOO_MANY_MARKS.test(path)) return `has more than ${MAX_MARKS} combining marks in a row`;
  return undefined;
}

const ASCII = /^[\u0000-\u007f]*$/;

/**
 * A path in Unicode form NFC. Normalising takes time that grows with the square of a text's length, so a path
 * beyond the bounds above is returned unchanged.
 */
export function normalPath(path: string): string {
  if (path.length > MAX_PATH_BYTES || ASCII.test(path)) return path;
  return problemOfLength(path) === undefined ? path.normalize('NFC') : path;
}

/** A path as compared by systems that ignore letter case and Unicode forms; bounded like it. */
export function foldedPath(path: string): string {
  return path.length > MAX_PATH_BYTES ? path : normalPath(path).toLowerCase();
}

/** A path as part of an address: `/` stays, everything that could end a path does not. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
