// Reading the files of a source: regular files only, bounded, decompressed as they stream, and
// every fault told with its line.

import { constants, createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { sourceProblem, type SourceRule } from '../../core/checks/source-rules.ts';
import type { Problem } from '../../core/problem.ts';

/** Bytes of an uncompressed list; a real one of a million assets has about as many. */
export const MAX_LIST = 2_000_000_000;
/** Bytes of one record or one asset: more than any real one, less than what hurts. */
export const MAX_RECORD = 64_000_000;

/** A file that cannot be read to its end. Stays inside this folder: readers turn it into a problem. */
export class BrokenFile extends Error {
  readonly rule: SourceRule;
  readonly line: number | undefined;

  constructor(rule: SourceRule, message: string, line?: number) {
    super(message);
    this.rule = rule;
    this.line = line;
  }
}

/** The problem a broken file is reported as; anything else that was thrown is thrown on. */
export function problemOf(error: unknown, file: string): Problem {
  if (!(error instanceof BrokenFile)) throw error;
  const { rule, message, line } = error;
  const place = line === undefined ? {} : { line };
  return sourceProblem(rule, { path: file, ...place, message: `The file ${message}.` });
}

/** The first of some names that exists in a folder of the source, as a path relative to it. */
export async function firstFile(
  root: string,
  folder: string,
  names: readonly string[],
): Promise<string | undefined> {
  for (const name of names) {
    const relative = folder === '' ? name : `${folder}/${name}`;
    const found = await lstat(path.join(root, relative)).catch(() => undefined);
    if (found !== undefined) return relative;
  }
  return undefined;
}

/** The bytes of a file, decompressed where its name ends in `.gz`. @throws BrokenFile */
export async function* fileChunks(
  root: string,
  relative: string,
  limit: number,
): AsyncGenerator<Uint8Array> {
  const file = path.join(root, relative);
  const found = await lstat(file).catch(() => undefined);
  if (found === undefined) throw new BrokenFile('source-missing-file', 'is missing');
  if (!found.isFile())
    throw new BrokenFile('source-missing-file', 'is no regular file (links are not followed)');
  const raw = createReadStream(file, {
    // Numbers are taken here too, though the types know only names.
    flags: (constants.O_RDONLY | constants.O_NOFOLLOW) as unknown as string,
  });
  const gunzip = relative.endsWith('.gz') ? createGunzip() : undefined;
  if (gunzip !== undefined) raw.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  let size = 0;
  let lines = 1;
  try {
    for await (const chunk of (gunzip ?? raw) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) {
        throw new BrokenFile(
          'source-too-large',
          `holds more than ${limit} bytes, which is not read`,
        );
      }
      yield chunk;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
    }
  } catch (error) {
    if (error instanceof BrokenFile) throw error;
    const reason = (error as Error).message;
    if (gunzip === undefined)
      throw new BrokenFile('source-unreadable', `cannot be read: ${reason}`);
    throw new BrokenFile('source-broken-gzip', `is cut off or damaged (gzip: ${reason})`, lines);
  } finally {
    raw.destroy();
    gunzip?.destroy();
  }
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 bytes as text; `line` is the line they begin on. @throws BrokenFile naming the bad line */
export function decodeUtf8(bytes: Uint8Array, line: number): string {
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
    throw new BrokenFile('source-broken-utf8', 'holds bytes that are not UTF-8', bad);
  }
}

/** A whole file as text, without a byte order mark. @throws BrokenFile */
export async function fileText(root: string, relative: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of fileChunks(root, relative, MAX_RECORD)) chunks.push(chunk);
  return decodeUtf8(withoutMark(Buffer.concat(chunks)), 1);
}

/** The bytes without a byte order mark at their beginning. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? bytes.subarray(3) : bytes;
}
