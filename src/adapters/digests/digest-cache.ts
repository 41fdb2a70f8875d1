// Digests that were computed before, so that a file of terabytes is not read again: lines of JSON in the user's
// cache. A file counts as the same while the system says the same of it.

import { appendFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import {
  isJsonObject,
  listMember,
  member,
  parseJson,
  textMember,
} from '../../core/json/json-text.ts';
import type { PathDigests } from './digest-algorithms.ts';

/** What is known of a file. */
export interface KnownDigests {
  digests: PathDigests;
  /** Lower-case hexadecimal of each part of 64 MiB (larger ones above 640 GB), in order: for uploads. */
  parts: { md5?: string[]; sha256?: string[] };
}

export interface DigestCache {
  find(file: BigIntStats): KnownDigests | undefined;
  /** Adds to what is known of a file. */
  keep(file: BigIntStats, known: KnownDigests): Promise<void>;
}

/** Smaller files are read faster than they are looked up. */
const WORTHWHILE = 1024n * 1024n;
/** A file that was written to so lately could be written to again under the same time. */
const SETTLED_NS = 2_000_000_000n;
/** Bytes of the cache, above which its older half is dropped. */
const MAX_CACHE = 64 * 1024 * 1024;

function keyOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].map((value) => value.toString(36)).join('.');
}

const HEX = /^[0-9a-f]{32,128}(?:-\d{1,5})?$/;

function hexList(value: unknown, name: string): string[] | undefined {
  const texts = listMember(value, name);
  const isHex = (text: unknown): text is string => typeof text === 'string' && HEX.test(text);
  return texts.length > 0 && texts.every(isHex) ? texts : undefined;
}

function toKnown(value: unknown): KnownDigests {
  const digests = member(value, 'digests');
  const names = isJsonObject(digests) ? Object.entries(digests) : [];
  const parts = member(value, 'parts');
  const [md5, sha256] = [hexList(parts, 'md5'), hexList(parts, 'sha256')];
  return {
    digests: Object.fromEntries(
      names.filter(([, text]) => typeof text === 'string' && HEX.test(text)),
    ),
    parts: { ...(md5 === undefined ? {} : { md5 }), ...(sha256 === undefined ? {} : { sha256 }) },
  };
}

/** Where the cache of this user is. */
export function digestCacheFile(environment: NodeJS.ProcessEnv = process.env): string {
  const caches = environment['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  return path.join(caches, 'dandiset', 'digests.jsonl');
}

/** Keeps the newer half of a cache that has become too large. */
async function shorten(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size <= MAX_CACHE) return;
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(`${file}.new`, lines.slice(lines.length / 2).join('\n'));
  await rename(`${file}.new`, file);
}

/** Reads the cache. One that cannot be read or written is empty: it only saves time. */
export async function openDigestCache(file = digestCacheFile()): Promise<DigestCache> {
  const known = new Map<string, KnownDigests>();
  await shorten(file).catch(() => undefined);
  for (const line of (await readFile(file, 'utf8').catch(() => '')).split('\n')) {
    const parsed = line === '' ? undefined : parseJson(line);
    if (parsed?.ok !== true) continue;
    const key = textMember(parsed.value, 'file');
    if (key !== undefined) known.set(key, toKnown(parsed.value));
  }
  return {
    find: (stats) => (stats.size < WORTHWHILE ? undefined : known.get(keyOf(stats))),
    async keep(stats, { digests, parts }) {
      const isSettled = BigInt(Date.now()) * 1_000_000n - stats.mtimeNs > SETTLED_NS;
      if (stats.size < WORTHWHILE || !isSettled) return;
      const key = keyOf(stats);
      const before = known.get(key);
      const all: KnownDigests = {
        digests: { ...before?.digests, ...digests },
        parts: { ...before?.parts, ...parts },
      };
      known.set(key, all);
      await mkdir(path.dirname(file), { recursive: true })
        .then(() => appendFile(file, `${JSON.stringify({ file: key, ...all })}\n`))
        .catch(() => undefined);
    },
  };
}
