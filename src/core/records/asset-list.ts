// The list of a version's assets: assets.jsonl, one asset per line, sorted by path (UTF-8 bytes).

import { hasMoreValues, parseJson, type JsonObject } from '../json/json-text.ts';
import { formatCount } from '../text/format.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { problemOfAsset, toAsset, type AssetRecord } from './asset.ts';

/** A larger list is compressed in the object store, named by assets.ref.json. */
export const MAX_LIST_BYTES = 20_000_000;

/** The number of unreadable lines that ends a list: nobody looks at what follows. */
export const MOST_BROKEN_LINES = 1000;

/** The most values in one asset, nested ones included; real ones have some 150. */
const MOST_VALUES = 10_000;

/** The content of assets.ref.json: sha256, size in bytes and line count of the uncompressed list. */
export interface AssetListReference {
  sha256: string;
  size: number;
  count: number;
}

/** Where a list is in a store. */
export function listKeyPath(sha256: string): string {
  return `lists/${sha256}.gz`;
}

export interface AssetLine {
  /** 1-based line in the file. */
  line: number;
  /** The line's characters, without the line break. */
  text: string;
}

/** The non-empty lines of a list, one after another. */
export function* assetLines(text: string): Generator<AssetLine> {
  let start = 0;
  for (let line = 1; start < text.length; line += 1) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    if (end > start) yield { line, text: text.slice(start, end) };
    start = end + 1;
  }
}

export type ParsedAssetLine =
  { ok: true; asset: AssetRecord; value: JsonObject } | { ok: false; message: string };

/** Reads one line; returns a message about what is wrong with it instead of throwing. */
export function parseAssetLine(text: string): ParsedAssetLine {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    return {
      ok: false,
      message: `is not JSON: ${parsed.problem.message} (column ${parsed.problem.column})`,
    };
  }
  if (hasMoreValues(parsed.value, MOST_VALUES)) {
    return { ok: false, message: `holds more than ${formatCount(MOST_VALUES)} values` };
  }
  const problem = problemOfAsset(parsed.value);
  if (problem !== undefined) return { ok: false, message: problem };
  const value = parsed.value as JsonObject;
  return { ok: true, asset: toAsset(value), value };
}

/**
 * The non-empty lines of a list as far as it can be read: one after another, with the content of each, until
 * MOST_BROKEN_LINES of them are unreadable.
 */
export function* readLines(text: string): Generator<AssetLine & { read: ParsedAssetLine }> {
  let broken = 0;
  for (const line of assetLines(text)) {
    const read = parseAssetLine(line.text);
    yield { ...line, read };
    if (!read.ok) broken += 1;
    if (broken === MOST_BROKEN_LINES) return;
  }
}

/** An asset and where its line is in the list, in bytes. */
export interface PlacedAsset {
  asset: AssetRecord;
  start: number;
  length: number;
}

const LINE_FEED = 10;

/**
 * The readable assets of a list, one after another, so that a list of any length costs no more memory than
 * its bytes. Unreadable lines are left out here and reported by the checks: a page must work although one
 * line is broken. After MOST_BROKEN_LINES the rest is left out too.
 */
export function* placedAssets(list: Uint8Array): Generator<PlacedAsset> {
  let broken = 0;
  for (let start = 0; start < list.length && broken < MOST_BROKEN_LINES;) {
    const found = list.indexOf(LINE_FEED, start);
    const end = found < 0 ? list.length : found;
    if (end > start) {
      const text = decodeUtf8(list.subarray(start, end));
      const line = text === undefined ? undefined : parseAssetLine(text);
      if (line?.ok === true) yield { asset: line.asset, start, length: end - start };
      else broken += 1;
    }
    start = end + 1;
  }
}

/** The same without their positions. */
export function* readableAssets(list: Uint8Array): Generator<AssetRecord> {
  for (const { asset } of placedAssets(list)) yield asset;
}
