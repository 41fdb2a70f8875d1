// Rules about a file of records as text: UTF-8, JSON, in its one written form.

import {
  hasMoreValues,
  indentJson,
  lineAt,
  parseJson,
  type ParsedJson,
} from '../json/json-text.ts';
import { ASSETS_FILE, DANDISET_FILE, contentPlace } from '../records/layout.ts';
import { formatCount } from '../text/format.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { Rule } from './rule.ts';
import type { RecordFile } from './subjects.ts';

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The most values in a JSON file, nested ones included; real ones have some 1,000. */
const MOST_VALUES = 200_000;

function parseFile(text: string): ParsedJson {
  const parsed = parseJson(text);
  if (!parsed.ok || !hasMoreValues(parsed.value, MOST_VALUES)) return parsed;
  const message = `it holds more than ${formatCount(MOST_VALUES)} values`;
  return { ok: false, problem: { message, line: 1, column: 1 } };
}

/** A file of records, read as text and, unless it is a list, as JSON. */
export function readRecordFile(path: string, bytes: Uint8Array): RecordFile {
  const place = contentPlace(path);
  const text = decodeUtf8(bytes);
  const isJson = text !== undefined && path.endsWith('.json');
  return { path, place, text, json: isJson ? parseFile(text) : undefined };
}

/** UTF-8. */
export const FILE_NOT_UTF8: Rule<RecordFile> = {
  id: 'file-not-utf8',
  severity: 'error',
  title: 'UTF-8 text',
  explanation: 'Files of records are UTF-8 text without a byte order mark.',
  hint: 'Save the file as UTF-8 without a byte order mark.',
  *check({ text }) {
    if (text === undefined) yield { message: 'The file is not UTF-8 text.' };
    else if (text.startsWith('\ufeff'))
      yield { message: 'The file begins with a byte order mark.' };
  },
};

/** JSON that can be read. */
export const FILE_NOT_JSON: Rule<RecordFile> = {
  id: 'file-not-json',
  severity: 'error',
  title: 'JSON that can be read',
  explanation: `Each .json file holds one JSON value, of at most ${formatCount(MOST_VALUES)} values in all.`,
  hint: 'Fix the file at the line and column named; a comma too many or too few is the usual cause.',
  *check({ text, json }) {
    if (json === undefined || json.ok || text?.startsWith('\ufeff')) return;
    const { message, line, column } = json.problem;
    yield { line, message: `The file cannot be read as JSON: ${message} (column ${column}).` };
  },
};

/** No key twice. */
export const KEY_REPEATED: Rule<RecordFile> = {
  id: 'key-repeated',
  severity: 'error',
  title: 'No key twice',
  explanation:
    'No object has the same key twice: programs would disagree about which of the values counts.',
  hint: 'Keep one of the two.',
  *check({ text, json }) {
    if (text === undefined || json === undefined || !json.ok) return;
    // The native serialiser is fast and cannot write a key twice; what it does not reproduce exactly is read
    // again token by token.
    if (text.trimEnd() === JSON.stringify(json.value, null, 2)) return;
    const laidOut = indentJson(text);
    if (laidOut.ok) return;
    const { message, line, column } = laidOut.problem;
    yield { line, message: `In the file ${message} (column ${column}).` };
  },
};

/** The written form of dandiset.json. */
export const RECORD_LAYOUT: Rule<RecordFile> = {
  id: 'record-layout',
  severity: 'warning',
  title: 'One way to write a record',
  explanation:
    'dandiset.json is written with two blanks a level and ends in one line feed, so that a change shows as the lines it changes.',
  hint: 'Write the file again with two blanks a level, line feeds, and one line feed at the end.',
  *check({ path, text, json }) {
    if (fileName(path) !== DANDISET_FILE || text === undefined || json?.ok !== true) return;
    if (text === `${JSON.stringify(json.value, null, 2)}\n`) return;
    const laidOut = indentJson(text);
    if (laidOut.ok && `${laidOut.text}\n` !== text) {
      yield {
        message: 'The record is not written with two blanks a level and one final line feed.',
      };
    }
  },
};

/** The written form of a list. */
export const LIST_LAYOUT: Rule<RecordFile> = {
  id: 'asset-list-layout',
  severity: 'error',
  title: 'One asset a line',
  explanation: 'Every line of assets.jsonl holds one asset and ends in a line feed.',
  hint: 'Remove empty lines and end the file with one line feed.',
  *check({ path, text }) {
    if (fileName(path) !== ASSETS_FILE || text === undefined || text === '') return;
    const at = text.startsWith('\n') ? 0 : text.indexOf('\n\n') + 1;
    if (text.startsWith('\n') || at > 0) {
      yield { line: lineAt(text, at), message: 'The line is empty.' };
    }
    if (!text.endsWith('\n')) yield { message: 'The last line does not end in a line feed.' };
  },
};

/** The rules about single files of records. */
export const FILE_RULES: readonly Rule<RecordFile>[] = [
  FILE_NOT_UTF8,
  FILE_NOT_JSON,
  KEY_REPEATED,
  RECORD_LAYOUT,
  LIST_LAYOUT,
];
