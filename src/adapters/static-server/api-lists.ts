// The API's lists in the built site, whose pages are documents: their items as they were written, and what is
// known about a whole list.

import { MAX_PAGE_SIZE } from '../../core/api/list-page.ts';
import {
  countMember,
  listMember,
  parseJson,
  textMember,
  type JsonValue,
} from '../../core/json/json-text.ts';
import { elementTexts, memberTexts } from '../../core/json/member-texts.ts';
import type { ServedFolder } from './served-folder.ts';

/** The text of a document of the API by the path segments of its address; undefined if there is none. */
export async function readDocument(
  dist: ServedFolder,
  names: readonly string[],
): Promise<string | undefined> {
  const file = await dist.open(names);
  if (file === undefined || file === 'folder') return undefined;
  return file.handle.readFile('utf8').finally(() => file.handle.close());
}

/** Where the document of a page of a list is; pages count from 1. */
export function pageOfList(list: readonly string[], page: number): string[] {
  return [...list, ...(page === 1 ? [] : [`page-${page}`]), 'index.html'];
}

/** A page of a list, as text and as a value. */
interface ListDocument {
  text: string;
  value: JsonValue;
}

async function readPage(
  dist: ServedFolder,
  list: readonly string[],
  page: number,
): Promise<ListDocument | undefined> {
  const text = await readDocument(dist, pageOfList(list, page));
  const parsed = text === undefined ? undefined : parseJson(text);
  return text === undefined || parsed?.ok !== true ? undefined : { text, value: parsed.value };
}

/** The pages of a list as values, one after another; none if there is no such list. */
export async function* apiListPages(
  dist: ServedFolder,
  list: readonly string[],
): AsyncGenerator<JsonValue> {
  for (let page = 1; ; page += 1) {
    const found = await readPage(dist, list, page);
    if (found === undefined) return;
    yield found.value;
    if (textMember(found.value, 'next') === undefined) return;
  }
}

/** The items of a list as values; undefined if there is no such list. */
export async function listItems(
  dist: ServedFolder,
  list: readonly string[],
): Promise<JsonValue[] | undefined> {
  let items: JsonValue[] | undefined;
  for await (const page of apiListPages(dist, list)) {
    items = [...(items ?? []), ...listMember(page, 'results')];
  }
  return items;
}

/** What a list says of itself: how many items, and why it is empty if they are not held. */
export interface ListHead {
  count: number;
  note: string | undefined;
}

/** The head of a list; undefined if there is no such list. */
export async function listHead(
  dist: ServedFolder,
  list: readonly string[],
): Promise<ListHead | undefined> {
  const first = await readPage(dist, list, 1);
  if (first === undefined) return undefined;
  return { count: countMember(first.value, 'count') ?? 0, note: textMember(first.value, 'note') };
}

/** Where an item of a list is: its page, from 1, and its place there, from 0. */
export interface ItemPlace {
  page: number;
  at: number;
}

/** The places of the items from one to another in the order of the list. */
export function placesBetween(from: number, to: number): ItemPlace[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => {
    const at = (from + index) % MAX_PAGE_SIZE;
    return { page: (from + index - at) / MAX_PAGE_SIZE + 1, at };
  });
}

/** The texts of items, in the order of their places; those that are gone are left out. */
export async function itemTexts(
  dist: ServedFolder,
  list: readonly string[],
  places: readonly ItemPlace[],
): Promise<string[]> {
  const wanted = new Map<number, { at: number; order: number }[]>();
  for (const [order, { page, at }] of places.entries()) {
    const ofPage = wanted.get(page);
    if (ofPage === undefined) wanted.set(page, [{ at, order }]);
    else ofPage.push({ at, order });
  }
  const texts: (string | undefined)[] = [];
  for (const [page, ofPage] of wanted) {
    const text = await readDocument(dist, pageOfList(list, page));
    const items = elementTexts(memberTexts(text ?? '').get('results') ?? '[]');
    for (const { at, order } of ofPage) texts[order] = items[at];
  }
  return texts.filter((text) => text !== undefined);
}
