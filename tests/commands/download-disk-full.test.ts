// A disk that is full: the file that does not fit fails with that reason, nothing else is lost, and the same
// command goes on when there is room.

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeWith, type NeededPart } from '../support/needed-part.ts';
import { runCli } from '../support/process/run-cli.ts';
import { downloadArchive } from '../support/sites/download-archive.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function mount(folder: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]).status === 0;
}

/** Tries it where nothing of it is left. */
function isMountable(): boolean {
  return spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
}

const smallDisk: NeededPart = {
  path: 'tmpfs',
  absent:
    process.platform === 'linux' && process.getuid?.() === 0 && isMountable()
      ? undefined
      : 'no right to mount a small disk',
};

describeWith(smallDisk, 'a disk of 8 MiB', () => {
  test('that becomes full during the run', async () => {
    const disk = temporaryFolder();
    expect(mount(disk)).toBe(true);
    onTestFinished(() => void spawnSync('umount', ['-l', disk]));
    const files = { 'a.nwb': randomBytes(10_000), 'b.nwb': randomBytes(5_000_000) };
    const { content, store } = await downloadArchive(temporaryFolder(), files);
    const args = ['download', '000001', '-i', content, '-o', disk];
    // There is room when the plan is made, and then none.
    const filler = path.join(disk, 'filler');
    store.script = ({ range }) => {
      if (range?.startsWith('bytes=4194304-') === true && !existsSync(filler))
        spawnSync('fallocate', ['-l', String(4 * 1024 * 1024), filler]);
      return undefined;
    };
    const full = await runCli(...args, '--json');
    const events = full.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect([full.code, events.at(-1)]).toEqual([
      1,
      expect.objectContaining({ outcome: 'partial', code: 'disk-full' }),
    ]);
    expect(JSON.stringify(events)).toContain('the disk is full');
    expect(existsSync(path.join(disk, '000001/b.nwb'))).toBe(false);
    expect(readFileSync(path.join(disk, '000001/a.nwb')).equals(files['a.nwb'])).toBe(true);

    // Room for the rest, and for no second copy of what is there.
    store.script = () => undefined;
    rmSync(filler);
    spawnSync('fallocate', ['-l', String(2 * 1024 * 1024), filler]);
    const before = store.requests.length;
    const { code, stderr } = await runCli(...args);
    expect(code, stderr).toBe(0);
    expect(readFileSync(path.join(disk, '000001/b.nwb')).equals(files['b.nwb'])).toBe(true);
    // What the first run has got is used.
    expect(store.requests.slice(before).map(({ range }) => range)).not.toContain('bytes=0-4194303');
  });

  test('that becomes full among many small files', async () => {
    const disk = temporaryFolder();
    expect(mount(disk)).toBe(true);
    onTestFinished(() => void spawnSync('umount', ['-l', disk]));
    const names = Array.from({ length: 120 }, (_, at) => `sub-${String(at).padStart(3, '0')}.nwb`);
    const files = Object.fromEntries(names.map((name) => [name, randomBytes(50_000)]));
    const { content, store } = await downloadArchive(temporaryFolder(), files);
    const args = ['download', '000001', '-i', content, '-o', disk];
    const filler = path.join(disk, 'filler');
    store.script = () => {
      // Most of what is free: the rest is full some files later.
      if (store.requests.length === 80)
        spawnSync('sh', ['-c', `head -c 99M /dev/zero > ${filler}`]);
      return undefined;
    };
    const full = await runCli(...args);
    expect([full.code, full.stdout + full.stderr]).toEqual([
      1,
      expect.stringContaining('the disk is full'),
    ]);
    const there = names.filter((name) => existsSync(path.join(disk, '000001', name)));
    expect(there.length).toBeGreaterThan(50);
    expect(there.length).toBeLessThan(names.length);
    for (const name of there)
      expect(readFileSync(path.join(disk, '000001', name)).equals(files[name]!), name).toBe(true);

    rmSync(filler);
    expect(await runCli(...args)).toMatchObject({ code: 0 });
    for (const name of names)
      expect(readFileSync(path.join(disk, '000001', name)).equals(files[name]!), name).toBe(true);
  });

  test('that is too small from the beginning: nothing is written', async () => {
    const disk = temporaryFolder();
    expect(mount(disk)).toBe(true);
    onTestFinished(() => void spawnSync('umount', ['-l', disk]));
    const { content, store } = await downloadArchive(temporaryFolder(), {
      'a.nwb': randomBytes(9_000_000),
    });
    const { code, stderr } = await runCli('download', '000001', '-i', content, '-o', disk);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/There is no room in .*000001/)]);
    expect(store.requests).toEqual([]);
    writeFileSync(path.join(disk, 'still-usable'), '');
  });
});
