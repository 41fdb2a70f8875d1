// Responses of the API as values, in the form of DANDI's.

import { requestedPage, type RequestedPage } from '../../core/api/list-page.ts';
import type { SaveAs } from './address-in-store.ts';
import type { AssetLists } from './asset-lists.ts';
import type { AssetLookup } from './asset-lookup.ts';
import type { ListHead } from './api-lists.ts';
import type { ServedFolder } from './served-folder.ts';

interface Privacy {
  /** Whether it says what drafts hold, which scripts of other sites may not read. */
  isPrivate?: boolean;
}

/** A document. */
export interface ApiText extends Privacy {
  json: string;
  /** 200 if absent. */
  status?: 400 | 404;
}

/** A redirect to a place in the store, by its names there. */
export interface ApiRedirect extends Privacy {
  store: string[];
  saveAs?: SaveAs;
}

/** A redirect to bytes that are in no store of the archive. */
export interface ApiElsewhere extends Privacy {
  address: string;
}

export type ApiAnswer = ApiText | ApiRedirect | ApiElsewhere;

/** What is served, and what is remembered of it. */
export interface ApiFolders {
  dist: ServedFolder;
  storage: ServedFolder | undefined;
  lists: AssetLists;
  lookup: AssetLookup;
}

/** A request: its path below the site, its query, and the address at which the site was requested. */
export interface ApiQuery {
  names: readonly string[];
  query: URLSearchParams;
  here: string;
}

/** A response that is no document, with the reason in DANDI's form. */
export function apiRefusal(status: 400 | 404, detail: string): ApiText {
  return { status, json: JSON.stringify({ detail }) };
}

export const NOT_FOUND = apiRefusal(404, 'Not found.');

/** The address of another page of the same query. */
function addressOfPage({ names, query, here }: ApiQuery, page: number): string {
  const other = new URLSearchParams(query);
  other.set('page', String(page));
  return `${here}${names.map(encodeURIComponent).join('/')}/?${other.toString()}`;
}

/** The page of a list that a request asks for; `texts` gives the items of it. */
export async function pageAnswer(
  request: ApiQuery,
  { count, note }: ListHead,
  texts: (page: RequestedPage) => readonly string[] | Promise<readonly string[]>,
): Promise<ApiAnswer> {
  const page = requestedPage(request.query, count);
  // Loops over pages end here.
  if (page === undefined) return apiRefusal(404, 'Invalid page.');
  const head = {
    count,
    next: page.isLast ? null : addressOfPage(request, page.number + 1),
    previous: page.number === 1 ? null : addressOfPage(request, page.number - 1),
    ...(note === undefined ? {} : { note }),
  };
  const results = await texts(page);
  return { json: `${JSON.stringify(head).slice(0, -1)},"results":[${results.join(',')}]}` };
}

/** The same for items that are all at hand. */
export function pageOfItems(request: ApiQuery, items: readonly unknown[]): Promise<ApiAnswer> {
  const head = { count: items.length, note: undefined };
  return pageAnswer(request, head, ({ from, to }) =>
    items.slice(from, to).map((item) => JSON.stringify(item)),
  );
}
