// A download that is killed at any moment: no file with its final name is wrong, and the next run completes
// the rest without fetching again what was verified.

import { spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readJournal } from '../../src/core/download/journal.ts';
import { isCampaign, numbersFrom, pointCount } from '../support/campaign.ts';
import { repository } from '../support/needed-part.ts';
import { runCli } from '../support/process/run-cli.ts';
import type { MisbehavingServer } from '../support/servers/misbehaving-server.ts';
import { downloadArchive, type ArchiveFiles } from '../support/sites/download-archive.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// The size at which a dandi-etag gets a second part costs a campaign only.
const PART = (isCampaign ? 64 : 12) * 1024 * 1024;

function mixedFiles(): ArchiveFiles {
  const many = Array.from({ length: 60 }, (_, at) => [`sub-${at}/a.nwb`, randomBytes(20_000)]);
  const chunks = Array.from({ length: 40 }, (_, at) => [`0/${at}`, randomBytes(8_000)]);
  return {
    'empty.txt': new Uint8Array(),
    'one.txt': randomBytes(1),
    'below.nwb': randomBytes(PART - 1),
    'above.nwb': randomBytes(PART + 1),
    ...(Object.fromEntries(many) as Record<string, Uint8Array>),
    'x.zarr': Object.fromEntries(chunks) as Record<string, Uint8Array>,
  };
}

/** Every file of the archive by its path in the folder of the Dandiset. */
function flatFiles(files: ArchiveFiles): Map<string, Uint8Array> {
  return new Map(
    Object.entries(files).flatMap(([name, bytes]): [string, Uint8Array][] =>
      bytes instanceof Uint8Array
        ? [[name, bytes]]
        : Object.entries(bytes).map(([inner, part]) => [`${name}/${inner}`, part]),
    ),
  );
}

/** Runs the command and kills it when the store has sent so many bytes; whether it was killed. */
function killedAt(store: MisbehavingServer, point: number, args: string[]): Promise<boolean> {
  const script = path.join(repository, 'scripts', 'dandiset.mjs');
  const child = spawn(process.execPath, [script, ...args], { stdio: 'ignore' });
  let sent = 0;
  store.sent = (bytes) => {
    sent += bytes;
    if (sent >= point) child.kill('SIGKILL');
  };
  return new Promise((resolve) => {
    child.once('close', (_, signal) => {
      store.sent = () => undefined;
      resolve(signal === 'SIGKILL');
    });
  });
}

describe('killed at random moments', () => {
  const seed = Number(process.env['SEED'] ?? randomInt(1, 1_000_000));
  const count = pointCount(18, 180);
  const next = numbersFrom(seed);
  const files = mixedFiles();
  const right = flatFiles(files);
  const total = [...right.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  const points = Array.from({ length: count }, () => Math.floor(next() * total));

  test.each(points)(`after %i bytes (SEED=${seed})`, async (point) => {
    const { content, store } = await downloadArchive(temporaryFolder(), files);
    const folder = temporaryFolder();
    const place = (name: string): string => path.join(folder, '000001', name);
    const args = ['download', '000001', '--archive', content, '--output', folder];
    await killedAt(store, point, args);
    const there = [...right].filter(([name]) => existsSync(place(name)));
    for (const [name, bytes] of there)
      expect(readFileSync(place(name)).equals(bytes), name).toBe(true);
    const journal = path.join(folder, '000001/.dandiset/journal.jsonl');
    const { placed: known } = readJournal(existsSync(journal) ? readFileSync(journal, 'utf8') : '');
    for (const [name] of there) expect(known.has(name), name).toBe(true);

    const before = store.requests.length;
    const { code, stdout, stderr } = await runCli(...args);
    expect(code, stdout + stderr).toBe(0);
    for (const [name, bytes] of right)
      expect(readFileSync(place(name)).equals(bytes), name).toBe(true);
    // Small files are one request each: what was there is not asked for again.
    const asked = store.requests.length - before;
    const small = [...right.values()].filter(
      ({ length }) => length > 0 && length < PART - 1,
    ).length;
    // Of each large file.
    const ranges = Math.ceil((PART + 1) / (4 * 1024 * 1024)) + 1;
    const smallThere = there.filter(([, { length }]) => length > 0 && length < PART - 1).length;
    expect(asked).toBeLessThanOrEqual(1 + small - smallThere + 2 * ranges);
  });
});
