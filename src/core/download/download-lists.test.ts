import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../../../tests/support/temporary-folder.ts';
import { sha256Hex } from '../digests/sha256.ts';
import { aria2List, sumList, urlList, type FetchableFile } from './download-lists.ts';

const STORE = 'https://store.example/blobs/';

const file = (target: string, text = target): FetchableFile => ({
  target,
  from: [STORE + sha256Hex(text)],
  digest: { algorithm: 'sha256', value: sha256Hex(text) },
});

const HOSTILE = [
  'a.nwb\n  dir=/etc',
  'a.nwb\n  on-download-complete=/bin/sh',
  '../../.bashrc',
  '/etc/passwd',
  'a/../../b.nwb',
  'C:\\a.nwb',
  '.git/hooks/post-checkout',
  ' leading.nwb',
  'trailing.nwb ',
  'a\rb',
  '\u0000',
  '',
];

test('aria2 gets one address, one path and one checksum a file', () => {
  expect(aria2List([file('sub-1/a b.nwb')])).toBe(
    `${STORE}${sha256Hex('sub-1/a b.nwb')}\n  out=sub-1/a b.nwb\n  checksum=sha-256=${sha256Hex('sub-1/a b.nwb')}\n`,
  );
  const etag = { ...file('b'), digest: { algorithm: 'dandi-etag', value: '0-1' } as const };
  expect(aria2List([etag])).not.toContain('checksum');
});

test('no path adds an option to aria2, leaves the folder, or changes on the way', () => {
  const list = aria2List([...HOSTILE.map((one) => file(one)), file('good.nwb')]);
  expect(list.split('\n')).toEqual([
    STORE + sha256Hex('good.nwb'),
    '  out=good.nwb',
    `  checksum=sha-256=${sha256Hex('good.nwb')}`,
    `# Not in this list, for lack of an address or a usable path: ${HOSTILE.length}`,
    '',
  ]);
});

test('no address adds a line to a list', () => {
  const bad = { target: 'a', from: ['https://x.example/a\nhttps://evil.example/', 'file:///etc'] };
  expect(urlList([bad, file('b')])).toBe(`${STORE}${sha256Hex('b')}\n`);
  expect(aria2List([bad])).toMatch(/^#/);
});

test('the sums are those that sha256sum checks, and only of files inside the folder', () => {
  const names = ['a.nwb', 'sub-1/b c.nwb', '*star.nwb'];
  const outside = HOSTILE.filter((name) => name.trim() === name);
  const folder = temporaryFolder(Object.fromEntries(names.map((name) => [name, name])));
  writeFiles(folder, { sums: sumList([...names, ...outside].map((name) => file(name))) });
  const said = execFileSync('sha256sum', ['-c', 'sums'], { cwd: folder, encoding: 'utf8' });
  expect(said).toBe(names.map((name) => `${name}: OK\n`).join(''));
});
