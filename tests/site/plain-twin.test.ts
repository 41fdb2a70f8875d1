// The measure of the bench is worth something only while the plain renderer writes the same pages.

import path from 'node:path';
import { expect, test } from 'vitest';
import { comparedPages } from '../../scripts/bench/measure-builds.ts';
import { builtSite, demoContent } from '../support/sites/built-site.ts';
import { repository } from '../support/needed-part.ts';
import { runProgram } from '../support/process/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('the plain renderer of the bench writes every page, within a tenth of its bytes', async () => {
  const plain = temporaryFolder();
  const renderer = path.join(repository, 'scripts', 'bench', 'plain-renderer.ts');
  const env = { ARCHIVE_CONTENT: demoContent, OUT_DIR: plain, BASE_PATH: '/' };
  const run = await runProgram(process.execPath, ['--no-warnings', renderer], env);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const site = await builtSite({ content: demoContent });
  await site.close();

  const [ours, theirs] = [comparedPages(site.dist), comparedPages(plain)];
  expect([...theirs.keys()].sort()).toEqual([...ours.keys()].sort());
  const apart = [...ours]
    .map(([page, bytes]) => [page, (theirs.get(page) ?? 0) / bytes - 1] as const)
    .filter(([, share]) => Math.abs(share) > 0.1)
    .map(([page, share]) => `${page} ${(100 * share).toFixed(1)} %`);
  expect(apart).toEqual([]);
});
