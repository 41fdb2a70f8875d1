import { expect, it } from 'vitest';
import { harmlessJson, jsonWithoutEmails } from './public-json.ts';

it('means the same and begins no tag', () => {
  const value = { a: '<script>alert(1)</script><!-- <?x <img', b: 'p < 0.05, x<5', '<b': [1] };
  const json = harmlessJson(JSON.stringify(value));
  expect(JSON.parse(json)).toEqual(value);
  expect(json).not.toMatch(/<[a-z/!?]/i);
  expect(json).toContain('p < 0.05, x<5');
});

it('replaces e-mail addresses and leaves everything else as it was written', () => {
  const json = '{"@context":1.0,"a":"see\\njane.doe@example.org, \\"x\\"","b":[1e3,"no @ here"]}';
  expect(jsonWithoutEmails(json)).toBe(
    '{"@context":1.0,"a":"see\\n[e-mail], \\"x\\"","b":[1e3,"no @ here"]}',
  );
  expect(jsonWithoutEmails('{"a":"jane\\u0040example.org"}')).toContain('[e-mail]');
});
