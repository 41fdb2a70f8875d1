// Where a document of the API is in the site. The addresses end in `/`, and every file host serves the
// folder's `index.html` for such an address, so that is its name; clients look at the JSON and not at the
// media type (docs/decisions/0007).

import { MAX_PAGE_SIZE } from '../../core/api/list-page.ts';
import { harmlessJson, jsonWithoutEmails } from '../../core/api/public-json.ts';
import type { SiteFile } from '../site-file.ts';

/** The document at `/api/<path>/`, from JSON text. */
export function apiText(path: string, json: string): SiteFile {
  return { path: `api/${path}/index.html`, contents: harmlessJson(json) };
}

/** The document in the file `<path>` of the site, such as `server-info`, from JSON text. */
export function namedDocument(path: string, json: string): SiteFile {
  return { path, contents: `${harmlessJson(json)}\n` };
}

/** The document at `/api/<path>/`, from a value without e-mail addresses in its output. */
export function apiDocument(path: string, value: unknown): SiteFile {
  return apiText(path, jsonWithoutEmails(JSON.stringify(value)));
}

/**
 * A list in pages: `next` links to another path and not to another query, which a file host would not see. An
 * empty list has one page; a `note` says why, where that does not mean that there is nothing.
 */
export function* apiPages(
  site: string,
  path: string,
  count: number,
  items: Iterable<string>,
  note?: string,
): Generator<SiteFile> {
  const pageCount = Math.max(1, Math.ceil(count / MAX_PAGE_SIZE));
  const pathOf = (page: number): string => (page === 1 ? path : `${path}/page-${page}`);
  const addressOf = (page: number): string | null =>
    page < 1 || page > pageCount ? null : `${site}api/${pathOf(page)}/`;
  const toFile = (page: number, texts: readonly string[]): SiteFile => {
    const links = { next: addressOf(page + 1), previous: addressOf(page - 1) };
    const head = { count, ...links, ...(note === undefined ? {} : { note }) };
    const opening = JSON.stringify(head).slice(0, -1);
    return apiText(pathOf(page), `${opening},"results":[${texts.join(',')}]}`);
  };
  let page = 1;
  let texts: string[] = [];
  for (const item of items) {
    texts.push(item);
    if (texts.length < MAX_PAGE_SIZE || page === pageCount) continue;
    yield toFile(page, texts);
    page += 1;
    texts = [];
  }
  yield toFile(page, texts);
}
