// The API's responses to queries on the list of Dandisets: which are selected, and in which order.

import { countMember, member, textMember, type JsonValue } from '../json/json-text.ts';
import { inListOrder, requestedOrder } from './list-order.ts';

type Query = { get(name: string): string | null };

/** Parameters of the list of Dandisets that change what it holds. */
export const DANDISET_PARAMETERS = [
  'page',
  'page_size',
  'search',
  'order',
  'ordering',
  'draft',
  'empty',
  'embargoed',
  'starred',
  'user',
] as const;

const FALSE: ReadonlySet<string> = new Set(['false', '0', 'f', 'no', 'off', 'n']);
const TRUE: ReadonlySet<string> = new Set(['true', '1', 't', 'yes', 'on', 'y']);

/** A parameter that is true or false; undefined where it is neither. */
export function flagOf(query: Query, name: string): boolean | undefined {
  const said = query.get(name)?.toLowerCase() ?? '';
  return TRUE.has(said) ? true : FALSE.has(said) ? false : undefined;
}

const newestOf = (item: JsonValue): JsonValue | undefined =>
  member(item, 'most_recent_published_version') ?? member(item, 'draft_version');

const ORDER_VALUES = {
  id: (item: JsonValue) => textMember(item, 'identifier') ?? '',
  name: (item: JsonValue) => textMember(newestOf(item), 'name') ?? '',
  modified: (item: JsonValue) => Date.parse(textMember(item, 'modified') ?? '') || 0,
  size: (item: JsonValue) => countMember(newestOf(item), 'size') ?? 0,
  stars: (item: JsonValue) => countMember(item, 'star_count') ?? 0,
} satisfies Record<string, (item: JsonValue) => string | number>;

const FIELDS = Object.keys(ORDER_VALUES) as (keyof typeof ORDER_VALUES)[];

/**
 * The entries of the list that a query selects, in its order, but for its words. Nobody is known by name
 * here: nothing is `starred`, or belongs to `user=me`.
 */
export function selectedDandisets(items: readonly JsonValue[], query: Query): JsonValue[] {
  if (flagOf(query, 'starred') === true || query.get('user') === 'me') return [];
  const found = items.filter((item) => {
    const isPublished = (member(item, 'most_recent_published_version') ?? null) !== null;
    if (flagOf(query, 'draft') === false && !isPublished) return false;
    return (
      flagOf(query, 'empty') !== false || (countMember(newestOf(item), 'asset_count') ?? 0) > 0
    );
  });
  const order = requestedOrder(query, FIELDS);
  return order === undefined
    ? found
    : inListOrder(found, order.descending, ORDER_VALUES[order.field]);
}

/** More words than a question has. */
const MAX_WORDS = 32;

/** The words of `?search=`, all of which must occur; in lower case. */
export function searchWords(query: Query): string[] {
  const said = (query.get('search') ?? '').toLowerCase();
  return [...new Set(said.split(/[\s,]+/).filter((word) => word !== ''))].slice(0, MAX_WORDS);
}

/** Whether all words occur in some of the texts, each a document in lower case. */
export function holdsWords(texts: readonly string[], words: readonly string[]): boolean {
  return words.every((word) => texts.some((text) => text.includes(word)));
}
