import { describe, expect, it } from 'vitest';
import { yamlToJson } from './yaml-to-json.ts';

describe('yamlToJson', () => {
  it.each([
    [
      'numbers keep their spelling',
      '[1.0, 1e3, 12345678901234567890, -0]',
      '[1.0,1e3,12345678901234567890,-0]',
    ],
    [
      'what only YAML takes for a number is text',
      '[017, 0x1F, +1, .5, 1_000]',
      '["017","0x1F","+1",".5","1_000"]',
    ],
    [
      'dates and times are text',
      '[2021-01-01, 2021-01-01T00:00:00Z, 12:30]',
      '["2021-01-01","2021-01-01T00:00:00Z","12:30"]',
    ],
    [
      'words of one dialect only are text',
      '[yes, no, on, True, ~, null]',
      '["yes","no","on",true,null,null]',
    ],
    ['quoted words are text', `["1", 'true', !!str 5]`, '["1","true","5"]'],
    [
      'keys keep their order, whatever they look like',
      '{2: a, 1: b, __proto__: c, null: d, "": e}',
      '{"2":"a","1":"b","__proto__":"c","null":"d","":"e"}',
    ],
    ['aliases are written out', '{a: &x {p: 1}, b: *x}', '{"a":{"p":1},"b":{"p":1}}'],
    [
      'a name given again stands for the last one',
      'a: &x {b: &y 1}\nc: &y 2\nd: *x\ne: *y',
      '{"a":{"b":1},"c":2,"d":{"b":1},"e":2}',
    ],
    ['an empty value is null', 'a:\nb: |\n  x\n   y\n', '{"a":null,"b":"x\\n y\\n"}'],
  ])('%s', (_, yaml, json) => {
    expect(yamlToJson(yaml)).toEqual({ ok: true, json });
  });

  it.each([
    ['a key there twice', 'a: 1\nb: 2\na: 3', 3, 'twice'],
    ['a key of another kind', 'a: 1\n? [x]\n: 1', 2, 'no text'],
    ['an unknown alias', 'a: 1\nb: *nobody', 2, 'nowhere'],
    ['an unknown tag', 'a: !!python/object:os.system x', 1, 'tag'],
    ['an alias inside of itself', 'a: &x\n  b: *x', 2, 'deeper'],
    ['several documents', 'a: 1\n---\nb: 2', 2, 'documents'],
    ['what is no YAML', 'a: 1\nb: [1', 2, 'not YAML'],
    ['brackets without end', '['.repeat(100_000), 1, 'deep'],
    ['dashes without end', '- '.repeat(100_000), 1, 'deep'],
  ])('%s is named with its line', (_, yaml, line, words) => {
    expect(yamlToJson(yaml)).toEqual({ ok: false, line, message: expect.stringContaining(words) });
  });

  it('does not let aliases blow a record up', () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const inner = level === 0 ? 'laugh' : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array(10).fill(inner).join(', ')}]`;
    });
    expect(yamlToJson(levels.join('\n'))).toMatchObject({
      ok: false,
      message: expect.stringContaining('aliases'),
    });
  });
});
