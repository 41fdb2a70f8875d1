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

/** Why a path may not stand in a list of assets; undefined if it may. */
export function faultOfPath(path: string): string | undefined {
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

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
