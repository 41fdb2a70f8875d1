// A site whose address has a path is built and served below that path, with no other setting.

import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { repository } from '../support/needed-part.ts';
import { runCli } from '../support/process/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const settings = {
  name: 'Lab archive',
  identifierPrefix: 'LAB',
  site: 'https://lab.example/archive/',
  repository: 'https://code.example/lab',
  licenses: ['spdx:CC0-1.0'],
  stores: [{ kind: 'folder', path: 'storage', url: '/storage/' }],
};

/** The address that `dandiset serve` prints for a site. */
async function served(dist: string): Promise<string> {
  const script = path.join(repository, 'scripts/dandiset.mjs');
  const server = spawn(process.execPath, [script, 'serve', dist, '--port', '0'], {
    env: { ...process.env, BASE_PATH: undefined },
  });
  onTestFinished(() => void server.kill());
  let text = '';
  for await (const chunk of server.stdout) {
    text += String(chunk);
    const address = / is at (http\S+)$/m.exec(text)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`dandiset serve printed no address: ${text}`);
}

test('a site is built and served below the path in its address', async () => {
  const folder = temporaryFolder();
  const [content, dist] = [path.join(folder, 'content'), path.join(folder, 'dist')];
  mkdirSync(content);
  writeFileSync(path.join(content, 'archive.json'), JSON.stringify(settings));
  const built = await runCli('build', '--content', content, '--out', dist);
  expect(built.code, built.stderr).toBe(0);

  const home = await served(dist);
  expect(new URL(home).pathname).toBe('/archive/');
  const text = await (await fetch(home)).text();
  const links = [...text.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(
    ([, link]) => link!,
  );
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect((await fetch(new URL(link, home))).status, link).toBe(200);
});
