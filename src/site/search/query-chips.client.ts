// The parts of a query as buttons that take them out.

import { withoutParts } from '../../core/search/edit-query.ts';
import { element } from '../browser/dom.client.ts';

/** A part of a query's text, in words without whether it is excluded. */
export interface QueryChip {
  /** Its place in the text. */
  start: number;
  end: number;
  isExcluded: boolean;
  words: string;
}

/** An item for each part, in the order of the text. */
export function queryChips(text: string, parts: readonly QueryChip[]): HTMLElement[] {
  return [...parts]
    .sort((a, b) => a.start - b.start)
    .map((part) => {
      const words = (part.isExcluded ? 'not ' : '') + part.words;
      const button = element(
        'button',
        {
          type: 'button',
          class: 'chip',
          'data-query': withoutParts(text, [part]),
          'aria-label': `Remove ${words}`,
        },
        element('bdi', {}, words),
        ' ×',
      );
      return element('li', {}, button);
    });
}
