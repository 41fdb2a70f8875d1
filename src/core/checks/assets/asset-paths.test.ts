// What is reported about the paths of new records, and of those that came from elsewhere.

import { expect, it, vi } from 'vitest';
import { TestArchive } from '../../../../tests/support/broken/test-archive.ts';
import { toArchive } from '../../records/to-archive.ts';
import { parseJson } from '../../json/json-text.ts';
import { checkAssetList } from '../check-version.ts';

const parsed = parseJson(new TestArchive().text('archive.json'));
const archive = toArchive(parsed.ok ? parsed.value : {}).archive!;

type Kind = 'new' | 'published' | 'imported' | 'draft of a copy';

/** `rule severity` of each finding about paths. */
function found(paths: readonly string[], kind: Kind = 'new'): string[] {
  const text = paths
    .map((path) => `${JSON.stringify({ path, size: 1, metadata: { path } })}\n`)
    .join('');
  const isDraft = kind === 'new' || kind === 'draft of a copy';
  const flags = { published: !isDraft, imported: kind === 'imported' };
  const copy = { ...archive, archiveOfRecord: 'https://dandiarchive.org/' };
  const settings = kind === 'draft of a copy' ? copy : archive;
  return checkAssetList({ path: 'assets.jsonl', text, archive: settings, ...flags })
    .filter(({ rule }) => rule.startsWith('asset-path'))
    .map(({ rule, severity }) => `${rule} ${severity}`);
}

it.each([
  ['.git/config', 'asset-path-reserved'],
  ['sub-01/.GIT/hooks/post-checkout', 'asset-path-reserved'],
  ['GIT~1/config', 'asset-path-reserved'],
  ['.git./config', 'asset-path-reserved'],
  ['.git::$INDEX_ALLOCATION/config', 'asset-path-reserved'],
  ['.g\u200cit/config', 'asset-path-reserved'],
  ['.datalad/config', 'asset-path-reserved'],
  ['.Dandiset/x', 'asset-path-reserved'],
  ['.gitmodules', 'asset-path-reserved'],
  ['a/.gitAttributes', 'asset-path-reserved'],
  ['GITMOD~1', 'asset-path-reserved'],
  ['a\u202egpj.exe', 'asset-path-unseen'],
  ['a\u200bb.nwb', 'asset-path-unseen'],
  ['a\u2060b.nwb', 'asset-path-unseen'],
  ['a\u00adb.nwb', 'asset-path-unseen'],
  ['a\u2028b.nwb', 'asset-path-unseen'],
  [' a.nwb', 'asset-path-unseen'],
  ['sub-01 /a.nwb', 'asset-path-unseen'],
  ['a.nwb\u00a0', 'asset-path-unseen'],
  [`${'x'.repeat(256)}/a.nwb`, 'asset-path-too-long'],
  [`${'é'.repeat(128)}`, 'asset-path-too-long'],
  [`${'x/'.repeat(512)}a`, 'asset-path-too-long'],
  [`a${'\u0301'.repeat(31)}`, 'asset-path-too-long'],
])('%j is an error in a new record and a warning elsewhere', (path, rule) => {
  expect(found([path])).toContain(`${rule} error`);
  expect(found([path], 'published')).toContain(`${rule} warning`);
  expect(found([path], 'imported')).toContain(`${rule} warning`);
  expect(found([path], 'draft of a copy')).toContain(`${rule} warning`);
});

it.each(['CON', 'a/nul.txt', 'Com1.log', 'x/a:b', 'a?', 'a*b', 'a<b', 'a>b', 'a|b', 'a"b', 'a./b'])(
  '%j is a warning: Windows cannot hold it',
  (path) => {
    const expected = ['asset-path-not-portable warning'];
    expect(found([path])).toEqual(expected);
    expect(found([path], 'imported')).toEqual(expected);
  },
);

it.each([
  'sub-01/sub-01_ses-1_ecephys.nwb',
  '.bidsignore',
  '.gitignore',
  'digit.git/x',
  'img@2x.png',
  'a  b.nwb',
  'console.nwb',
  'Ünïcode/ナウシカ.nwb',
  `${'x'.repeat(255)}/${'y'.repeat(255)}`,
  'a\u0323\u0308.nwb'.normalize('NFC'),
])('%j is fine', (path) => expect(found([path])).toEqual([]));

it('distinguishes two paths in its message', () => {
  const text = ['a  b ', 'a b '].map(
    (path) => `${JSON.stringify({ path, size: 1, metadata: { path } })}\n`,
  );
  const said = checkAssetList({ path: 'assets.jsonl', text: text.join(''), archive })
    .filter(({ rule }) => rule === 'asset-path-unseen')
    .map(({ message }) => message);
  expect(new Set(said).size).toBe(2);
});

it('normalises no path beyond the bounds, however it is made', () => {
  const marks = '\u0344\u0345'.repeat(40_000);
  const hostile = [
    `a/${marks}`,
    `${marks}.nwb`,
    `${'a\u0301/'.repeat(50_000)}b`,
    `b${'\u0345'.repeat(31)}`,
  ];
  const normalize = vi.spyOn(String.prototype, 'normalize');
  try {
    const rules = found(hostile);
    const given = normalize.mock.contexts.map((text) => String(text).length);
    expect(given.filter((length) => length > 1024)).toEqual([]);
    expect(given.reduce((sum, length) => sum + length, 0)).toBeLessThan(5000);
    expect(rules.filter((rule) => rule === 'asset-path-too-long error')).toHaveLength(4);
  } finally {
    normalize.mockRestore();
  }
});
