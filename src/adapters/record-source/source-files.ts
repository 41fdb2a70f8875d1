// The files of a source, wherever they are: bounded, decompressed as they stream, and every problem reported
// with its location.

import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { sourceProblem, type SourceRule } from '../../core/checks/source-rules.ts';
import type { Problem } from '../../core/problem.ts';

/** Bytes of an uncompressed list; a real one of a million assets has about as many. */
export const MAX_LIST = 2_000_000_000;
/** Bytes of one record or one asset: more than any real one, less than what hurts. */
export const MAX_RECORD = 64_000_000;

export interface SourceEntry {
  name: string;
  isFolder: boolean;
}

/** Files in folders: on a disk, in a bucket, on a web server. Paths are relative and `/`-separated. */
export interface SourceFiles {
  /** The name that messages use for the whole: a folder or an address. */
  readonly name: string;
  /** The name that problems use for one file: its path or its address. */
  placeOf(path: string): string;
  /** The direct entries of a folder, in order; nothing if there is no such folder. */
  entries(folder: string): Promise<SourceEntry[]>;
  /** The bytes of a file; one that has more than `limit` need not be read. @throws BrokenFile */
  chunks(file: string, limit: number): AsyncIterable<Uint8Array>;
}

/** A file that cannot be read to its end. Never leaves this folder: readers turn it into a problem. */
export class BrokenFile extends Error {
  readonly rule: SourceRule;
  readonly line: number | undefined;
  /** Where it is, if not in the file that was being read. */
  readonly place: string | undefined;

  constructor(rule: SourceRule, message: string, where: { line?: number; place?: string } = {}) {
    super(message);
    this.rule = rule;
    this.line = where.line;
    this.place = where.place;
  }
}

/** The problem of a missing file. */
export function missingFile(place?: string): BrokenFile {
  return new BrokenFile('source-missing-file', 'is missing', place === undefined ? {} : { place });
}

/** The problem of a file that exceeds its limit. */
export function tooLarge(limit: number, place?: string): BrokenFile {
  const message = `holds more than ${limit} bytes, which is not read`;
  return new BrokenFile('source-too-large', message, place === undefined ? {} : { place });
}

/** The problem that reports a broken file; any other exception is rethrown. */
export function problemOf(error: unknown, file: string): Problem {
  if (!(error instanceof BrokenFile)) throw error;
  const { rule, message, line, place = file } = error;
  const subject = /^https?:/.test(place) ? 'The address' : 'The file';
  return sourceProblem(rule, {
    path: place,
    ...(line === undefined ? {} : { line }),
    message: `${subject} ${message}.`,
  });
}

/** The path of a name in a folder; '' is the source itself. */
export function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** The first of some names that exists in a folder of the source, as a path. */
export async function firstFile(
  files: SourceFiles,
  folder: string,
  names: readonly string[],
): Promise<string | undefined> {
  const there = new Set((await files.entries(folder)).map(({ name }) => name));
  const first = names.find((name) => there.has(name));
  return first === undefined ? undefined : pathIn(folder, first);
}

type Bytes = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

async function* bounded(chunks: Bytes, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    yield chunk;
  }
}

/** The decompressed content of gzip bytes, at most `limit` bytes. @throws BrokenFile */
export async function* gunzipped(packed: Bytes, limit: number): AsyncGenerator<Uint8Array> {
  const raw = Readable.from(packed, { objectMode: false });
  const gunzip = createGunzip();
  raw.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  let lines = 1;
  try {
    for await (const chunk of bounded(gunzip as AsyncIterable<Buffer>, limit)) {
      yield chunk;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
    }
  } catch (error) {
    if (error instanceof BrokenFile) throw error;
    const message = `is cut off or damaged (gzip: ${(error as Error).message})`;
    throw new BrokenFile('source-broken-gzip', message, { line: lines });
  } finally {
    raw.destroy();
    gunzip.destroy();
  }
}

/** The bytes of a file, decompressed where its name ends in `.gz`. @throws BrokenFile */
export function fileChunks(
  files: SourceFiles,
  file: string,
  limit: number,
): AsyncIterable<Uint8Array> {
  const raw = files.chunks(file, limit);
  return file.endsWith('.gz') ? gunzipped(raw, limit) : bounded(raw, limit);
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 bytes as text; `line` is the line they begin on. @throws BrokenFile naming the bad line */
export function sourceText(bytes: Uint8Array, line: number, place?: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    let bad = line;
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      try {
        utf8.decode(bytes.subarray(start, end));
      } catch {
        break;
      }
      start = end + 1;
      bad += 1;
    }
    const where = { line: bad, ...(place === undefined ? {} : { place }) };
    throw new BrokenFile('source-broken-utf8', 'holds bytes that are not UTF-8', where);
  }
}

/** A whole file as text, without a byte order mark. @throws BrokenFile */
export async function fileText(files: SourceFiles, file: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of fileChunks(files, file, MAX_RECORD)) chunks.push(chunk);
  return sourceText(withoutMark(Buffer.concat(chunks)), 1);
}

/** The bytes without a byte order mark at their beginning. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? bytes.subarray(3) : bytes;
}
