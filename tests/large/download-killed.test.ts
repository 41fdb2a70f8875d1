// A download of 3 GB that is killed, or whose connections end, at random places: it goes on from where it was,
// and its file has its name only when it is right.

import { spawn } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, onTestFinished, test } from 'vitest';
import { piecesOf } from '../../src/adapters/bytes/bytes-stream.ts';
import { openFile } from '../../src/adapters/bytes/file-bytes.ts';
import { numbersFrom, pointCount } from '../support/campaign.ts';
import { describeWith, repository, type NeededPart } from '../support/needed-part.ts';
import { assetOf, writeDraft } from '../support/sites/download-archive.ts';
import { sparseBytes } from '../support/stores/sparse-bytes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SIZE = 3_000_000_000;
const meant = sparseBytes(SIZE);

const room: NeededPart = {
  path: tmpdir(),
  absent:
    statfsSync(tmpdir()).bavail * statfsSync(tmpdir()).bsize > 2 * SIZE
      ? undefined
      : `no 6 GB of room in ${tmpdir()}`,
};

interface Server {
  url: string;
  /** Where the ranges began that were asked for. */
  starts: number[];
  /** Called with bytes that were sent; true ends the connection. */
  sent: (bytes: number) => boolean;
}

/** Serves ranges of the file. */
async function generatingServer(): Promise<Server> {
  async function* counted(from: number, length: number): AsyncGenerator<Uint8Array> {
    for await (const piece of piecesOf(meant.stream(from, undefined, length))) {
      yield piece;
      if (state.sent(piece.length)) throw new Error('the connection ends');
    }
  }
  const server = createServer((request, response) => {
    const [, first = '0', last = ''] =
      /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const [from, to] = [Number(first), Number(last)];
    state.starts.push(from);
    response.writeHead(206, {
      'Content-Range': `bytes ${from}-${to}/${SIZE}`,
      'Content-Length': to - from + 1,
      ETag: '"made"',
    });
    pipeline(Readable.from(counted(from, to - from + 1)), response).catch(() => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const state: Server = { url: `http://127.0.0.1:${port}/`, starts: [], sent: () => false };
  return state;
}

async function sha256Of(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

describeWith(room, 'a file of 3 GB', () => {
  test('is complete after any number of kills and drops', async () => {
    const seed = Number(process.env['SEED'] ?? randomInt(1, 1_000_000));
    const next = numbersFrom(seed);
    const points = Array.from({ length: pointCount(2, 20) }, () => Math.floor(next() * SIZE));
    const sha256 = await sha256Of(piecesOf(meant.stream()));
    const server = await generatingServer();
    const asset = assetOf('a.nwb', SIZE, { 'dandi:sha2-256': sha256 }, { blob: sha256 });
    const content = writeDraft(temporaryFolder(), [asset], server.url);
    const output = temporaryFolder();
    const file = path.join(output, 'a.nwb');
    const parts = path.join(output, '.dandiset/parts');
    const run = async (kills: (child: ReturnType<typeof spawn>) => void): Promise<unknown[]> => {
      const script = path.join(repository, 'scripts', 'dandiset.mjs');
      const resource = ['dandi://LAB/000001@draft/a.nwb', '--archive', content];
      const args = [script, 'download', ...resource, '--output', output];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
      kills(child);
      return once(child, 'close');
    };
    let done = 0;
    for (const point of points.sort((a, b) => a - b)) {
      // Ranges are sent ahead of what is written, so that a part is a little shorter than the point.
      const kept = existsSync(parts) ? statSync(path.join(parts, readdirSync(parts)[0]!)).size : 0;
      server.starts = [];
      done = kept;
      let drops = 0;
      const [, signal] = await run((child) => {
        server.sent = (bytes) => {
          done += bytes;
          if (done >= point) child.kill('SIGKILL');
          // One connection in the middle ends by itself.
          return done > kept + (point - kept) / 2 && (drops += 1) === 1;
        };
      });
      expect([signal, existsSync(file)], `SEED=${seed}`).toEqual(['SIGKILL', false]);
      expect(Math.min(...server.starts), `SEED=${seed}`).toBeGreaterThanOrEqual(kept);
    }
    const kept = statSync(path.join(parts, readdirSync(parts)[0]!)).size;
    server.starts = [];
    server.sent = () => false;
    expect(await run(() => undefined)).toEqual([0, null]);
    expect(Math.min(...server.starts)).toBe(kept);
    expect(await sha256Of(piecesOf((await openFile(file)).stream()))).toBe(sha256);
    server.starts = [];
    expect(await run(() => undefined)).toEqual([0, null]);
    expect(server.starts).toEqual([]);
  });
});
