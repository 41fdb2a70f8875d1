// The whole record of one asset: its line in the version's list, fetched alone by its position there.

import { fetchSpan } from '../../adapters/bytes/open-browser-bytes.ts';
import { isArchiveError } from '../../core/error.ts';
import { isJsonObject, member, type JsonObject } from '../../core/json/json-text.ts';

export interface AssetText {
  /** The line as it is in the list. */
  text: string;
  value: JsonObject;
}

const changed = (cause?: unknown): Error =>
  new Error('The list has changed since this page was loaded.', { cause });

/**
 * Reads a line of a list by its byte range; from a host without range support, out of the whole list.
 * Throws where the line is not that of the asset of this path: the list has changed since.
 */
export async function assetRecord(
  list: string,
  path: string,
  offset: number,
  length: number,
): Promise<AssetText> {
  const line = await fetchSpan(list, offset, length).catch((error: unknown) => {
    throw isArchiveError(error, 'bytes-changed') ? changed(error) : error;
  });
  const text = new TextDecoder().decode(line);
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value) || member(value, 'path') !== path) throw changed();
  return { text, value };
}
