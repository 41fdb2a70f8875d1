// Digests of one file in one reading, beside openssl, which reads it once for each.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { program } from '../../tests/support/hosts/real-hosts.ts';
import { repository } from '../../tests/support/needed-part.ts';
import { runMeasured, type Cost } from './run-measured.ts';

export interface DigestMeasure {
  bytes: number;
  ours: Cost;
  md5: Cost;
  sha256: Cost;
}

/** The cheapest of three runs of each, in turn. */
export function measureDigests(file: string, log: string): DigestMeasure | undefined {
  const openssl = program('openssl');
  if (openssl.absent !== undefined) return undefined;
  const script = path.join(repository, 'scripts', 'dandiset.mjs');
  const digests = ['--digest', 'sha256', '--digest', 'dandi-etag'];
  // With a cache, since the digests of parts are made for it; empty each time, so that the file is read.
  const cache = mkdtempSync(path.join(tmpdir(), 'digests-'));
  const commands = {
    ours: ['env', `XDG_CACHE_HOME=${cache}`, process.execPath, script, 'digest', ...digests, file],
    md5: [openssl.path, 'md5', file],
    sha256: [openssl.path, 'sha256', file],
  };
  const best = {} as Record<keyof typeof commands, Cost>;
  for (let round = 0; round < 3; round += 1) {
    for (const name of ['ours', 'md5', 'sha256'] as const) {
      rmSync(cache, { recursive: true, force: true });
      const cost = runMeasured([commands[name]], log);
      if (best[name] === undefined || cost.seconds < best[name].seconds) best[name] = cost;
    }
  }
  rmSync(cache, { recursive: true, force: true });
  return { bytes: statSync(file).size, ...best };
}

/** Lines that compare them, by the clock and by the processor's time. */
export function digestLines({ bytes, ours, md5, sha256 }: DigestMeasure): string[] {
  const shown = ({ seconds, cpu, megabytes }: Cost): string =>
    `${seconds.toFixed(2)} s, ${cpu.toFixed(2)} CPU-s, ${Math.round(megabytes)} MB`;
  const slower = Math.max(md5.seconds, sha256.seconds);
  return [
    `sha256, dandi-etag and those of parts of ${Math.round(bytes / 1e6)} MB: ${shown(ours)}`,
    `openssl md5: ${shown(md5)}; openssl sha256: ${shown(sha256)}`,
    `speed ${(slower / ours.seconds).toFixed(2)} × the slower of both (budget 0.8); ` +
      `of the processor ${((md5.cpu + sha256.cpu) / ours.cpu).toFixed(2)} × both (budget 0.65)`,
  ];
}
