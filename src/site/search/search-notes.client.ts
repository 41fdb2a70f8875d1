// The notes between the field and the results: what could not be parsed, what was not found, what else could
// be meant.

import type { CorrectedQuery } from '../../core/search/corrected-query.ts';
import type { QueryProblem } from '../../core/search/query.ts';
import { countOf } from '../../core/text/format.ts';
import { element, type Child } from '../browser/dom.client.ts';

/** A query that could be meant instead, with what it would find. */
export interface OtherQuery {
  text: string;
  words: string;
}

export interface Notes {
  problems: readonly Pick<QueryProblem, 'message'>[];
  /** Other names of what was searched for, which found some of the results. */
  alsoFound: readonly string[];
  unknown: readonly { word: string; instead: readonly OtherQuery[] }[];
  looser: readonly { without: string; text: string; count: number }[];
  /** The query whose results are shown in place of those of what was typed. */
  corrected?: Pick<CorrectedQuery, 'words' | 'literal'>;
  /** What is found if the words of phrases may be apart. */
  apart?: { text: string; count: number };
  /** The address of the search for recordings, where the query has one of its operators. */
  recordings?: string | undefined;
}

const OF_RECORDINGS =
  /(?:^|\s)-?(?:units|channels|rate|duration|rois|sweeps|region|device|subject|session):/i;

/** The search for recordings with a text that has one of its operators; undefined for any other. */
export function recordingsAddress(text: string): string | undefined {
  return OF_RECORDINGS.test(text) ? `recordings/?q=${encodeURIComponent(text)}` : undefined;
}

/** The address of a query on the page that is open. */
export function queryAddress(text: string, order = 'best'): string {
  const state = new URLSearchParams();
  if (text.trim() !== '') state.set('q', text);
  if (order !== 'best') state.set('sort', order);
  const query = state.toString();
  return query === '' ? location.pathname : `?${query}`;
}

function queryLink(text: string, ...words: Child[]): HTMLElement {
  return element('a', { href: queryAddress(text), 'data-query': text }, ...words);
}

/** What is shown in place of the results of a typing error. */
function correctionElement({ words, literal }: NonNullable<Notes['corrected']>): HTMLElement {
  return element(
    'p',
    { 'data-corrected': '' },
    'Showing ',
    element('strong', {}, words.join(' ')),
    '. ',
    queryLink(literal, 'Search for ', element('bdi', {}, literal.replaceAll('"', '')), ' instead'),
  );
}

/** The notes as elements; none if there is nothing to say. */
export function noteElements({
  problems,
  alsoFound,
  unknown,
  corrected,
  looser,
  apart,
  recordings,
}: Notes): HTMLElement[] {
  const notes: HTMLElement[] = problems.map(({ message }) =>
    element('p', { class: 'notice warning' }, message),
  );
  if (recordings !== undefined) {
    const link = element('a', { href: recordings }, 'Search recordings for it');
    notes.push(element('p', {}, 'Files are found by that. ', link, '.'));
  }
  if (corrected !== undefined) notes.push(correctionElement(corrected));
  if (alsoFound.length > 0) {
    const names = alsoFound.flatMap((name, at) => [at === 0 ? '' : ', ', element('bdi', {}, name)]);
    notes.push(
      element('p', { class: 'muted small', 'data-also': '' }, 'Also found: ', ...names, '.'),
    );
  }
  for (const { word, instead } of unknown) {
    const offers = instead.flatMap(({ text, words }, at) => [
      at === 0 ? ' Did you mean ' : ' or ',
      queryLink(text, element('strong', {}, words)),
    ]);
    notes.push(
      element(
        'p',
        {},
        `No Dandiset has the word “${word}”.`,
        ...offers,
        offers.length === 0 ? '' : '?',
      ),
    );
  }
  const items = looser.map(({ without, text, count }) =>
    element(
      'li',
      {},
      queryLink(text, 'without ', element('bdi', {}, without)),
      `: ${countOf(count, 'Dandiset')}`,
    ),
  );
  if (apart !== undefined) {
    const link = queryLink(apart.text, 'with the words of the phrase apart');
    items.unshift(element('li', {}, link, `: ${countOf(apart.count, 'Dandiset')}`));
  }
  if (items.length > 0) {
    notes.push(
      element('div', {}, element('p', {}, 'To find more, search'), element('ul', {}, ...items)),
    );
  }
  return notes;
}
