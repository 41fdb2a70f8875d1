// What is reported about the names of files, however long they are.

import { expect, it, vi } from 'vitest';
import { ProblemCollector } from './collect-problems.ts';
import { SHAPE_RULES } from './content-shape.ts';

it('normalises no name beyond the bounds, and says that no system can store it', () => {
  const marks = '\u0344\u0345'.repeat(20_000);
  const paths = [
    `pages/${marks}.mdx`,
    `pages/${'a\u0301/'.repeat(5000)}b.mdx`,
    'pages/cafe\u0301.mdx',
  ];
  const collector = new ProblemCollector();
  const normalize = vi.spyOn(String.prototype, 'normalize');
  try {
    const entries = paths.map((path) => ({ path, kind: 'file' as const, size: 1 }));
    collector.check(SHAPE_RULES, entries, { path: '' });
    const given = normalize.mock.contexts.map((text) => String(text).length);
    expect(given.reduce((sum, length) => sum + length, 0)).toBeLessThan(1000);
  } finally {
    normalize.mockRestore();
  }
  const found = collector.problems().map(({ rule, path }) => `${rule} ${paths.indexOf(path)}`);
  expect(found).toContain('file-name-not-portable 0');
  expect(found).toContain('file-name-not-portable 1');
  expect(found).toContain('file-name-not-nfc 2');
});

it('gives what is derived from bytes its place next to the status, and nowhere else', () => {
  const collector = new ProblemCollector();
  const entries = [
    'dandisets/000/000001/derived.json',
    'dandisets/000/000001/draft/derived.json',
  ].map((path) => ({ path, kind: 'file' as const, size: 1 }));
  collector.check(SHAPE_RULES, entries, { path: '' });
  expect(collector.problems().map(({ rule, path }) => [rule, path])).toEqual([
    ['file-without-place', 'dandisets/000/000001/draft/derived.json'],
  ]);
});
