// The JSON of a Zarr's metadata. Python writes `NaN` and `Infinity` into it, which JSON doesn't have, and
// integers of any size.

import { isJsonObject, parseJson, type JsonObject } from '../../core/json/json-text.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';

/** What JSON.parse refuses or rounds, outside of texts. */
const UNSAFE = /-?\b(?:NaN|Infinity)\b|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

function quoted(token: string): string {
  return /^-?\d/.test(token) && Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
}

/** Where a text ends: the index after its closing quotation mark, or the end of everything. */
function endOfText(json: string, start: number): number {
  let end = start;
  for (;;) {
    end = json.indexOf('"', end + 1);
    if (end < 0) return json.length;
    let backslashes = 0;
    while (json[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
}

/** The JSON with those numbers as texts, as a tree of a file has them. */
function withNumbersAsTexts(json: string): string {
  const out: string[] = [];
  let at = 0;
  while (at < json.length) {
    const start = json.indexOf('"', at);
    out.push(json.slice(at, start < 0 ? json.length : start).replace(UNSAFE, quoted));
    if (start < 0) break;
    at = endOfText(json, start);
    out.push(json.slice(start, at));
  }
  return out.join('');
}

/** The object that a metadata file holds; a sentence about what is wrong with it instead. */
export function parseZarrJson(bytes: Uint8Array): JsonObject | string {
  const text = decodeUtf8(bytes);
  if (text === undefined) return 'is not UTF-8';
  const isPlain = !/NaN|Infinity|\d{16}/.test(text);
  const parsed = parseJson(isPlain ? text : withNumbersAsTexts(text));
  if (!parsed.ok) return `is not JSON: ${parsed.problem.message} (line ${parsed.problem.line})`;
  return isJsonObject(parsed.value) ? parsed.value : 'is not a JSON object';
}
