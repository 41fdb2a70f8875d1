import { expect, test } from 'vitest';
import {
  browserFiles,
  browserOffer,
  MAX_ADVISED_BYTES,
  MAX_BROWSER_FILES,
  MAX_ZIP_BYTES,
  MAX_ZIP_IN_MEMORY,
  type BrowserFile,
} from './browser-download.ts';

const STORE = 'https://store.example/';

const file = (target: string, ...from: string[]): BrowserFile => ({
  target,
  size: 1,
  from: from.length === 0 ? [`${STORE}blobs/a`] : from,
});

const sorted = (wanted: BrowserFile[], isWindows = false): Record<string, string> => {
  const place = { reachable: ['https://lab.example/', STORE], isWindows, ignoresCase: isWindows };
  const { files, leftOut } = browserFiles(wanted, place);
  expect(files.length + leftOut.length).toBe(wanted.length);
  return Object.fromEntries([
    ...files.map(({ target, from }) => [target, from.join(' ')]),
    ...leftOut.map(({ path, why }) => [path, why]),
  ]);
};

test('a page requests bytes from its own site and the stores alone', () => {
  const other = 'https://other.example/a';
  expect(
    sorted([
      file('here', 'https://LAB.example/storage/a'),
      file('both', other, `${STORE}a`),
      file('elsewhere', other),
      file('prefix', 'https://store.example.evil.example/a'),
      file('user', 'https://store.example@evil.example/a'),
      { ...file('nowhere'), from: [] },
    ]),
  ).toEqual({
    here: 'https://LAB.example/storage/a',
    both: `${STORE}a`,
    elsewhere: expect.stringContaining('not in the stores'),
    prefix: expect.stringContaining('not in the stores'),
    user: expect.stringContaining('not in the stores'),
    nowhere: 'its record names no place of its bytes',
  });
});

test('a path that leaves the folder or that programs act on is left out', () => {
  const hostile = ['../a', '/a', 'a/../../b', 'a\nb', '.git/hooks/post-checkout', 'C:\\a', ''];
  for (const why of Object.values(sorted(hostile.map((one) => file(one)))))
    expect(why).toMatch(/^its path /);
});

test('names that Windows cannot hold, or that differ in case alone, are left out there only', () => {
  const names = [file('a.nwb'), file('A.nwb'), file('con.txt'), file('ab:c')];
  expect(Object.values(sorted(names))).toEqual(names.map(({ from }) => from[0]));
  expect(sorted(names, true)).toEqual({
    'a.nwb': `${STORE}blobs/a`,
    'A.nwb': 'a.nwb would be in the same place',
    'con.txt': expect.stringContaining('device'),
    'ab:c': expect.stringContaining('Windows'),
  });
});

test('what is offered depends on the size and on the browser', () => {
  const chrome = { savesFiles: true, opensFolders: true };
  const firefox = { savesFiles: false, opensFolders: false };
  const offered = (bytes: number, abilities: typeof chrome, files = 10): string => {
    const { zip, folder, isAdvised, why } = browserOffer({ files, bytes }, abilities);
    expect(isAdvised, why).toBe((zip || folder) && bytes <= MAX_ADVISED_BYTES);
    return [zip ? 'zip' : '', folder ? 'folder' : '', why === '' ? '' : 'why'].join('');
  };
  expect(offered(MAX_ZIP_BYTES, chrome)).toBe('zipfolder');
  expect(offered(MAX_ZIP_BYTES + 1, chrome)).toBe('folderwhy');
  expect(offered(MAX_ADVISED_BYTES + 1, chrome)).toBe('folderwhy');
  expect(offered(MAX_ZIP_IN_MEMORY, firefox)).toBe('zip');
  expect(offered(MAX_ZIP_IN_MEMORY + 1, firefox)).toBe('why');
  expect(offered(1, chrome, MAX_BROWSER_FILES + 1)).toBe('why');
});
