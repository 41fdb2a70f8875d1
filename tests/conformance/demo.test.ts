// The demo archive: what is committed is what the script writes, its bytes agree with its records, and the
// field's own tools accept both.

import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readText } from '../../src/adapters/content-files/content-tree.ts';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { readArchive } from '../../src/adapters/content-files/read-archive.ts';
import { describeWith, repository } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { demoObjects, demoRecords } from '../../demo/records.ts';
import { ensureStorage } from '../../demo/storage.ts';
import { tellAllStories, type DemoArchive } from '../../demo/stories/all-stories.ts';
import type { DemoAsset } from '../../demo/story.ts';
import { filesBelow, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { checkArchive } from '../../src/workflows/archive/check-archive.ts';

const contentFolder = path.join(repository, 'content');
const content = folderTree(contentFolder);
let demo: DemoArchive;

beforeAll(async () => {
  demo = await tellAllStories();
});
afterEach(() => vi.useRealTimers());

describe('the demo’s records', () => {
  it('are what the script writes (npm run demo)', async () => {
    const records = demoRecords(demo, await readArchive(content));
    expect(records.size).toBeGreaterThan(60);
    const differing: string[] = [];
    for (const [file, text] of records) {
      if ((await readText(content, file)) !== text) differing.push(file);
    }
    expect(differing).toEqual([]);
  });

  it('have no problems', async () => {
    const { problems, counts } = await checkArchive({ tree: content });
    expect(problems).toEqual([]);
    expect(counts.dandisets).toBeGreaterThanOrEqual(11);
  });
});

describe('the demo’s bytes', () => {
  it('are the same whenever they are made', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-05-05T05:05:05Z') });
    const later = demoObjects(await tellAllStories());
    // The key of a blob is its digest; those of Zarr files are compared by their bytes.
    expect([...later.keys()].sort()).toEqual([...demoObjects(demo).keys()].sort());
    for (const [key, bytes] of demoObjects(demo)) {
      expect(Buffer.compare(later.get(key) ?? new Uint8Array(), bytes)).toBe(0);
    }
  });

  it('are made where they are missing or wrong, and take 8 MB at most', async () => {
    const store = temporaryFolder();
    const first = await ensureStorage(contentFolder, store);
    expect(first.missing).toEqual([]);
    const objects = demoObjects(demo);
    expect(first.made).toBe(objects.size);
    expect([...filesBelow(store).keys()]).toEqual([...objects.keys()].sort());
    const total = [...objects.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    expect(total).toBeLessThan(8_000_000);

    expect((await ensureStorage(contentFolder, store)).made).toBe(0);
    const [blob = '', otherBlob = ''] = [...objects.keys()].filter((key) =>
      key.startsWith('blobs/'),
    );
    const chunk = [...objects.keys()].find((key) => /^zarr\/.*\/0\/0$/.test(key)) ?? '';
    writeFileSync(path.join(store, blob), 'damaged');
    rmSync(path.join(store, otherBlob));
    writeFileSync(path.join(store, chunk), 'damaged');
    const repaired = await ensureStorage(contentFolder, store);
    expect(repaired.missing).toEqual([]);
    expect(repaired.made).toBeGreaterThan(2);
    expect((await ensureStorage(contentFolder, store)).made).toBe(0);
  });

  it('of a record that no story made are reported', async () => {
    const sha256 = 'ab'.repeat(32);
    const line = { path: 'a.nwb', size: 1, blob: sha256, metadata: {} };
    const folder = temporaryFolder({
      'dandisets/000/000099/draft/assets.jsonl': `${JSON.stringify(line)}\n`,
    });
    const report = await ensureStorage(folder, temporaryFolder());
    expect(report.missing).toEqual([`blobs/aba/bab/${sha256}`]);
  });
});

/** Runs a script of this folder under the project's Python; its last line is a summary. */
function runPython(script: string, argument: string): { output: string; summary: unknown } {
  const { stdout, stderr } = spawnSync(
    python.path,
    [path.join(import.meta.dirname, script), argument],
    { encoding: 'utf8', env: { PATH: process.env['PATH'], DANDI_NO_ET: '1', TQDM_DISABLE: '1' } },
  );
  const lines = stdout.trim().split('\n');
  const last = lines.pop() ?? '';
  if (!last.startsWith('{')) throw new Error(`${script} failed: ${stderr.slice(-2000)}`);
  return { output: lines.join('\n'), summary: JSON.parse(last) };
}

/** Lays the files of a Dandiset out as a download would; a file that is already there is not repeated. */
function layOut(folder: string, assets: readonly DemoAsset[], seen: Set<unknown>): void {
  for (const { path: name, content: bytes } of assets) {
    if (!(bytes instanceof Uint8Array) || seen.has(bytes)) continue;
    seen.add(bytes);
    writeFiles(folder, { [name]: bytes });
  }
}

describeWith(python, 'the field’s tools on the demo', () => {
  it('dandischema accepts every record, and sums up the same', async () => {
    const files = await content.list('');
    const versions = files.filter((entry) => entry.path.endsWith('/dandiset.json')).length;
    const { output, summary } = runPython('check_demo_records.py', contentFolder);
    expect(output).toBe('');
    expect(summary).toMatchObject({ faults: 0, checked: { Dandiset: versions } });
  });

  it('pynwb and nwbinspector find no problem in the NWB files', { timeout: 600_000 }, () => {
    const folder = temporaryFolder();
    const seen = new Set<unknown>();
    for (const { number, draft, releases } of demo.dandisets) {
      layOut(path.join(folder, number), draft.assets, seen);
      for (const [index, { assets }] of releases.entries()) {
        layOut(path.join(folder, `${number}-${index}`), assets, seen);
      }
    }
    for (const { slug, assets } of demo.submissions) layOut(path.join(folder, slug), assets, seen);
    const { output, summary } = runPython('check_nwb.py', folder);
    expect(output).toBe('');
    const files = [...filesBelow(folder).keys()].filter((name) => name.endsWith('.nwb'));
    expect(files.length).toBeGreaterThan(20);
    expect(summary).toMatchObject({ faults: 0, files: files.length });
  });
});
