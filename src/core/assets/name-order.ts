// The order in which people expect names: sub-2 before sub-10.

import { compareUtf8 } from '../identifiers/asset-path.ts';

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Where the digits that begin at an offset end, and where the significant ones begin. */
function digitsAt(text: string, start: number): { first: number; end: number } {
  let first = start;
  while (text.charCodeAt(first) === 0x30) first += 1;
  let end = first;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return { first, end };
}

/**
 * Orders names or paths like compareUtf8, but runs of digits by their numeric value; names that differ only
 * in leading zeros by their bytes. The same everywhere, which `Intl` does not guarantee.
 */
export function compareNames(a: string, b: string): number {
  let same = 0;
  while (same < a.length && a.charCodeAt(same) === b.charCodeAt(same)) same += 1;
  // A number may have begun before the first difference.
  while (isDigit(a.charCodeAt(same - 1))) same -= 1;
  let [left, right] = [same, same];
  while (left < a.length && right < b.length) {
    const [one, other] = [a.charCodeAt(left), b.charCodeAt(right)];
    if (isDigit(one) && isDigit(other)) {
      const [x, y] = [digitsAt(a, left), digitsAt(b, right)];
      const longer = x.end - x.first - (y.end - y.first);
      if (longer !== 0) return longer;
      const order = compareUtf8(a.slice(x.first, x.end), b.slice(y.first, y.end));
      if (order !== 0) return order;
      [left, right] = [x.end, y.end];
    } else if (one === other) {
      left += 1;
      right += 1;
    } else return compareUtf8(a.slice(left), b.slice(right));
  }
  return a.length - left - (b.length - right) || compareUtf8(a, b);
}
