// The whole record of one asset: its line in the version's list, fetched alone by its position there.

import { isJsonObject, member, type JsonObject } from '../../core/json/json-text.ts';

export interface AssetText {
  /** The line as it is in the list. */
  text: string;
  value: JsonObject;
}

/**
 * Reads a line of a list by its byte range. A host without range support sends the whole list. Throws where
 * the line is not that of the asset of this path: the list has changed since.
 */
export async function assetRecord(
  list: string,
  path: string,
  offset: number,
  length: number,
): Promise<AssetText> {
  const range = `bytes=${offset}-${offset + length - 1}`;
  const response = await fetch(list, { headers: { Range: range } });
  if (!response.ok) throw new Error(`The list answered ${response.status}.`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const line = response.status === 206 ? bytes : bytes.subarray(offset, offset + length);
  const text = new TextDecoder().decode(line);
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value) || member(value, 'path') !== path) {
    throw new Error('The list has changed since this page was loaded.');
  }
  return { text, value };
}
