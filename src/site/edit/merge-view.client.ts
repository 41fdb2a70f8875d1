// Shown where the record was changed by others since work on it began: their changes, the local changes, and
// the conflicts to be decided. Nothing is taken over silently.

import { mergeRecords, type Conflict } from '../../core/editing/merge-records.ts';
import type { RecordNode } from '../../core/editing/record-tree.ts';
import type { JsonValue } from '../../core/json/json-text.ts';
import { valueWords } from '../compare/compare-values.ts';
import { element } from '../browser/dom.client.ts';
import { differenceList } from './difference-view.client.ts';

/** The three states. */
export interface MergeStates {
  base: RecordNode;
  mine: RecordNode;
  theirs: RecordNode;
}

const words = (value: JsonValue | undefined): string =>
  value === undefined ? '(nothing)' : valueWords(value);

function conflictRow(conflict: Conflict, choose: (whose: 'mine' | 'theirs') => void): HTMLElement {
  const option = (
    whose: 'mine' | 'theirs',
    label: string,
    value: JsonValue | undefined,
  ): HTMLElement => {
    const box = element('input', {
      type: 'radio',
      name: `conflict ${conflict.pointer}`,
      value: whose,
    });
    box.addEventListener('change', () => choose(whose));
    return element(
      'label',
      { class: 'box' },
      box,
      element('span', {}, element('b', {}, `${label}: `), element('bdi', {}, words(value))),
    );
  };
  return element(
    'li',
    {},
    element(
      'fieldset',
      { class: 'field' },
      element('legend', {}, element('bdi', {}, conflict.path.join(' › ') || 'the record')),
      element('p', { class: 'small muted' }, `before: ${words(conflict.base)}`),
      option('mine', 'Mine', conflict.mine),
      option('theirs', 'Theirs', conflict.theirs),
    ),
  );
}

/** The view; `done` gets the tree to go on with, which is theirs if the local work is discarded. */
export function mergeView(states: MergeStates, done: (tree: RecordNode) => void): HTMLElement {
  const { base, mine, theirs } = states;
  const { conflicts } = mergeRecords(base, mine, theirs);
  const choices = new Map<string, 'mine' | 'theirs'>();
  const go = element(
    'button',
    { type: 'button', class: 'button primary' },
    'Put my work onto the new record',
  );
  const left = (): number => conflicts.length - choices.size;
  const say = (): void => {
    go.disabled = left() > 0;
  };
  go.addEventListener('click', () => done(mergeRecords(base, mine, theirs, choices).tree));
  const drop = element('button', { type: 'button' }, 'Begin again from the new record');
  drop.addEventListener('click', () => done(theirs));
  say();
  const decide = element(
    'ul',
    { class: 'plain' },
    ...conflicts.map((conflict) =>
      conflictRow(conflict, (whose) => {
        choices.set(conflict.pointer, whose);
        say();
      }),
    ),
  );
  return element(
    'section',
    { class: 'merge', 'aria-labelledby': 'merge-title' },
    element('h2', { id: 'merge-title', tabindex: '-1' }, 'The record has changed since you began'),
    element('p', {}, 'Your unsaved work is kept in this browser until you decide.'),
    ...(conflicts.length === 0
      ? [
          element(
            'p',
            { class: 'notice' },
            'You and others changed different things: both fit together.',
          ),
        ]
      : [element('h3', {}, 'Changed by both: choose one of each'), decide]),
    element('div', { class: 'actions' }, go, drop),
    element(
      'div',
      { class: 'halves' },
      element('div', {}, element('h3', {}, 'Changed by others'), differenceList(base, theirs)),
      element('div', {}, element('h3', {}, 'Changed by you'), differenceList(base, mine)),
    ),
  );
}
