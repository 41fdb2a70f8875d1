// The group "Pages" of a result: pages of the handbook and of the site, apart from Dandisets.

import { excerptOf } from '../../core/search/excerpt.ts';
import type { Query } from '../../core/search/query.ts';
import { foldedWords } from '../../core/text/fold.ts';
import { singular } from '../../core/vocabulary/name-key.ts';
import { element } from '../browser/dom.client.ts';
import type { PageResult } from './pagefind.client.ts';
import { marked } from './result-rows.client.ts';

/** Of these the ones that have all words are shown. */
export const PAGES_READ = 4;
const PAGES_SHOWN = 3;

/** The words that a query asks pages for; none if it only narrows Dandisets. */
export function wordsForPages({ terms }: Query): string[] {
  return terms.filter(({ isExcluded }) => !isExcluded).flatMap(({ text }) => foldedWords(text));
}

/** Whether a page has all words. Pagefind shortens a word that it does not know until something matches. */
function hasAll({ content, meta }: PageResult, words: readonly string[]): boolean {
  const own = new Set(foldedWords(`${meta.title ?? ''} ${content}`).map(singular));
  const isThere = (word: string): boolean =>
    own.has(singular(word)) || (word.length > 2 && [...own].some((one) => one.startsWith(word)));
  return words.every(isThere);
}

function pageRow(page: PageResult, words: readonly string[]): HTMLElement {
  const title = page.meta.title ?? page.url;
  // The part of the page with most of the words, if it has parts.
  const [part] = page.sub_results
    .map((one) => ({ ...one, own: new Set(foldedWords(`${one.title} ${one.plain_excerpt}`)) }))
    .sort((a, b) => count(b.own) - count(a.own));
  function count(own: ReadonlySet<string>): number {
    return words.filter((word) => [...own].some((one) => one.startsWith(singular(word)))).length;
  }
  const heading = part === undefined || part.title === title ? '' : ` › ${part.title}`;
  return element(
    'li',
    {},
    element('a', { href: part?.url ?? page.url }, `${title}${heading}`),
    page.meta.kind === undefined
      ? element(
          'span',
          { class: 'meta' },
          ...marked(excerptOf(part?.plain_excerpt ?? page.content, words)),
        )
      : element('span', { class: 'meta' }, page.meta.kind),
  );
}

/** Shows the pages that have all words below a result; nothing if there is none. */
export function showPages(
  place: HTMLElement,
  pages: readonly PageResult[],
  words: readonly string[],
): number {
  const shown = pages.filter((page) => hasAll(page, words)).slice(0, PAGES_SHOWN);
  place.replaceChildren(
    ...(shown.length === 0
      ? []
      : [
          element('h2', {}, 'Pages'),
          element('ul', {}, ...shown.map((page) => pageRow(page, words))),
        ]),
  );
  return shown.length;
}
