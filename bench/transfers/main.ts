// npm run bench -- transfers: downloads of the same files from one server on loopback, by `dandiset` and by
// other programs, in the same run. Prints a table; every download is checked afterwards.

import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serveByNginx } from '../../tests/support/hosts/real-hosts.ts';
import { repository } from '../../tests/support/needed-part.ts';
import { writeProgramFiles } from '../../tests/support/sites/api-site.ts';
import { downloadPeers, type DownloadOrder, type DownloadPeer } from './download-peers.ts';
import { digestLines, measureDigests } from './measure-digests.ts';
import { runMeasured, type Cost } from './run-measured.ts';
import { transferArchive, writeSettings, type TransferSet } from './transfer-archive.ts';

const HELP = `npm run bench -- transfers [--folder DIR] [--into DIR] [--sets NAMES] [--peers NAMES] [--scale N]

Downloads the same files by dandiset, dandi, aria2c, rclone and curl from nginx on loopback. The files are
made once in DIR, which then holds about 6 GB; downloads need as much again for a moment.

  --folder DIR   default: .cache/bench/transfers
  --into DIR     where downloads go for a moment, up to 3 GB: a disk in memory is less noisy (default: DIR)
  --sets NAMES   of small, large, huge, zarr; separated by commas (default: all)
  --peers NAMES  of the programs that are installed (default: all)
  --scale N      a part of the files: 0.1 is a tenth of their number (default: 1)
  --json         print the measures as JSON`;

const SETS: TransferSet[] = [
  { name: 'small', number: '000001', count: 10_000, size: 20_000 },
  { name: 'large', number: '000002', count: 20, size: 100_000_000 },
  { name: 'huge', number: '000003', count: 1, size: 3_000_000_000 },
  { name: 'zarr', number: '000004', count: 20_000, size: 10_000, isZarr: true },
];

interface Measure extends Cost {
  set: string;
  peer: string;
  verifies: boolean;
  /** Files that are there afterwards. */
  files: number;
}

function* namesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) yield path.join(entry.parentPath, entry.name);
  }
}

/** Files that a download has left; those of its own state do not count. */
function countFiles(folder: string): number {
  const isData = (name: string): boolean => !/(?:^|\/)(?:\.dandiset\/|dandiset\.yaml$)/.test(name);
  return [...namesBelow(folder)].filter((file) => isData(path.relative(folder, file))).length;
}

function measure(peer: DownloadPeer, order: DownloadOrder): Measure | undefined {
  const commands = peer.commands(order);
  if (commands === undefined) return undefined;
  const log = path.join(order.lists, `${order.set.name}-${peer.name}.log`);
  const cost = runMeasured(commands, log);
  const { name: set } = order.set;
  const { name, verifies } = peer;
  if (cost.code !== 0)
    console.error(`${name} ended with ${cost.code}: ${readFileSync(log, 'utf8').slice(-600)}`);
  return { set, peer: name, verifies, ...cost, files: countFiles(order.into) };
}

function printTable(measures: readonly Measure[], sets: readonly TransferSet[]): void {
  for (const { name, count, size } of sets) {
    console.log(`\n${name}: ${count} × ${size / 1000} kB`);
    for (const one of measures.filter(({ set }) => set === name)) {
      const rate = (one.files * size) / one.seconds / 1e6;
      console.log(
        [
          `${one.peer}${one.verifies ? '' : ' (unverified)'}`.padEnd(22),
          `${one.seconds.toFixed(1)} s`.padStart(9),
          `${one.cpu.toFixed(1)} CPU-s`.padStart(12),
          `${Math.round(one.megabytes)} MB`.padStart(8),
          `${Math.round(rate)} MB/s`.padStart(10),
          one.files === count && one.code === 0 ? '' : `  ${one.files} files, exit ${one.code}`,
        ].join(' '),
      );
    }
  }
}

/** The file of the set of a single one. */
function largestBlob(storage: string, sets: readonly TransferSet[]): string | undefined {
  const huge = sets.find(({ count }) => count === 1);
  if (huge === undefined) return undefined;
  return [...namesBelow(path.join(storage, 'blobs'))].find(
    (file) => statSync(file).size === huge.size,
  );
}

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: path.join(repository, '.cache', 'bench', 'transfers') },
    into: { type: 'string' },
    sets: { type: 'string', default: SETS.map(({ name }) => name).join(',') },
    peers: { type: 'string' },
    scale: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const chosen = values.sets.split(',');
const sets = SETS.filter(({ name }) => chosen.includes(name)).map((set) => ({
  ...set,
  count: Math.ceil(set.count * Number(values.scale)),
}));
const wanted = values.peers?.split(',');
const archive = await transferArchive(values.folder, sets);
// The address is known when nginx runs, and what it serves names the address.
const dist = mkdtempSync(path.join(tmpdir(), 'transfers-'));
const rules = path.join(dist, 'rules.conf');
writeSettings(archive, 'http://127.0.0.1/');
await writeProgramFiles(archive.content, dist, { host: 'nginx' });
copyFileSync(path.join(dist, 'hosting', 'nginx.conf'), rules);
const server = await serveByNginx({ dist, storage: archive.storage }, rules);
const measures: Measure[] = [];
try {
  writeSettings(archive, server.url);
  await writeProgramFiles(archive.content, dist, { host: 'nginx' });
  for (const set of sets) {
    const lists = path.join(values.folder, 'lists');
    mkdirSync(lists, { recursive: true });
    for (const peer of downloadPeers()) {
      if (wanted?.includes(peer.name) === false) continue;
      const into = path.join(values.into ?? values.folder, 'into');
      rmSync(into, { recursive: true, force: true });
      mkdirSync(into);
      const one = measure(peer, { set, archive, url: server.url, into, lists });
      if (one !== undefined) measures.push(one);
      rmSync(into, { recursive: true, force: true });
    }
  }
} finally {
  await server.close();
  rmSync(dist, { recursive: true, force: true });
}
const large = largestBlob(archive.storage, sets);
const digests =
  large === undefined ? undefined : measureDigests(large, path.join(values.folder, 'digests.log'));
if (values.json) console.log(JSON.stringify({ measures, digests }, null, 2));
else {
  printTable(measures, sets);
  if (digests !== undefined) console.log(['', ...digestLines(digests)].join('\n'));
}
if (measures.some(({ code }) => code !== 0)) process.exitCode = 1;
