import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { folderFiles } from './folder-files.ts';
import { fileChunks } from './source-files.ts';

it('stops decompressing where a file grows beyond its bound', async () => {
  const folder = temporaryFolder({ 'bomb.gz': gzipSync(new Uint8Array(50_000_000)) });
  let read = 0;
  const reading = async (): Promise<void> => {
    for await (const chunk of fileChunks(folderFiles(folder), 'bomb.gz', 1_000_000))
      read += chunk.length;
  };
  await expect(reading()).rejects.toMatchObject({ rule: 'source-too-large' });
  expect(read).toBeLessThanOrEqual(1_000_000);
});
