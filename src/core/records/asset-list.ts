// The list of a version's assets: assets.jsonl, one asset a line, sorted by path (UTF-8 bytes).

import { parseJson, type JsonObject } from '../json/json-text.ts';
import { faultOfAsset, toAsset, type AssetRecord } from './asset.ts';

/** A larger list lies compressed in the object store, named by assets.ref.json. */
export const MAX_LIST_BYTES = 20_000_000;

/** What assets.ref.json holds: sha256, size in bytes and line count of the uncompressed list. */
export interface AssetListReference {
  sha256: string;
  size: number;
  count: number;
}

/** Where a list lies in a store. */
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

/** Reads one line; says in words what is wrong with it instead of throwing. */
export function parseAssetLine(text: string): ParsedAssetLine {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    return {
      ok: false,
      message: `is not JSON: ${parsed.fault.message} (column ${parsed.fault.column})`,
    };
  }
  const fault = faultOfAsset(parsed.value);
  if (fault !== undefined) return { ok: false, message: fault };
  const value = parsed.value as JsonObject;
  return { ok: true, asset: toAsset(value), value };
}

/**
 * The assets of a list that can be read, in file order. Lines that cannot are left out here and
 * reported by the checks: a page must stand although one line is broken.
 */
export function readableAssets(text: string): AssetRecord[] {
  const assets: AssetRecord[] = [];
  for (const { text: line } of assetLines(text)) {
    const parsed = parseAssetLine(line);
    if (parsed.ok) assets.push(parsed.asset);
  }
  return assets;
}
