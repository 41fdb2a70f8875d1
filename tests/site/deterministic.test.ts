// Two builds of one state of the sources are the same files, the search index included.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildInto, builtSite, cacheFolder, demoContent } from '../support/sites/built-site.ts';

function digests(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    files.map((file) => [
      path.relative(folder, file),
      createHash('sha256').update(readFileSync(file)).digest('hex'),
    ]),
  );
}

test('two builds are byte-identical', async () => {
  const site = await builtSite({ content: demoContent });
  await site.close();
  const again = cacheFolder('again-');
  onTestFinished(() => rmSync(again, { recursive: true, force: true }));
  // Another clock and another language must make no difference.
  const elsewhere = { TZ: 'America/Caracas', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' };
  await buildInto(again, { content: demoContent }, elsewhere);
  const [first, second] = [digests(site.dist), digests(again)];
  expect(first.size).toBeGreaterThan(100);
  expect([...second.keys()].sort()).toEqual([...first.keys()].sort());
  expect([...second].filter(([name, digest]) => first.get(name) !== digest)).toEqual([]);
});
