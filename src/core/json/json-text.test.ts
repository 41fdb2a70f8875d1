import { describe, expect, it } from 'vitest';
import { compactJson, indentJson, listMember, member, parseJson } from './json-text.ts';

const text = (laidOut: ReturnType<typeof compactJson>): string =>
  laidOut.ok ? laidOut.text : `line ${laidOut.problem.line}: ${laidOut.problem.message}`;

describe('layout of JSON', () => {
  it('keeps the spelling of numbers, integer-like keys in order, and escapes', () => {
    const source =
      '{ "10": 1.0, "9": 1e3, "a": 12345678901234567890, "é": "\\u00e9", "__proto__": {} }';
    expect(text(compactJson(source))).toBe(
      '{"10":1.0,"9":1e3,"a":12345678901234567890,"é":"\\u00e9","__proto__":{}}',
    );
  });

  it('indents as records are written, and twice is once', () => {
    const once = text(indentJson('{"a":[],"b":{},"c":[1,{"d":null}]}'));
    expect(once).toBe(
      '{\n  "a": [],\n  "b": {},\n  "c": [\n    1,\n    {\n      "d": null\n    }\n  ]\n}',
    );
    expect(text(indentJson(once))).toBe(once);
    expect(JSON.stringify(JSON.parse(once), null, 2)).toBe(once);
  });

  it.each([
    ['{"a": 1,\n "a": 2}', 'line 2: the key "a" is there twice'],
    ['{"a": 1,\n "b" 2}', 'line 2: expected ":", found 2'],
    ['[1,\n2', 'line 2: the text ends too early'],
    ['[01]', 'line 1: expected "," or "]", found 1'],
    ['{"a":"x\ny"}', 'line 1: a bare control character in a text'],
    ['{} {}', 'line 1: something follows the value'],
    ['"\\x"', 'line 1: an unknown escape in a text'],
    ['', 'line 1: the text ends too early'],
    ['[NaN]', 'line 1: unexpected "N"'],
    [`${'['.repeat(300)}${']'.repeat(300)}`, 'line 1: nested deeper than 200'],
  ])('says where %j is broken', (source, message) => {
    expect(text(compactJson(source))).toBe(message);
  });

  it('accepts a text of ten megabytes', () => {
    const source = `{"a":"${'x\\n'.repeat(3_000_000)}"}`;
    expect(text(compactJson(source))).toBe(source);
  });
});

describe('reading of JSON', () => {
  it('gives values, or the location of the problem', () => {
    expect(parseJson('{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
    expect(parseJson('{"a":}')).toEqual({
      ok: false,
      problem: { message: 'unexpected }', line: 1, column: 6 },
    });
    expect(parseJson(`${'['.repeat(500)}${']'.repeat(500)}`).ok).toBe(false);
  });

  it('never reaches into prototypes', () => {
    const parsed = parseJson('{"__proto__": {"polluted": true}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(parsed.ok && member(parsed.value, 'constructor')).toBeUndefined();
    expect(parsed.ok && member(parsed.value, '__proto__')).toEqual({ polluted: true });
  });

  it('treats a lone value as a list of one', () => {
    expect(listMember({ license: 'spdx:CC0-1.0' }, 'license')).toEqual(['spdx:CC0-1.0']);
    expect(listMember({ license: null }, 'license')).toEqual([]);
  });
});
