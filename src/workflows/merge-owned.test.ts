import { expect, test } from 'vitest';
import type { DandisetNumber } from '../core/identifiers/dandiset-id.ts';
import { planMerges, type MergeCandidate, type MergeDecision } from './merge-owned.ts';

const number = '000004' as DandisetNumber;
const now = new Date('2026-11-24T12:00:00Z');

const GOOD: MergeCandidate = {
  pull: {
    number: 7,
    title: 'Draft',
    author: 'Ada',
    isDraft: false,
    head: 'a'.repeat(40),
    base: 'main',
    updatedAt: '2026-11-23T12:00:00Z',
    url: '',
  },
  remarks: [{ author: 'bot', isBot: true, at: '', text: 'Report' }],
  checks: 'green',
  check: {
    scope: {
      parts: [{ kind: 'draft', name: 'the draft of 000004', number }],
      target: { kind: 'draft', number },
      asksForRelease: true,
      isRemoval: false,
    },
    owners: ['ada'],
  },
  problems: [{ rule: 'x', severity: 'warning', path: '', message: 'Look.' }],
};

function decision(
  change: Partial<MergeCandidate>,
  hours = 24,
): MergeDecision['action'] | undefined {
  return planMerges([{ ...GOOD, ...change }], { now, hours })[0]?.action;
}

const { pull, check } = GOOD;
const status = { kind: 'status', name: 'x', number } as const;

test.each<[string, Partial<MergeCandidate>, MergeDecision['action']]>([
  ['all is well', {}, 'merge'],
  ['the forge ran no check', { checks: 'none' }, 'merge'],
  ['a check runs', { checks: 'running' }, 'wait'],
  ['a check failed', { checks: 'red' }, 'leave'],
  ['something happened since', { pull: { ...pull, updatedAt: '2026-11-23T12:00:01Z' } }, 'wait'],
  ['its time lies ahead', { pull: { ...pull, updatedAt: '2027-01-01T00:00:00Z' } }, 'wait'],
  ['its time cannot be read', { pull: { ...pull, updatedAt: 'yesterday' } }, 'wait'],
  ['it is marked as not ready', { pull: { ...pull, isDraft: true } }, 'leave'],
  ['its author is another', { pull: { ...pull, author: 'mallory' } }, 'leave'],
  [
    'its author is nobody',
    { pull: { ...pull, author: '' }, check: { ...check, owners: [''] } },
    'leave',
  ],
  ['nobody owns it', { check: { ...check, owners: [] } }, 'leave'],
  [
    'a person said something',
    { remarks: [{ author: 'ada', isBot: false, at: '', text: 'Wait.' }] },
    'leave',
  ],
  [
    'there is an error',
    { problems: [{ rule: 'x', severity: 'error', path: '', message: '' }] },
    'leave',
  ],
  [
    'it touches more',
    { check: { ...check, scope: { ...check.scope, parts: [...check.scope.parts, status] } } },
    'leave',
  ],
  [
    'it takes the draft away',
    { check: { ...check, scope: { ...check.scope, isRemoval: true } } },
    'leave',
  ],
])('%s', (_, change, action) => {
  expect(decision(change)).toBe(action);
});

test('the time to wait is the archive’s', () => {
  expect(decision({}, 25)).toBe('wait');
  expect(decision({ pull: { ...pull, updatedAt: '2026-11-24T11:59:59Z' } }, 0)).toBe('merge');
});
