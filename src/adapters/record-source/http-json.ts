// JSON documents by their address.

import { parseJson, type JsonValue } from '../../core/json/json-text.ts';
import { beginsAsMarkup, type HttpReader } from './http-reader.ts';
import { BrokenFile, MAX_RECORD, sourceText, missingFile, withoutMark } from './source-files.ts';

export interface JsonDocument {
  text: string;
  value: JsonValue;
}

/** The JSON document in the body of an address. @throws BrokenFile naming the address */
export function asJson(body: readonly Uint8Array[], address: string): JsonDocument {
  const place = address;
  if (beginsAsMarkup(body)) {
    const message = 'answered with a page (HTML or XML) where JSON was expected';
    throw new BrokenFile('source-wrong-answer', message, { place });
  }
  const text = sourceText(withoutMark(Buffer.concat(body)), 1, place);
  const parsed = parseJson(text);
  if (parsed.ok) return { text, value: parsed.value };
  const { message, line, column } = parsed.problem;
  const where = { place, line };
  throw new BrokenFile('source-broken-json', `is not JSON: ${message} (column ${column})`, where);
}

/** A JSON document; undefined if there is none. @throws BrokenFile naming the address */
export async function getJson(
  reader: HttpReader,
  address: string,
): Promise<JsonDocument | undefined> {
  const body = await reader.get(address, MAX_RECORD);
  return body && asJson(body, address);
}

/** A JSON document that must exist. @throws BrokenFile naming the address */
export async function needJson(reader: HttpReader, address: string): Promise<JsonDocument> {
  const document = await getJson(reader, address);
  if (document === undefined) throw missingFile(address);
  return document;
}
