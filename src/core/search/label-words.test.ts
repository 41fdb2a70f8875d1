import { expect, test } from 'vitest';
import { foldedWords } from '../text/fold.ts';
import { labelledLine, labelParts, labelWords } from './label-words.ts';

test.each([
  ['20220628T024839', ['20220628']],
  ['M12-1f0c9ab2-1111-2222-3333-444455556666', ['m12']],
  ['YutaMouse20', ['yutamouse20']],
])('%s is found by its words', (label, words) => {
  expect(labelWords(label)).toEqual(words);
});

test('labels that do not fit leave their words, each once', () => {
  const labels = Array.from({ length: 100 }, (_, at) => `mouse-${at}`);
  const { whole, more } = labelParts(labels, 50);
  expect(whole.slice(0, 2)).toEqual(['mouse-0', 'mouse-1']);
  expect(more.slice(-2)).toEqual(['98', '99']);
  const all = foldedWords([...whole, ...more].join(' '));
  expect(new Set(all)).toEqual(new Set(foldedWords(labels.join(' '))));
});

test.each([
  [['Units', 'units', '', '…', 'LFP'], 100, 'Has: Units, LFP'],
  [['abc', 'def', 'ghi', 'jkl'], 10, 'Has: abc, def, and 2 more'],
  [['too long'], 4, 'Has: and 1 more'],
  [['', '—'], 100, ''],
])('a line of %j within %d', (parts, length, expected) => {
  expect(labelledLine('Has', parts, length)).toBe(expected);
});
