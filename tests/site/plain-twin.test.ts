// The measure of the bench is worth something only while the plain renderer writes the same pages.

import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { builtSite, demoContent } from '../../src/testing/built-site.ts';
import { repository } from '../../src/testing/needed-part.ts';
import { runProgram } from '../../src/testing/run-cli.ts';
import { temporaryFolder } from '../../src/testing/temporary-folder.ts';

const OWN_TO_ASTRO = /^(?:api|handbook|submit|submissions|edit|search|offline)\//;

/** Bytes of each page below a folder, by its path. */
function sizes(folder: string): Map<string, number> {
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => path.basename(name) === 'index.html' && !OWN_TO_ASTRO.test(name))
      .map((name) => [name, statSync(path.join(folder, name)).size]),
  );
}

test('the plain renderer of the bench writes every page, within a tenth of its bytes', async () => {
  const plain = temporaryFolder();
  const renderer = path.join(repository, 'scripts', 'bench', 'plain-renderer.ts');
  const env = { ARCHIVE_CONTENT: demoContent, OUT_DIR: plain, BASE_PATH: '/' };
  const run = await runProgram(process.execPath, ['--no-warnings', renderer], env);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const site = await builtSite({ content: demoContent });
  await site.close();

  const [ours, theirs] = [sizes(site.dist), sizes(plain)];
  expect([...theirs.keys()].sort()).toEqual([...ours.keys()].sort());
  const apart = [...ours]
    .map(([page, bytes]) => [page, (theirs.get(page) ?? 0) / bytes - 1] as const)
    .filter(([, share]) => Math.abs(share) > 0.1)
    .map(([page, share]) => `${page} ${(100 * share).toFixed(1)} %`);
  expect(apart).toEqual([]);
});
