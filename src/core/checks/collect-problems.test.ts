// However much is wrong, what is retained of it is bounded, and the total is reported.

import { expect, it } from 'vitest';
import { ProblemCollector, MOST_ALIKE, MOST_KEPT } from './collect-problems.ts';
import type { Finding, RuleWords } from './rule.ts';

const RULE: RuleWords = {
  id: 'a-rule',
  severity: 'error',
  title: 'A rule',
  explanation: 'Something must hold.',
  hint: 'Fix it.',
};

function collected(findings: Iterable<Finding>) {
  const collector = new ProblemCollector();
  collector.add(RULE, findings, { path: 'a.json' });
  const problems = collector.problems();
  const counted = problems.reduce((sum, { count = 1 }) => sum + count, 0);
  return { problems, counted, found: collector.found };
}

const findings = (count: number, of: (at: number) => Partial<Finding>): Finding[] =>
  Array.from({ length: count }, (_, at) => ({ message: `Fault ${at}.`, ...of(at) }));

it('like problems are reported once, with their number', () => {
  const { problems, counted } = collected(findings(100_000, () => ({ like: 'same' })));
  expect(problems).toHaveLength(1);
  expect(counted).toBe(100_000);
});

it('of problems that all differ the first are retained and the others counted', () => {
  const { problems, counted, found } = collected(findings(100_000, (at) => ({ like: `${at}` })));
  expect(problems).toHaveLength(MOST_KEPT + 1);
  expect([counted, found]).toEqual([100_000, 100_000]);
  expect(problems.at(-1)?.message).toMatch(/^Fault \d+\. \(98,999 more of this rule/);
  expect(problems.every(({ severity }) => severity === 'error')).toBe(true);
});

it('an error among very many warnings stays an error', () => {
  const many = findings(MOST_KEPT * 2, (at) => ({ like: `${at}`, severity: 'warning' }));
  const { problems } = collected([...many, { message: 'Worse.', like: 'worse' }]);
  expect(problems.map(({ severity }) => severity)).toContain('error');
});

it('pairs, triples … of different problems are bounded too', () => {
  const { problems, counted } = collected(
    findings(100_000, (at) => ({ like: `${at % (100_000 / MOST_ALIKE)}` })),
  );
  expect(problems.length).toBeLessThanOrEqual(MOST_KEPT + 1);
  expect(counted).toBe(100_000);
});

it('the location of a problem is named by no more than 1,000 characters', () => {
  const key = 'k'.repeat(1_000_000);
  const { problems } = collected([{ message: 'Fault.', pointer: `/metadata/digest/${key}` }]);
  expect(problems[0]?.pointer).toBe('/metadata/digest');
});
