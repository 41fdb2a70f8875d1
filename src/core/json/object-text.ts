// Objects assembled from the texts of their members, so that what an author wrote keeps its spelling while
// the archive adds its own.

import { indentJson, type JsonValue } from './json-text.ts';

/** The members of an object: name → the text of its value. Their order is that of the object. */
export type MemberTexts = Map<string, string>;

/** The text of a value, written compactly. */
export function valueText(value: JsonValue): string {
  return JSON.stringify(value);
}

/** The object of these members, as compact as their texts are. */
export function objectText(members: Iterable<readonly [string, string]>): string {
  return `{${[...members].map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

/**
 * The object of these members as records are written: an indent of two blanks and a final line feed. The
 * texts must be JSON that was read before.
 */
export function recordText(members: Iterable<readonly [string, string]>): string {
  const laidOut = indentJson(objectText(members));
  if (!laidOut.ok) throw new TypeError(`a member is no JSON: ${laidOut.problem.message}`);
  return `${laidOut.text}\n`;
}
