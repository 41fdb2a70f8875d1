// Transfers one large object in a process of its own, so that its memory can be measured and it can be
// killed. The last line of its output is JSON.
//   node tests/large/transfer.ts up|down|fetch '{"size": …}'

import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { piecesOf } from '../../src/adapters/bytes/bytes-stream.ts';
import type { UploadState } from '../../src/adapters/object-store/object-store.ts';
import { s3Credentials, s3PlaceIn } from '../../src/adapters/object-store/s3-client.ts';
import { keySigner } from '../../src/adapters/object-store/s3-signer.ts';
import { s3Store } from '../../src/adapters/object-store/s3-store.ts';
import { holdsSparse, sparseBytes } from '../support/stores/sparse-bytes.ts';

/** When it kills itself, which is more exact than being killed. */
export type KillPoint =
  | { bytes: number } // when so many bytes are done in all
  | { note: number }; // before its journal holds so many parts

export interface TransferSettings {
  size: number;
  /** The journal of an upload, or the target of a download. */
  file?: string;
  kill?: KillPoint;
}

const KEY = 'blobs/large';
const RANGE = 8 * 1024 * 1024;
const AT_ONCE = 4;

const [mode = '', given = '{}'] = process.argv.slice(2);
const { size, file = '', kill }: TransferSettings = JSON.parse(given) as TransferSettings;
const place = s3PlaceIn({ bucket: 'lab', prefix: '' }, process.env);
const credentials = s3Credentials(process.env);
if (credentials === undefined) throw new Error('there are no credentials');
const store = s3Store(place, keySigner(place, credentials));

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function reached(done: number): void {
  if (kill !== undefined && 'bytes' in kill && done >= kill.bytes) die();
}

async function up(): Promise<object> {
  const resume = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as UploadState)
    : undefined;
  const journal = (state: UploadState): void => {
    if (kill !== undefined && 'note' in kill && state.parts.length >= kill.note) die();
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  };
  return store.write(KEY, sparseBytes(size), {
    ifAbsent: true,
    progress: reached,
    ...(file === '' ? {} : { journal }),
    ...(resume === undefined ? {} : { resume }),
  });
}

/** Streams all of it by ranges, several in parallel, and compares each piece. */
async function down(): Promise<object> {
  const bytes = await store.open(KEY);
  if (bytes?.size !== size) throw new Error(`it has ${bytes?.size} bytes`);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let from = next; from < size; from = next) {
      next = from + RANGE;
      let at = from;
      for await (const piece of piecesOf(bytes.stream(from, undefined, RANGE))) {
        if (!holdsSparse(piece, at)) throw new Error(`other bytes from ${at} on`);
        at += piece.length;
      }
      if (at !== Math.min(size, from + RANGE)) throw new Error('bytes are missing');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return {};
}

/** Streams it to a file, starting at the end of the file. */
async function fetchOn(): Promise<object> {
  const etagFile = `${file}.etag`;
  const bytes = await store.open(KEY);
  if (bytes === undefined) throw new Error('it is not there');
  if (!existsSync(etagFile)) writeFileSync(etagFile, bytes.etag ?? '');
  if (readFileSync(etagFile, 'utf8') !== bytes.etag) throw new Error('it is another one now');
  let done = existsSync(file) ? statSync(file).size : 0;
  for await (const piece of piecesOf(bytes.stream(done))) {
    appendFileSync(file, piece);
    done += piece.length;
    reached(done);
  }
  return { done };
}

const work = { up, down, fetch: fetchOn }[mode];
if (work === undefined) throw new Error(`there is no mode ${mode}`);
const result = await work();
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const cpu = (userCPUTime + systemCPUTime) / 1e6;
console.log(JSON.stringify({ ...result, megabytes: Math.round(maxRSS / 1024), cpu }));
