import { expect, test } from 'vitest';
import { excerptOf, markedText } from './excerpt.ts';

const marks = (parts: ReturnType<typeof excerptOf>): string[] =>
  parts.filter(({ isMatch }) => isMatch).map(({ text }) => text);
const whole = (parts: ReturnType<typeof excerptOf>): string =>
  parts.map(({ text }) => text).join('');
const filler = (count: number): string => 'word '.repeat(count);

test.each([
  ['The Hippocampus of mice', ['hippo'], ['Hippocampus']],
  ['by György Buzsáki', ['buzsaki'], ['Buzsáki']],
  ['at 50 µm, or 50 μm', ['um'], ['µm', 'μm']],
  ['one recording', ['recordings'], ['recording']],
  ['sub-M12_ses-2020', ['m12'], ['M12']],
  ['a <b>bold</b> word', ['bold'], ['bold']],
  ['nothing of it', ['cortex'], []],
  ['', ['cortex'], []],
])('in “%s” %j is marked', (text, sought, expected) => {
  const parts = markedText(text, sought);
  expect(marks(parts)).toEqual(expected);
  expect(whole(parts)).toBe(text);
});

test('an excerpt shows the place with the most different words', () => {
  const text = `cell cell cell ${filler(60)}the granule cell of mice ${filler(60)}cell`;
  const parts = excerptOf(text, ['cell', 'granule']);
  expect(marks(parts)).toEqual(['granule', 'cell']);
  expect(whole(parts)).toMatch(/^… .*the granule cell of mice.* …$/);
  expect(whole(parts).split(' ').length).toBeLessThan(45);
});

test('an excerpt begins with the text if no word is in it, and stays short however many are', () => {
  expect(whole(excerptOf(`first ${filler(100)}`, ['cortex']))).toMatch(/^first .* …$/);
  const parts = excerptOf('cell '.repeat(20_000), ['cell']);
  expect(marks(parts)).toHaveLength(34);
});
