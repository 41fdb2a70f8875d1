import { expect, it } from 'vitest';
import { elementTexts, memberTexts } from './member-texts.ts';

it('keeps the characters of every value', () => {
  const json =
    ' { "a" : 1.0 , "b\\"{" : "x,}\\\\" ,"c":[{"d":"]"},[1,2]], "__proto__": {"e":null},"f":true }';
  expect([...memberTexts(json)]).toEqual([
    ['a', '1.0'],
    ['b"{', '"x,}\\\\"'],
    ['c', '[{"d":"]"},[1,2]]'],
    ['__proto__', '{"e":null}'],
    ['f', 'true'],
  ]);
  expect(memberTexts('{}').size).toBe(0);
});

it('accepts texts of megabytes', () => {
  const long = JSON.stringify('\n"'.repeat(3_000_000));
  expect(memberTexts(`{"a":${long},"b":2}`).get('b')).toBe('2');
});

it('keeps the characters of every element', () => {
  const json = ' [ 1.0 , {"a":[1,"],"]} ,"x,\\"]", [], null ]';
  expect(elementTexts(json)).toEqual(['1.0', '{"a":[1,"],"]}', '"x,\\"]"', '[]', 'null']);
  expect(elementTexts('[ ]')).toEqual([]);
});
