import { describe, expect, test } from 'vitest';
import { listedFile, type ListedFile } from '../../core/compare/listed-file.ts';
import type { JsonObject } from '../../core/json/json-text.ts';
import { markupHtml } from './compare-markup.ts';
import { valueWords } from './compare-values.ts';
import { comparisonMarkup, comparisonWords, versionComparison, isSame } from './compare-view.ts';

const files = (paths: string[]): ListedFile[] =>
  paths.map((path) =>
    listedFile({ path, size: 1, metadata: { digest: { 'dandi:sha2-256': path } } }),
  );

function shown(before: JsonObject, after: JsonObject): string {
  const side = (version: string, record: JsonObject) => ({ version, record, files: files([]) });
  const comparison = versionComparison(side('0.1', before), side('0.2', after), 100);
  return markupHtml(comparisonMarkup(comparison, { most: 10, left: 10 }));
}

describe('untrusted text as it is shown', () => {
  test('is text, never markup', () => {
    const html = shown({}, { '<b>': '<img src=x onerror=alert(1)>', about: [{ name: '"><i>' }] });
    expect(html).not.toMatch(/<(?:b|img|i)\b/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  test('has no e-mail address in it, not even a fragment', () => {
    const email = (name: string): string => `${'word '.repeat(100)} ${name}@example.org end`;
    const html = shown(
      { a: email('one'), b: ['x'], c: { email: 'gone@example.org' } },
      { a: email('two'), b: ['x', 'new@example.org'], d: [{ name: 'mail@example.org', x: 1 }] },
    );
    expect(html).not.toContain('example');
    expect(html).toContain('in a part that is not shown here');
  });

  test('is short, whatever its length and depth', () => {
    const nested = JSON.parse(
      `${'['.repeat(150)}${'"x",'.repeat(9)}"y"${']'.repeat(150)}`,
    ) as JsonObject[];
    expect(valueWords(nested).length).toBeLessThan(700);
    expect(
      valueWords({ a: 'x'.repeat(10_000_000), b: 'y'.repeat(10_000_000) }).length,
    ).toBeLessThan(700);
    const [before, after] = ['a', 'b'].map((letter) => ({ name: letter.repeat(1_000_000) }));
    expect(shown(before!, after!).length).toBeLessThan(5000);
  });
});

describe('how much is shown', () => {
  const many = (prefix: string): ListedFile[] =>
    files(Array.from({ length: 30 }, (_, at) => `${prefix}${at}`));

  test('is bounded, and what is not shown is counted', () => {
    const side = (version: string, list: ListedFile[]) => ({ version, record: {}, files: list });
    const comparison = versionComparison(side('0.1', many('a')), side('0.2', many('b')), 10);
    const budget = { most: 20, left: 25 };
    const html = markupHtml(comparisonMarkup(comparison, budget));
    expect(html.match(/<li>/g)).toHaveLength(25);
    expect(html).toContain('10 more not listed here.');
    expect(html).toContain('25 more not listed here.');
    expect(budget.left).toBe(0);
    expect(comparisonWords(comparison)).toBe('30 files added, 30 removed; metadata unchanged');
  });

  test('says where a list is not held, and does not call that the same', () => {
    const before = { version: '0.1', record: { name: 'A' }, files: undefined };
    const comparison = versionComparison(before, { ...before, version: '0.2', files: [] }, 10);
    expect(isSame(comparison)).toBeUndefined();
    const html = markupHtml(comparisonMarkup(comparison, { most: 1, left: 1 }));
    expect(html).toContain('the list of 0.1 is not here');
  });
});
