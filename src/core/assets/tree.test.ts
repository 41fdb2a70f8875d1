import { describe, expect, it } from 'vitest';
import { allFolders, assetFolders, foldersAbove, splitPath, type TreeItem } from './tree.ts';

/** The counts of each folder the simple way: every path is looked at for every folder. */
function reference(items: readonly TreeItem[]): Map<string, [files: number, bytes: number]> {
  const sums = new Map<string, [number, number]>([['', [0, 0]]]);
  for (const { path } of items) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      sums.set(path.slice(0, at + 1), [0, 0]);
    }
  }
  for (const [folder, sum] of sums) {
    for (const { path, size } of items) {
      if (!path.startsWith(folder)) continue;
      sum[0] += 1;
      sum[1] += size;
    }
  }
  return sums;
}

/** A small generator of numbers, so that a failing case can be run again by its seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

const PARTS = ['a', 'b', 'a.nwb', 'sub-01', '..', '', '__proto__', 'constructor', 'ä', '😀', '?#%'];

function randomItems(seed: number): TreeItem[] {
  const next = numbers(seed);
  return Array.from({ length: 1 + next(60) }, () => ({
    path: Array.from({ length: 1 + next(5) }, () => PARTS[next(PARTS.length)]).join('/'),
    size: next(1000),
  }));
}

describe('folderTree', () => {
  it('counts the files and bytes of every folder as a plain reference does', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const items = randomItems(seed);
      const folders = allFolders(assetFolders(items));
      const found = new Map(folders.map((one) => [one.path, [one.fileCount, one.bytes]]));
      expect(found, `seed ${seed}`).toEqual(reference(items));
      const files = folders.flatMap((one) => one.files.map((file) => one.path + file.name));
      expect(files.sort(), `seed ${seed}`).toEqual(items.map((item) => item.path).sort());
    }
  });

  it('sorts folders and files by the bytes of their names, whatever the order of the list', () => {
    const items = ['b', 'B', 'z/1', 'a/2', '\u{1F600}', '\uFF01'].map((path) => ({
      path,
      size: 1,
    }));
    const top = assetFolders(items);
    expect(top.folders.map((one) => one.name)).toEqual(['a', 'z']);
    expect(top.files.map((one) => one.name)).toEqual(['B', 'b', '\uFF01', '\u{1F600}']);
  });

  it('keeps a file and a folder of one name apart', () => {
    const top = assetFolders([
      { path: 'a', size: 1 },
      { path: 'a/b', size: 2 },
    ]);
    expect(top.files.map((one) => one.name)).toEqual(['a']);
    expect(top.folders.map((one) => [one.path, one.fileCount])).toEqual([['a/', 1]]);
  });

  it('copes with a path of 100,000 parts', () => {
    const path = 'x/'.repeat(100_000);
    const folders = allFolders(assetFolders([{ path, size: 1 }]));
    expect(folders.length).toBeLessThan(100);
    expect(splitPath(path).folder + splitPath(path).name).toBe(path);
  });

  it('is one empty folder for an empty list', () => {
    expect(allFolders(assetFolders([]))).toMatchObject([{ path: '', fileCount: 0, bytes: 0 }]);
  });
});

describe('foldersAbove', () => {
  it('names each folder from the top down', () => {
    expect(foldersAbove('a/b/')).toEqual(['a/', 'a/b/']);
    expect(foldersAbove('')).toEqual([]);
  });
});
