import { appendFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import {
  bytesContract,
  drained,
  failureOf,
  patternBytes,
} from '../../../tests/support/stores/bytes-contract.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { blobBytes } from './blob-bytes.ts';
import { openFile } from './file-bytes.ts';
import { memoryBytes } from './memory-bytes.ts';
import { openBytes } from './open-bytes.ts';

const fileOf = (content: Uint8Array): string =>
  path.join(temporaryFolder({ 'a b.bin': content }), 'a b.bin');

bytesContract('memory', async (content) => memoryBytes(content));
bytesContract('a Blob', async (content) => blobBytes(new Blob([content])));
bytesContract('a file', (content) => openFile(fileOf(content)));
bytesContract('a file address', (content) => openBytes(pathToFileURL(fileOf(content)).href));

test.each<[string, (file: string) => void]>([
  ['grows', (file) => appendFileSync(file, 'x')],
  ['shrinks', (file) => truncateSync(file, 10)],
  ['is replaced', (file) => (rmSync(file), writeFileSync(file, new Uint8Array(200_000)))],
  ['is written to at another time', (file) => utimesSync(file, 1, 1)],
])('a file that %s is another', async (_, change) => {
  const file = fileOf(patternBytes(200_000));
  const bytes = await openFile(file);
  const stream = bytes.stream();
  change(file);
  for (const work of [() => bytes.range(0, 200_000), () => drained(stream)])
    expect(await failureOf(work())).toMatchObject({ code: 'bytes-changed' });
});

test('a file that changes while it streams fails at the latest at its end', async () => {
  const file = fileOf(patternBytes(3_000_000));
  const reader = (await openFile(file)).stream().getReader();
  await reader.read();
  appendFileSync(file, 'x');
  const rest = async (): Promise<void> => {
    while (!(await reader.read()).done);
  };
  expect(await failureOf(rest())).toMatchObject({ code: 'bytes-changed' });
});

test('a path without a file, and a folder', async () => {
  const folder = temporaryFolder();
  expect(await failureOf(openFile(path.join(folder, 'x')))).toMatchObject({
    code: 'bytes-not-found',
  });
  expect(await failureOf(openFile(folder))).toMatchObject({ code: 'bytes-unreadable' });
  const bytes = await openFile(fileOf(patternBytes(10)));
  rmSync(bytes.name);
  expect(await failureOf(bytes.range(0, 1))).toMatchObject({ code: 'bytes-not-found' });
});
