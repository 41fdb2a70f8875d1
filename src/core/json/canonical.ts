// Canonical JSON after RFC 8785 (JCS), for texts whose digest identifies something: manifests.

import type { JsonValue } from './json-text.ts';

/**
 * The canonical text of a value: keys ordered by UTF-16 code units, no blanks, numbers as ECMAScript writes
 * them. Only safe integers are accepted as numbers: a manifest has no others.
 *
 * @throws TypeError for a number that is not a safe integer and for a lone surrogate.
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is not a safe integer`);
    return String(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('a text holds half of a surrogate pair');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const keys = Object.keys(value).sort();
  const members = keys.map(
    (key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as JsonValue)}`,
  );
  return `{${members.join(',')}}`;
}
