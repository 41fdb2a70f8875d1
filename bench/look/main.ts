// npm run bench -- look: what is in a remote NWB file, by its index, by reading it, and by reading it in fixed blocks,
// over the same slow line in the same run. Prints a table with the budgets.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { indexAdapters } from '../../src/cli/indexing/index-adapters.ts';
import { openFile } from '../../src/adapters/bytes/file-bytes.ts';
import { folderStore } from '../../src/adapters/object-store/folder-store.ts';
import { fileIndexText } from '../../src/core/file-index/file-index.ts';
import { describeContents } from '../../src/core/nwb/describe-contents.ts';
import { makeFileIndex, type MadeIndex } from '../../src/workflows/indexing/make-file-index.ts';
import { repository } from '../../tests/support/needed-part.ts';
import { python } from '../../tests/support/process/python.ts';
import { LOOK_WAYS } from './look-ways.ts';
import { slowServer, type SlowServer } from './slow-server.ts';

const HELP = `npm run bench -- look [--folder DIR] [--rounds N] [--delay MS] [--speed MBIT]

Looks into three NWB files over a slow line on loopback: an LFP of 1.8 GB in chunks with 300 units, a two-photon
recording of 1.4 GB, and 600 sweeps; by index, by our reader, and by h5wasm with blocks of 100 KiB. Then indexes
100 small files from disk. The files are made once in DIR; the large ones have holes and take little of a disk.

  --folder DIR  default: .cache/bench/look
  --rounds N    default: 3; the three ways take turns
  --delay MS    before each response (default: 60)
  --speed MBIT  per second, shared by all responses (default: 50)
  --json        print the measures as JSON`;

const FILES = ['lfp', 'two-photon', 'sweeps'];
const WAYS = ['index', 'file', 'blocks'] as const;
type Way = (typeof WAYS)[number];

interface Measure {
  file: string;
  way: Way;
  seconds: number;
  requests: number;
  bytes: number;
}

function runPython(script: string, ...args: string[]): void {
  const { status } = spawnSync(python.path, [script, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`${path.basename(script)} failed.`);
}

async function indexOf(file: string): Promise<MadeIndex> {
  const bytes = await openFile(file);
  const named = { sha256: 'ab'.repeat(32), size: bytes.size };
  return makeFileIndex(bytes, named, indexAdapters(folderStore(path.dirname(file))));
}

async function measure(server: SlowServer, name: string, way: Way): Promise<Measure> {
  server.reset();
  const began = performance.now();
  const { recorded } = describeContents(await LOOK_WAYS[way](`${server.url}${name}.nwb`));
  const seconds = (performance.now() - began) / 1000;
  if (recorded.length === 0) throw new Error(`Nothing is recorded in ${name}, by ${way}.`);
  const { requests, bytes } = server.count;
  console.error(`${name} by ${way}: ${seconds.toFixed(2)} s, ${requests} requests, ${bytes} bytes`);
  return { file: name, way, seconds, ...server.count };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** The median of each measure. */
function medians(measures: readonly Measure[]): Measure[] {
  return FILES.flatMap((file) =>
    WAYS.map((way) => {
      const own = measures.filter((one) => one.file === file && one.way === way);
      const of = (key: 'seconds' | 'requests' | 'bytes'): number =>
        median(own.map((one) => one[key]));
      return { file, way, seconds: of('seconds'), requests: of('requests'), bytes: of('bytes') };
    }),
  );
}

function printTable(measures: readonly Measure[]): void {
  for (const file of FILES) {
    const [index, own, blocks] = WAYS.map((way) =>
      measures.find((one) => one.file === file && one.way === way)!,
    ) as [Measure, Measure, Measure];
    console.log(`\n${file}`);
    for (const one of [index, own, blocks])
      console.log(
        `  ${one.way.padEnd(7)} ${one.seconds.toFixed(2).padStart(7)} s ${String(one.requests).padStart(5)} requests` +
          ` ${(one.bytes / 1000).toFixed(0).padStart(8)} kB   ${(one.seconds / blocks.seconds).toFixed(3)} × time,` +
          ` ${(one.bytes / blocks.bytes).toFixed(4)} × bytes`,
      );
    const budgets: [string, boolean][] = [
      ['index: at most 2 requests', index.requests <= 2],
      ['index: at most 100 kB', index.bytes <= 100_000],
      ['index: at most 0.15 × the time of blocks', index.seconds <= 0.15 * blocks.seconds],
      ['index: at most 0.02 × the bytes of blocks', index.bytes <= 0.02 * blocks.bytes],
      ['file: no more bytes than blocks', own.bytes <= blocks.bytes],
    ];
    for (const [budget, holds] of budgets) if (!holds) console.log(`  MISSED  ${budget}`);
  }
}

/** Indexes 100 files: four recordings, 25 times each. */
async function indexHundred(folder: string): Promise<{ seconds: number; bytes: number }> {
  const began = performance.now();
  let bytes = 0;
  for (let i = 0; i < 25; i += 1)
    for (const name of ['ecephys', 'ophys', 'icephys', 'behavior'])
      bytes += (await indexOf(path.join(folder, `${name}.nwb`))).cost.bytes;
  return { seconds: (performance.now() - began) / 1000, bytes };
}

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: path.join(repository, '.cache', 'bench', 'look') },
    rounds: { type: 'string', default: '3' },
    delay: { type: 'string', default: '60' },
    speed: { type: 'string', default: '50' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

if (values.help === true) console.log(HELP);
else {
  const { folder } = values;
  const small = path.join(folder, 'small');
  mkdirSync(small, { recursive: true });
  runPython(path.join(import.meta.dirname, 'make_look_files.py'), folder);
  if (!existsSync(path.join(small, 'behavior.nwb')))
    runPython(path.join(repository, 'tests/conformance/make_nwb_recordings.py'), small);
  const { gzip } = indexAdapters(folderStore(folder));
  for (const name of FILES) {
    const made = await indexOf(path.join(folder, `${name}.nwb`));
    writeFileSync(path.join(folder, `${name}.nwb.json.gz`), gzip(fileIndexText(made.index)));
  }
  const hundred = await indexHundred(small);
  const indexing = `Indexing 100 files: ${hundred.seconds.toFixed(1)} s, ${(hundred.bytes / 1e6).toFixed(1)} MB read`;
  console.error(indexing);
  const line = { delay: Number(values.delay), speed: (Number(values.speed) * 1e6) / 8 };
  const server = await slowServer(folder, line);
  const measures: Measure[] = [];
  for (const name of FILES)
    for (let round = 0; round < Number(values.rounds); round += 1)
      for (const way of WAYS) measures.push(await measure(server, name, way));
  server.close();
  if (values.json === true) console.log(JSON.stringify({ measures, hundred }, null, 2));
  else {
    printTable(medians(measures));
    console.log(`\n${indexing}`);
  }
}
