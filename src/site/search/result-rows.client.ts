// The rows of a result.

import { excerptOf, markedText, type ExcerptPart } from '../../core/search/excerpt.ts';
import { labelsByRow } from '../../core/search/result-files.ts';
import { dayText } from '../../core/search/range-value.ts';
import type { ShownRow } from '../../core/search/row-details.ts';
import type { SearchIndex } from '../../core/search/search-index.ts';
import { countOf, formatBytes, formatCount } from '../../core/text/format.ts';
import { element, isolated, type Child } from '../browser/dom.client.ts';

/** Parts of a text as elements, the words that were searched for marked. */
export function marked(parts: readonly ExcerptPart[]): Child[] {
  return parts.map(({ text, isMatch }) => (isMatch ? element('mark', {}, text) : text));
}

function speciesText(labels: readonly string[]): string {
  return labels.slice(0, 3).join(', ') + (labels.length > 3 ? ' …' : '');
}

const number = (...children: Child[]): HTMLElement =>
  element('span', { class: 'num' }, ...children);

/** Makes the rows of one result; `words` are marked in them. */
export function rowMaker(
  index: SearchIndex,
  { base, prefix, words }: { base: string; prefix: string; words: readonly string[] },
): (row: ShownRow) => HTMLElement {
  const species = labelsByRow(index, 'species');
  const counted = ({ files }: ShownRow): HTMLElement =>
    number(
      files === undefined ? '?' : formatCount(files),
      ' ',
      element('small', {}, files === 1 ? 'file' : 'files'),
    );
  return (one) => {
    const day = one.day === undefined ? undefined : dayText(one.day);
    const link = element(
      'a',
      { class: 'name', href: `${base}dandiset/${one.number}/`, dir: 'auto' },
      ...marked(markedText(one.title, words)),
    );
    const labels = speciesText(species.get(one.row) ?? []);
    const meta = element(
      'span',
      { class: 'meta' },
      `${prefix}:${one.number} `,
      element('span', { class: `mark ${one.status}` }, one.version),
      labels === '' ? '' : ' · ',
      isolated(labels),
    );
    return element(
      'li',
      { 'data-number': one.number },
      element('div', {}, link, meta, element('span', { class: 'meta excerpt', dir: 'auto' })),
      counted(one),
      number(
        one.bytes === undefined ? '?' : formatBytes(one.bytes),
        ' ',
        one.subjects === undefined || one.subjects === 0
          ? undefined
          : element('small', {}, countOf(one.subjects, 'subject')),
      ),
      number(day === undefined ? '' : element('time', { datetime: day }, day)),
    );
  };
}

/** Adds to a row the part of a text that shows why it was found. */
function showExcerpt(row: Element, lines: readonly string[], words: readonly string[]): void {
  // The first line is the title, which the row shows anyway.
  const parts = excerptOf(lines.slice(1).join(' · '), words);
  row
    .querySelector('.excerpt')
    ?.replaceChildren(...marked(parts).filter((part) => part !== undefined));
}

/** Shows excerpts of rows when they come into view, until the observer is disconnected. */
export function excerptsWhenSeen(
  rows: readonly Element[],
  words: readonly string[],
  textOf: (number: string) => Promise<string[] | undefined>,
): IntersectionObserver {
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      void textOf((target as HTMLElement).dataset['number'] ?? '').then((lines) => {
        if (lines !== undefined) showExcerpt(target, lines, words);
      });
    }
  });
  for (const row of rows) seen.observe(row);
  return seen;
}
