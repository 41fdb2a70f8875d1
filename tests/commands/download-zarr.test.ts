// What is in the folder of a Zarr and is no part of it: the Zarr is right after a download, and nothing is lost.

import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXISTING_POLICIES } from '../../src/core/download/plan.ts';
import { zarrFilter } from '../../src/core/download/zarr-filter.ts';
import { runCli } from '../support/process/run-cli.ts';
import { runDownload } from '../support/process/run-download.ts';
import { downloadArchive, type ArchiveFiles } from '../support/sites/download-archive.ts';
import { filesBelow, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const text = (value: string): Buffer => Buffer.from(value);
const GROUP = { '.zgroup': text('{"zarr_format":2}') };

const archiveOf = (files: ArchiveFiles): Promise<{ content: string }> =>
  downloadArchive(temporaryFolder(), files);

/** The files of a folder, without the state of downloads. */
const shownIn = (folder: string): string[] =>
  [...filesBelow(folder).keys()].filter((name) => !name.startsWith('.dandiset/')).sort();

/** What was set aside, by its path in the folder. */
function setAsideIn(folder: string): [string, string][] {
  const place = path.join(folder, '.dandiset', 'removed');
  if (!existsSync(place)) return [];
  return [...filesBelow(place)].map(([name, bytes]) => [name.replace(/^[^/]*\//, ''), bytes]);
}

describe('files in the folder of a Zarr that are no part of it', () => {
  test.each(EXISTING_POLICIES)('--existing %s', async (existing) => {
    const { content } = await archiveOf({ 'x.zarr': { ...GROUP, '0/0': text('chunk') } });
    const own = {
      'x.zarr/0/9': 'of another',
      'x.zarr/1/0/0': 'deep',
      'x.zarr/.git/config': 'stays',
      'x.zarr/0/.gitattributes': 'stays',
    };
    const output = temporaryFolder(
      Object.fromEntries(Object.entries(own).map(([name, bytes]) => [`000001/${name}`, bytes])),
    );
    const folder = path.join(output, '000001');
    const { code, files } = await runDownload(content, output, undefined, {
      settings: { existing },
    });
    const outcome = { error: 'refused', skip: 'skipped' }[existing as string] ?? 'set-aside';
    expect(files).toMatchObject({ 'x.zarr/0/9': outcome, 'x.zarr/1/0/0': outcome });
    expect(code).toBe(existing === 'error' ? 1 : 0);
    const stay = ['x.zarr/.git/config', 'x.zarr/.zgroup', 'x.zarr/0/.gitattributes', 'x.zarr/0/0'];
    const left = outcome === 'set-aside' ? [] : ['x.zarr/0/9', 'x.zarr/1/0/0'];
    expect(shownIn(folder)).toEqual(['dandiset.yaml', ...[...stay, ...left].sort()]);
    expect(setAsideIn(folder)).toEqual(
      outcome === 'set-aside'
        ? [
            ['x.zarr/0/9', 'of another'],
            ['x.zarr/1/0/0', 'deep'],
          ]
        : [],
    );
    // The folders that were only there for them are gone too.
    expect(existsSync(path.join(folder, 'x.zarr/1'))).toBe(outcome !== 'set-aside');
    const second = await runDownload(content, output, undefined, { settings: { existing } });
    expect(second.end['setAside']).toBe(0);
  });

  test('ours of another version are set aside under every policy, or removed by --sync', async () => {
    const before = await archiveOf({
      'x.zarr': { ...GROUP, '0/0': text('a'), '1': text('b'), '2/0': text('c'), '3': text('d') },
    });
    // A chunk that becomes a folder, a folder that becomes a chunk, and one that is gone.
    const after = await archiveOf({
      'x.zarr': { ...GROUP, '0/0': text('A'), '1/0': text('B'), '2': text('C') },
    });
    for (const sync of [false, true]) {
      const output = temporaryFolder();
      const folder = path.join(output, '000001');
      await runDownload(before.content, output);
      const { code, events } = await runDownload(after.content, output, undefined, {
        settings: { sync },
      });
      expect(code).toBe(0);
      const [zgroup, rest] = ['x.zarr/.zgroup', ['x.zarr/0/0', 'x.zarr/1/0', 'x.zarr/2']];
      expect(shownIn(folder)).toEqual(['dandiset.yaml', zgroup, ...rest]);
      expect(rest.map((name) => readFileSync(path.join(folder, name), 'utf8'))).toEqual([...'ABC']);
      const kept = setAsideIn(folder).map(([name]) => name);
      expect(kept).toEqual(['x.zarr/1', 'x.zarr/2/0', ...(sync ? [] : ['x.zarr/3'])]);
      const removed = events.filter(({ event }) => event === 'removed').map((one) => one.path);
      expect(removed).toEqual(sync ? ['x.zarr/3'] : []);
    }
  });

  test('are left where only a part of the Zarr is wanted', async () => {
    const { content } = await archiveOf({ 'x.zarr': { ...GROUP, '0/0': text('chunk') } });
    const output = temporaryFolder({ '000001/x.zarr/0/9': 'mine' });
    const zarr = zarrFilter(['metadata'])!;
    const { files } = await runDownload(content, output, undefined, {
      settings: { existing: 'overwrite', zarr },
    });
    expect(files).toEqual({ 'dandiset.yaml': 'fetched', 'x.zarr/.zgroup': 'fetched' });
    expect(shownIn(path.join(output, '000001'))).toContain('x.zarr/0/9');
  });

  test('a link there is refused, and not followed', async () => {
    const { content } = await archiveOf({ 'x.zarr': GROUP });
    const outside = temporaryFolder({ kept: 'kept' });
    const output = temporaryFolder();
    mkdirSync(path.join(output, '000001/x.zarr'), { recursive: true });
    symlinkSync(outside, path.join(output, '000001/x.zarr/7'));
    const { code, files } = await runDownload(content, output, undefined, {
      settings: { existing: 'overwrite' },
    });
    expect([code, files['x.zarr/7']]).toEqual([1, 'refused']);
    expect([...filesBelow(outside).keys()]).toEqual(['kept']);
  });
});

test('a repair of one file of a Zarr leaves the others', async () => {
  const chunks = Object.fromEntries([0, 1, 2].map((at) => [`0/${at}`, text(`chunk ${at}`)]));
  const { content } = await archiveOf({ 'x.zarr': { ...GROUP, ...chunks } });
  const output = temporaryFolder();
  const folder = path.join(output, '000001');
  await runCli('download', '000001', '--archive', content, '--output', output);
  const before = shownIn(folder);
  writeFiles(folder, { 'x.zarr/0/1': 'damaged', 'x.zarr/0/mine': 'mine' });
  const { code, stdout, stderr } = await runCli('verify', folder, '--repair');
  expect(code, stdout + stderr).toBe(0);
  expect(shownIn(folder)).toEqual([...before, 'x.zarr/0/mine'].sort());
  expect(readFileSync(path.join(folder, 'x.zarr/0/1'), 'utf8')).toBe('chunk 1');
  expect(setAsideIn(folder)).toEqual([]);
});

describe('a Zarr and a file in each other’s place', () => {
  const zarr: ArchiveFiles = { 'x.zarr': { ...GROUP, '0': text('chunk') } };
  const file: ArchiveFiles = { 'x.zarr': text('a file') };

  test.each(EXISTING_POLICIES)('--existing %s', async (existing) => {
    for (const [wanted, there] of [
      [zarr, { '000001/x.zarr': 'mine' }],
      [file, { '000001/x.zarr/0': 'mine' }],
    ] as const) {
      const { content } = await archiveOf(wanted);
      const output = temporaryFolder(there);
      const folder = path.join(output, '000001');
      const { code } = await runDownload(content, output, undefined, { settings: { existing } });
      const isReplaced = existing === 'overwrite';
      expect(code).toBe(isReplaced ? 0 : 1);
      const before = Object.entries(there).map(([name, bytes]) => [name.slice(7), bytes]);
      if (isReplaced) expect(setAsideIn(folder)).toEqual(before);
      else for (const [name, bytes] of before) expect(filesBelow(folder).get(name!)).toBe(bytes);
    }
  });
});
