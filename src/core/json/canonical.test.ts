import { expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';

it('orders keys by UTF-16 units and leaves no blanks (RFC 8785, section 3.2.3)', () => {
  const value = {
    '€': 1,
    '\r': 2,
    '\ufb33': 3,
    '1': 4,
    '😀': 5,
    '\u0080': 6,
    ö: 7,
    b: [true, null],
  };
  expect(canonicalJson(value)).toBe(
    '{"\\r":2,"1":4,"b":[true,null],"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
  );
});

it('accepts no number that another program could write differently', () => {
  expect(() => canonicalJson({ a: 1.5 })).toThrow(TypeError);
  expect(() => canonicalJson(2 ** 53)).toThrow(TypeError);
  expect(() => canonicalJson('\ud800')).toThrow(TypeError);
});
