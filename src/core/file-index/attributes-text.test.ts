import { expect, test } from 'vitest';
import { attributesText } from './attributes-text.ts';

test.each([
  [0, '<f8', '0.0'],
  [-0, '<f4', '-0.0'],
  [1e21, '<f8', '1e+21'],
  [2.5, '<f8', '2.5'],
  [[[1], [0.5]], '>f4', '[[1.0],[0.5]]'],
  ['NaN', '<f8', '"NaN"'],
  [3, '|u1', '3'],
  ['9007199254740993', '<i8', '9007199254740993'],
  [[], '<f8', '[]'],
  [null, '<f8', 'null'],
  [{ omitted: 'Because.' }, '<f8', '{"omitted":"Because."}'],
  ['12', undefined, '"12"'],
])('%j of type %s is %s', (value, type, text) => {
  const types = type === undefined ? {} : { x: type };
  expect(attributesText({ x: value }, types)).toBe(`{"x":${text}}`);
});

test('a name is only a name', () => {
  const attributes = JSON.parse('{"__proto__":1,"a\\"b":2,"constructor":3}') as Record<
    string,
    number
  >;
  const types = JSON.parse('{"__proto__":"<f8"}') as Record<string, string>;
  expect(attributesText(attributes, types)).toBe('{"__proto__":1.0,"a\\"b":2,"constructor":3}');
});
