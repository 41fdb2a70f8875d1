import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchFolder, type FolderWatch } from './watch-folder.ts';

let folder: string;
let folderWatch: FolderWatch;
let changes: string[];
let wake: () => void;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'watch-'));
  await mkdir(path.join(folder, 'a/b'), { recursive: true });
  await writeFile(path.join(folder, 'a/b/record.json'), '1');
  changes = [];
  wake = () => undefined;
  folderWatch = await watchFolder(folder, (changed) => {
    changes.push(changed);
    wake();
  });
});

afterEach(async () => {
  folderWatch.close();
  await rm(folder, { recursive: true, force: true });
});

/** Performs an action and waits until the change is reported; the test's time-out is the limit. */
async function told(action: () => Promise<unknown>): Promise<void> {
  const call = new Promise<void>((resolve) => {
    wake = resolve;
  });
  await action();
  await call;
}

const replace = async (text: string): Promise<void> => {
  await writeFile(path.join(folder, 'a/b/.record.tmp'), text);
  await rename(path.join(folder, 'a/b/.record.tmp'), path.join(folder, 'a/b/record.json'));
};

test('reports a file that is written', { timeout: 10_000 }, async () => {
  await told(() => writeFile(path.join(folder, 'a/b/record.json'), '2'));
  expect(changes).toContain(path.join('a', 'b', 'record.json'));
});

test('reports a file each time it is replaced', { timeout: 10_000 }, async () => {
  for (const text of ['2', '3', '4']) await told(() => replace(text));
  expect(changes.length).toBeGreaterThanOrEqual(3);
});

test('reports files in new folders', { timeout: 10_000 }, async () => {
  await told(() => mkdir(path.join(folder, 'c/d'), { recursive: true }));
  await told(() => writeFile(path.join(folder, 'c/d/record.json'), '1'));
  await told(() => rm(path.join(folder, 'c'), { recursive: true }));
  expect(changes.length).toBeGreaterThanOrEqual(3);
});
