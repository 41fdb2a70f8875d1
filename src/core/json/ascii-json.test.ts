import { expect, test } from 'vitest';
import { asciiJson } from './ascii-json.ts';

test('means the same in ASCII alone, and leaves ASCII as it was written', () => {
  const json = '{"Größe":1.50,"a":"Łódź 🧠 \\u00e9\\n","b":[1e3]}';
  const ascii = asciiJson(json);
  expect(ascii).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(ascii)).toEqual(JSON.parse(json));
  expect(ascii).toContain('":1.50,');
  expect(ascii).toContain(String.raw`\ud83e\udde0 \u00e9\n`);
  expect(JSON.parse(asciiJson('"\ud800"'))).toBe('\ud800');
});
