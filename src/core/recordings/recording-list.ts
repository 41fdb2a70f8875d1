// The list of a Dandiset's recordings: one JSON line each, compact, sorted, named by its SHA-256. It names bytes,
// not paths, so that it holds for every version that has them.

import { compareUtf8 } from '../identifiers/asset-path.ts';
import { isJsonObject, parseJson, type JsonValue } from '../json/json-text.ts';
import { assetLines } from '../records/asset-list.ts';
import { isBlobKey } from '../records/asset.ts';
import { RECORDING_FIELDS, type FieldKind, type RecordingFacts } from './recording-fields.ts';

/** The most that is read of one list, in characters; of 100,000 files with ten entries some 300 million. */
const MOST_LINE = 20_000;
const MOST_TEXT = 1000;
const MOST_ITEMS = 60;
const KINDS = new Map<string, FieldKind>(RECORDING_FIELDS.map(({ name, kind }) => [name, kind]));

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= MOST_TEXT;
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const IS_OF_KIND: Record<FieldKind, (value: JsonValue) => boolean> = {
  text: isText,
  count: isCount,
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  texts: (value) =>
    Array.isArray(value) && value.length > 0 && value.length <= MOST_ITEMS && value.every(isText),
  counts: (value) =>
    Array.isArray(value) && value.length > 0 && value.length <= MOST_ITEMS && value.every(isCount),
};

/** One entry as its line, without the line break: fields in their fixed order. */
function lineOf(facts: RecordingFacts): string {
  const entries = RECORDING_FIELDS.map(({ name }) => [name, facts[name]] as const);
  return JSON.stringify(Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
}

/** The list: the same entries make the same text, in whatever order they come. */
export function recordingListText(entries: Iterable<RecordingFacts>): string {
  const lines = [...new Set(Array.from(entries, lineOf))].sort(compareUtf8);
  return lines.map((line) => `${line}\n`).join('');
}

/** One line; undefined if it is not exactly an entry of such a list. */
export function parseRecordingLine(line: string): RecordingFacts | undefined {
  if (line.length > MOST_LINE) return undefined;
  const parsed = parseJson(line);
  if (!parsed.ok || !isJsonObject(parsed.value)) return undefined;
  const { value } = parsed;
  for (const [name, field] of Object.entries(value)) {
    const kind = KINDS.get(name);
    if (kind === undefined || !IS_OF_KIND[kind](field)) return undefined;
  }
  const facts = value as RecordingFacts;
  const keys = [facts.blob, facts.zarr].filter((key) => key !== undefined);
  const isNamed = keys.length === 1 && isBlobKey(keys[0] ?? '');
  return isNamed && facts.object?.startsWith('/') === true ? facts : undefined;
}

/** The entries of a list, one after another; null for each line that is none. */
export function* readRecordingList(text: string): Generator<RecordingFacts | null> {
  for (const { text: line } of assetLines(text)) yield parseRecordingLine(line) ?? null;
}
