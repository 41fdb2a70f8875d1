import { expect, test } from 'vitest';
import { decideMerge, type MergeCandidate, type MergeDecision } from './merge-owned.ts';

const now = new Date('2026-11-24T12:00:00Z');

const GOOD: MergeCandidate = {
  pull: {
    number: 7,
    title: 'Draft',
    author: { id: 7, login: 'Ada' },
    isDraft: false,
    head: 'a'.repeat(40),
    base: 'main',
    updatedAt: '2026-11-23T12:00:00Z',
    url: '',
  },
  remarks: [{ author: 'bot', isBot: true, at: '', text: 'Report' }],
  checks: 'green',
  facts: {
    base: 'b'.repeat(40),
    head: 'a'.repeat(40),
    tree: 'c'.repeat(40),
    history: 'plain',
    errors: 0,
    draft: '000004',
    owners: [{ id: 7, login: 'ada' }],
    asksForRelease: true,
    isPublished: true,
    ownersPublish: true,
    losesFiles: false,
    foreignFiles: 0,
  },
};

function decision(change: Partial<MergeCandidate>, hours = 24): MergeDecision['action'] {
  return decideMerge({ ...GOOD, ...change }, { now, hours }).action;
}

const { pull, facts } = GOOD;
const noDraft: MergeCandidate['facts'] = { ...facts };
delete noDraft.draft;
const unknownFiles: MergeCandidate['facts'] = { ...facts };
delete unknownFiles.foreignFiles;

test.each<[string, Partial<MergeCandidate>, MergeDecision['action']]>([
  ['all is well', {}, 'merge'],
  ['the forge ran no check', { checks: 'none' }, 'merge'],
  ['a check runs', { checks: 'running' }, 'wait'],
  ['a check failed', { checks: 'red' }, 'leave'],
  ['something happened since', { pull: { ...pull, updatedAt: '2026-11-23T12:00:01Z' } }, 'wait'],
  ['its time lies ahead', { pull: { ...pull, updatedAt: '2027-01-01T00:00:00Z' } }, 'wait'],
  ['its time cannot be read', { pull: { ...pull, updatedAt: 'yesterday' } }, 'wait'],
  ['it is marked as not ready', { pull: { ...pull, isDraft: true } }, 'leave'],
  ['its author is another', { pull: { ...pull, author: { id: 8, login: 'mallory' } } }, 'leave'],
  ['another has the login now', { pull: { ...pull, author: { id: 8, login: 'ada' } } }, 'leave'],
  [
    'the owner has another login now',
    { pull: { ...pull, author: { id: 7, login: 'x' } } },
    'merge',
  ],
  ['no account is known', { facts: { ...facts, owners: [{ login: 'Ada' }] } }, 'leave'],
  ['its author is gone', { pull: { ...pull, author: undefined } }, 'leave'],
  ['nobody owns it', { facts: { ...facts, owners: [] } }, 'leave'],
  [
    'a person said something',
    { remarks: [{ author: 'ada', isBot: false, at: '', text: 'Wait.' }] },
    'leave',
  ],
  ['there is an error', { facts: { ...facts, errors: 1 } }, 'leave'],
  ['it touches more than a draft, or takes it away', { facts: noDraft }, 'leave'],
  ['it holds merges', { facts: { ...facts, history: 'merges' } }, 'leave'],
  ['there are two ways back', { facts: { ...facts, history: 'crossed' } }, 'leave'],
  ['its files are gone', { facts: { ...facts, losesFiles: true } }, 'leave'],
  ['it lists files of others', { facts: { ...facts, foreignFiles: 1 } }, 'leave'],
  ['it cannot be told whose files it lists', { facts: unknownFiles }, 'leave'],
  ['it is the first version', { facts: { ...facts, isPublished: false } }, 'leave'],
  [
    'a change before the first version',
    { facts: { ...facts, isPublished: false, asksForRelease: false } },
    'merge',
  ],
  ['curators publish here', { facts: { ...facts, ownersPublish: false } }, 'leave'],
  [
    'curators publish here, and it asks for nothing',
    { facts: { ...facts, ownersPublish: false, asksForRelease: false } },
    'merge',
  ],
])('%s', (_title, change, action) => {
  expect(decision(change)).toBe(action);
});

test('the time to wait is set by the archive', () => {
  expect(decision({}, 25)).toBe('wait');
  expect(decision({ pull: { ...pull, updatedAt: '2026-11-24T11:59:59Z' } }, 0)).toBe('merge');
});
