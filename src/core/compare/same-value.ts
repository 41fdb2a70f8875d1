// Whether two JSON values are equal. The order of keys does not matter, the order of a list does.

import { isJsonObject, member, type JsonValue } from '../json/json-text.ts';

/** Whether two values are equal; `left` names keys of the outermost objects that do not count. */
export function sameValue(
  a: JsonValue | undefined,
  b: JsonValue | undefined,
  left: ReadonlySet<string> = NONE,
): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, at) => sameValue(item, b[at]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const counted = (keys: string[]): string[] =>
    left.size === 0 ? keys : keys.filter((key) => !left.has(key));
  const keys = counted(Object.keys(a));
  if (keys.length !== counted(Object.keys(b)).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameValue(member(a, key), member(b, key)));
}

const NONE: ReadonlySet<string> = new Set();
