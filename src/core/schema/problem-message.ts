// Schema problems in plain words, for people who know their data but not JSON Schema.

import { isJsonObject, type JsonValue } from '../json/json-text.ts';
import { shownLine } from '../text/shown-text.ts';
import { refName, type JsonSchema } from './json-schema.ts';
import { countOf } from '../text/format.ts';

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with fields',
};

const FORMATS: Record<string, string> = {
  uri: 'a full address (https://…) or a compact identifier (prefix:name)',
  email: 'an e-mail address',
  date: 'a date, such as 2024-03-31',
  'date-time': 'a date and time with its zone, such as 2024-03-31T09:30:00Z',
};

const MOST_TERMS_NAMED = 8;

function termsOf(values: readonly string[]): string {
  if (values.length === 0) return 'nothing: the archive allows no value here';
  if (values.length === 1) return values.join();
  const named = values.slice(0, MOST_TERMS_NAMED).join(', ');
  const rest = values.length - MOST_TERMS_NAMED;
  return rest > 0 ? `one of ${named} and ${countOf(rest, 'more term')}` : `one of ${named}`;
}

/** What a schema requires, worded so that "must be …" reads as a sentence. */
export function whatItAsks(schema: JsonSchema): string {
  const model = refName(schema);
  if (model !== undefined) return `an object with schemaKey ${model}`;
  if (schema.description !== undefined) return schema.description;
  if (schema.enum !== undefined) return termsOf(schema.enum);
  if (schema.const !== undefined) return `"${schema.const}"`;
  if (schema.anyOf !== undefined) {
    return [...new Set(schema.anyOf.map(whatItAsks))].join(' or ');
  }
  if (schema.format !== undefined) return FORMATS[schema.format] ?? schema.format;
  return TYPES[schema.type ?? ''] ?? 'something else';
}

const LONGEST_QUOTE = 60;

// More of a text than is quoted, so that what is removed from it is seen as a whole.
const LONGEST_LOOK = 1000;
const CREDENTIALS = /\/\/[^/\s]*@/g;

/** The actual value, short enough for one line; e-mail addresses and credentials are not repeated. */
export function whatIsThere(value: JsonValue | undefined): string {
  if (typeof value === 'string') {
    // Blanks are invisible in the line shown, and are often what is wrong.
    const blanks = value !== value.trim() ? ' with blanks around it' : '';
    const seen = value.slice(0, LONGEST_LOOK).replace(CREDENTIALS, '//…@');
    return `"${shownLine(seen, LONGEST_QUOTE)}"${blanks}`;
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isJsonObject(value)) return 'an object';
  return value === undefined ? 'missing' : String(value);
}

/** A key as written inside a JSON Pointer. */
export function escapePart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The parts of a JSON Pointer. */
export function pointerParts(pointer: string): string[] {
  if (pointer === '') return [];
  const parts = pointer.slice(1).split('/');
  if (!pointer.includes('~')) return parts;
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

const LONGEST_NAME = 80;

/** A location in a record in words: `contributor 2, affiliation 1, name`. */
export function placeWords(pointer: string): string {
  const words: string[] = [];
  for (const part of pointerParts(pointer)) {
    const before = words.length - 1;
    if (/^\d+$/.test(part) && before >= 0) words[before] = `${words[before]} ${Number(part) + 1}`;
    else words.push(shownLine(part, LONGEST_NAME));
  }
  return words.length === 0 ? 'the record' : words.join(', ');
}

/** The value at a pointer, if there is one. */
export function valueAt(record: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = record;
  for (const part of pointerParts(pointer)) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (isJsonObject(value) && Object.hasOwn(value, part)) value = value[part];
    else return undefined;
  }
  return value;
}
