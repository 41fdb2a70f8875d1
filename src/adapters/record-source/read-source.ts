// Records and lists of assets from files in any of the forms that sources use: JSON or YAML for a record;
// lines, a JSON list or a YAML list for assets.

import {
  BrokenFile,
  MAX_LIST,
  fileChunks,
  fileText,
  problemOf,
  type SourceFiles,
} from './source-files.ts';
import { splitJsonList, splitLines, splitYamlList, type ListItem } from './split-items.ts';
import type { Problem } from '../../core/problem.ts';
import type { SourceAsset, SourceAssets, SourceRecord } from './record-source.ts';
import { yamlToJson } from './yaml-to-json.ts';

function jsonOfYaml(text: string, firstLine: number): string {
  const read = yamlToJson(text);
  if (read.ok) return read.json;
  throw new BrokenFile('source-broken-yaml', read.message, { line: firstLine + read.line - 1 });
}

/** The record in a JSON or YAML file. */
export async function recordFromSource(files: SourceFiles, file: string): Promise<SourceRecord> {
  const place = files.placeOf(file);
  try {
    const text = await fileText(files, file);
    return { ok: true, path: place, text: file.endsWith('.yaml') ? jsonOfYaml(text, 1) : text };
  } catch (error) {
    return { ok: false, problem: problemOf(error, place) };
  }
}

async function* yamlItems(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ListItem> {
  for await (const { text, line, whole } of splitYamlList(chunks)) {
    const json = jsonOfYaml(text, line);
    if (whole !== true) yield { text: json, line };
    else for await (const item of splitJsonList(oneChunk(json))) yield { text: item.text, line };
  }
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function itemsOf(file: string, chunks: AsyncIterable<Uint8Array>): AsyncIterable<ListItem> {
  if (/\.jsonl(?:\.gz)?$/.test(file)) return splitLines(chunks);
  return file.endsWith('.yaml') ? yamlItems(chunks) : splitJsonList(chunks);
}

/**
 * The assets in the items of a list; `toRecord` makes an asset record of each where the items are something
 * else.
 */
export function readAssetsIn(
  path: string,
  list: AsyncIterable<ListItem>,
  toRecord: (json: string) => string = (json) => json,
): SourceAssets {
  async function* items(): AsyncGenerator<SourceAsset> {
    try {
      for await (const { text, line } of list) {
        yield { ok: true, text: toRecord(text), place: { path, line } };
      }
    } catch (error) {
      yield { ok: false, problem: problemOf(error, path) };
    }
  }
  return { path, items: items() };
}

/** The assets in a file. */
export function readAssetsFile(
  files: SourceFiles,
  file: string,
  toRecord?: (json: string) => string,
): SourceAssets {
  const list = itemsOf(file, fileChunks(files, file, MAX_LIST));
  return readAssetsIn(files.placeOf(file), list, toRecord);
}

/** The assets of a list that cannot be read at all. */
export function brokenAssets(problem: Problem): SourceAssets {
  async function* items(): AsyncGenerator<SourceAsset> {
    yield { ok: false, problem };
  }
  return { path: problem.path, items: items() };
}
