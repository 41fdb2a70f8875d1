// Records and lists of assets from files of any of the forms sources use: JSON or YAML for a
// record; lines, a JSON list or a YAML list for assets.

import { BrokenFile, MAX_LIST, fileChunks, fileText, problemOf } from './source-files.ts';
import { splitJsonList, splitLines, splitYamlList, type ListItem } from './split-items.ts';
import type { SourceAsset, SourceAssets, SourceRecord } from './record-source.ts';
import { yamlToJson } from './yaml-to-json.ts';

function jsonOfYaml(text: string, firstLine: number): string {
  const read = yamlToJson(text);
  if (read.ok) return read.json;
  throw new BrokenFile('source-broken-yaml', read.message, firstLine + read.line - 1);
}

/** The record in a JSON or YAML file. */
export async function readRecordFile(root: string, file: string): Promise<SourceRecord> {
  try {
    const text = await fileText(root, file);
    return { ok: true, path: file, text: file.endsWith('.yaml') ? jsonOfYaml(text, 1) : text };
  } catch (error) {
    return { ok: false, problem: problemOf(error, file) };
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

/** The assets in a file; `toRecord` makes an asset record of each item where the file has others. */
export function readAssetsFile(
  root: string,
  file: string,
  toRecord: (json: string) => string = (json) => json,
): SourceAssets {
  async function* items(): AsyncGenerator<SourceAsset> {
    try {
      for await (const { text, line } of itemsOf(file, fileChunks(root, file, MAX_LIST))) {
        yield { ok: true, text: toRecord(text), line };
      }
    } catch (error) {
      yield { ok: false, problem: problemOf(error, file) };
    }
  }
  return { path: file, items: items() };
}
