// Links to the previous and next Dandiset of a result, on the page of a Dandiset that was opened from it.

import { element } from '../browser/dom.client.ts';
import { readResult, forgetResult } from './result-memory.client.ts';

function show(): void {
  const walk = readResult();
  const number = /\/dandiset\/(\d{6})\/$/.exec(location.pathname)?.[1];
  const at = number === undefined ? -1 : (walk?.numbers.indexOf(number) ?? -1);
  if (walk === undefined || number === undefined || at < 0) return;
  const below = location.pathname.slice(0, -`${number}/`.length);
  const step = (to: number, words: string, rel: string): HTMLElement => {
    const target = walk.numbers[to];
    return target === undefined
      ? element('span', { class: 'muted' }, words)
      : element('a', { href: `${below}${target}/`, rel }, words);
  };
  const close = element('button', { type: 'button', 'aria-label': 'Leave the result' }, '×');
  const bar = element(
    'nav',
    { class: 'walk', 'aria-label': 'Result of the search' },
    step(at - 1, '← Previous', 'prev'),
    element('a', { href: walk.address }, `${at + 1} of ${walk.numbers.length} found`),
    step(at + 1, 'Next →', 'next'),
    close,
  );
  close.addEventListener('click', () => {
    forgetResult();
    bar.remove();
  });
  // After everything that was on the page, so that nothing moves.
  document.body.append(bar);
}

show();
