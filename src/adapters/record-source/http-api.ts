// An API of DANDI's shape, and its paged lists.

import { quote } from '../../core/text/quote.ts';
import { countMember, member, textMember, type JsonValue } from '../../core/json/json-text.ts';
import { elementTexts, memberTexts } from '../../core/json/member-texts.ts';
import { needJson } from './http-json.ts';
import type { HttpReader } from './http-reader.ts';
import { BrokenFile, MAX_LIST, tooLarge } from './source-files.ts';

/** An API that was found. Both addresses end in `/`. */
export interface HttpApi {
  reader: HttpReader;
  /** Where it was requested: `https://archive.example/api/`. */
  base: string;
  /**
   * The address it reports for itself: a copy of an archive at another address still names the original's.
   */
  declared: string;
}

/** The address of a next page as it is requested here; undefined if it points outside the API. */
function followedIn({ base, declared }: HttpApi, next: string): string | undefined {
  const here = next.startsWith(declared) ? base + next.slice(declared.length) : next;
  if (!URL.canParse(here)) return undefined;
  const { href, origin } = new URL(here);
  const { href: home, origin: homeOrigin } = new URL(base);
  return origin === homeOrigin && href.startsWith(home) ? href : undefined;
}

/** An element of a list and its location. */
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
 * The elements of a list, page by page. A list that contains fewer elements than it counts is broken: it must
 * never silently become shorter, nor go on for ever.
 * @throws BrokenFile naming the page
 */
export async function* listedItems(api: HttpApi, first: string): AsyncGenerator<ListedItem> {
  const seen = new Set<string>();
  let counted: number | undefined;
  let given = 0;
  let size = 0;
  let address: string | undefined = first;
  while (address !== undefined) {
    const place: string = address;
    const broken = (message: string): BrokenFile =>
      new BrokenFile('source-wrong-answer', message, { place });
    seen.add(place);
    const page = await needJson(api.reader, place);
    const results = member(page.value, 'results');
    if (!Array.isArray(results)) throw broken('holds no list of "results"');
    counted ??= countMember(page.value, 'count');
    const texts = elementTexts(memberTexts(page.text).get('results') ?? '[]');
    for (const [index, text] of texts.entries()) {
      const value = results[index] as JsonValue;
      yield { text, value, address: place, pointer: `/results/${index}` };
    }
    given += texts.length;
    size += page.text.length;
    if (size > MAX_LIST) throw tooLarge(MAX_LIST, place);
    const next = textMember(page.value, 'next');
    address = undefined;
    if (next !== undefined) {
      address = followedIn(api, next);
      if (address === undefined)
        throw broken(`leads out of the API for its next page, to ${quote(next)}: not followed`);
    }
    if (address !== undefined && seen.has(address))
      throw broken(`leads back to ${address} for its next page`);
    if (seen.size >= MAX_PAGES) throw broken(`is one of more than ${MAX_PAGES} pages`);
    const isOver = counted !== undefined && given > counted;
    const isShort = counted !== undefined && given < counted && address === undefined;
    if (isOver || isShort)
      throw broken(`is part of a list that counts ${counted} and gives ${isOver ? 'more' : given}`);
  }
}
