// JSON documents of an API, and its lists, which come in pages.

import {
  countMember,
  member,
  parseJson,
  textMember,
  type JsonValue,
} from '../../core/json/json-text.ts';
import { elementTexts, memberTexts } from '../../core/json/member-texts.ts';
import { beginsAsMarkup, type HttpReader } from './http-reader.ts';
import { BrokenFile, MAX_RECORD, decodeUtf8, withoutMark } from './source-files.ts';

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
  const text = decodeUtf8(withoutMark(Buffer.concat(body)), 1);
  const parsed = parseJson(text);
  if (parsed.ok) return { text, value: parsed.value };
  const { message, line, column } = parsed.fault;
  const where = { place, line };
  throw new BrokenFile('source-broken-json', `is not JSON: ${message} (column ${column})`, where);
}

/** A JSON document; undefined where there is none. @throws BrokenFile naming the address */
export async function getJson(
  reader: HttpReader,
  address: string,
): Promise<JsonDocument | undefined> {
  const body = await reader.get(address, MAX_RECORD);
  return body && asJson(body, address);
}

/** An element of a list and where it stands. */
export interface ListedItem {
  text: string;
  value: JsonValue;
  address: string;
  /** JSON Pointer within the page. */
  pointer: string;
}

/** More pages than any list has: a million assets are a thousand pages. */
const MAX_PAGES = 10_000;

/**
 * The elements of a list, page by page. `follow` gives the address of a next page, or undefined for
 * one that leads elsewhere. A list that does not hold as many as it counts is broken: it must never
 * become shorter in silence, nor go on for ever.
 * @throws BrokenFile naming the page
 */
export async function* listedItems(
  reader: HttpReader,
  first: string,
  follow: (next: string, from: string) => string | undefined,
): AsyncGenerator<ListedItem> {
  const seen = new Set<string>();
  let counted: number | undefined;
  let given = 0;
  let address: string | undefined = first;
  while (address !== undefined) {
    const place: string = address;
    const broken = (message: string): BrokenFile =>
      new BrokenFile('source-wrong-answer', message, { place });
    seen.add(place);
    const page = await getJson(reader, place);
    if (page === undefined) throw new BrokenFile('source-missing-file', 'is missing', { place });
    const results = member(page.value, 'results');
    if (!Array.isArray(results)) throw broken('holds no list of "results"');
    counted ??= countMember(page.value, 'count');
    const texts = elementTexts(memberTexts(page.text).get('results') ?? '[]');
    for (const [index, text] of texts.entries()) {
      const value = results[index] as JsonValue;
      yield { text, value, address: place, pointer: `/results/${index}` };
    }
    given += texts.length;
    const next = textMember(page.value, 'next');
    address = next === undefined ? undefined : follow(next, place);
    if (next !== undefined && address === undefined)
      throw broken(`leads to another place for its next page, ${next}, which is not followed`);
    if (address !== undefined && seen.has(address))
      throw broken(`leads back to ${address} for its next page, without end`);
    if (seen.size >= MAX_PAGES) throw broken(`is one of more than ${MAX_PAGES} pages`);
    const isOver = counted !== undefined && given > counted;
    const isShort = counted !== undefined && given < counted && address === undefined;
    if (isOver || isShort)
      throw broken(`is part of a list that counts ${counted} and gives ${isOver ? 'more' : given}`);
  }
}
