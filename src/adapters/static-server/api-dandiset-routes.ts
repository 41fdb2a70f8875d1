// Queries on the lists of Dandisets and of their versions.

import {
  DANDISET_PARAMETERS,
  holdsWords,
  searchWords,
  selectedDandisets,
} from '../../core/api/dandiset-queries.ts';
import { inListOrder, requestedOrder } from '../../core/api/list-order.ts';
import { member, parseJson, textMember, type JsonValue } from '../../core/json/json-text.ts';
import { NOT_FOUND, pageOfItems, type ApiAnswer, type ApiQuery } from './api-answer.ts';
import { listItems, readDocument } from './api-lists.ts';
import type { ServedFolder } from './served-folder.ts';

/** The metadata of a version in lower case; '' if there is none. */
async function wordsOf(
  dist: ServedFolder,
  names: readonly string[],
  version: string | undefined,
): Promise<string> {
  if (version === undefined) return '';
  const text = await readDocument(dist, [...names, version, 'index.html']);
  const parsed = parseJson(text ?? '');
  // The document is in ASCII, and a search is in letters.
  return parsed.ok ? JSON.stringify(parsed.value).toLowerCase() : '';
}

/** Whether the newest version or the draft of a Dandiset has all words in its metadata. */
async function isFound(dist: ServedFolder, item: JsonValue, words: string[]): Promise<boolean> {
  const names = ['api', 'dandisets', textMember(item, 'identifier') ?? '', 'versions'];
  const newest = textMember(member(item, 'most_recent_published_version'), 'version');
  return (
    holdsWords([await wordsOf(dist, names, newest)], words) ||
    holdsWords([await wordsOf(dist, names, 'draft')], words)
  );
}

/** `/dandisets/?…`; undefined if the query asks for nothing but the list. */
export async function queriedDandisets(
  dist: ServedFolder,
  request: ApiQuery,
): Promise<ApiAnswer | undefined> {
  const { names, query } = request;
  if (!DANDISET_PARAMETERS.some((name) => query.has(name))) return undefined;
  const items = await listItems(dist, names);
  if (items === undefined) return NOT_FOUND;
  let found = selectedDandisets(items, query);
  const words = searchWords(query);
  if (words.length === 0) return pageOfItems(request, found);
  const all = found;
  found = [];
  for (const item of all) if (await isFound(dist, item, words)) found.push(item);
  return { ...(await pageOfItems(request, found)), isPrivate: true };
}

/** `/dandisets/<number>/versions/?…`; undefined if the query asks for nothing but the list. */
export async function queriedVersions(
  dist: ServedFolder,
  request: ApiQuery,
): Promise<ApiAnswer | undefined> {
  const { names, query } = request;
  const order = requestedOrder(query, ['created']);
  if (order === undefined && !query.has('page') && !query.has('page_size')) return undefined;
  const items = await listItems(dist, names);
  if (items === undefined) return NOT_FOUND;
  const time = (item: JsonValue): number => Date.parse(textMember(item, 'created') ?? '') || 0;
  return pageOfItems(
    request,
    order === undefined ? items : inListOrder(items, order.descending, time),
  );
}
