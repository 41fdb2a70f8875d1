import { expect, test } from 'vitest';
import { PULL_REQUEST_GROUPS, RULES } from '../../core/checks/index.ts';
import { ruleSections } from './rules-view.ts';

test('every rule has one line, and its id can be an anchor', () => {
  const rows = ruleSections().flatMap(({ rows }) => rows);
  const all = [...RULES, ...PULL_REQUEST_GROUPS.flatMap(({ rules }) => rules)];
  expect(rows.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  for (const { id, explanation, hint } of rows) {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(explanation, id).toMatch(/[.}]$/);
    expect(hint, id).not.toBe('');
  }
});

test('a rule that stays strict says so', () => {
  const words = { severity: 'error', title: 'T', explanation: 'E.', hint: 'H.' } as const;
  const rules = [
    { ...words, id: 'lenient' },
    { ...words, id: 'strict', alwaysStrict: true as const },
  ];
  const [section] = ruleSections([{ title: 'Group', rules }]);
  expect(section?.rows.map(({ isAlwaysStrict }) => isAlwaysStrict)).toEqual([false, true]);
});
