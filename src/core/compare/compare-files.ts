// Two lists of files side by side. A file is identified by its bytes: a path with other bytes is a changed
// file, the same bytes at another path are a renamed one.

import { baseName, compareUtf8 } from '../identifiers/asset-path.ts';
import { sameAssetMetadata } from './listed-file.ts';
import type { ContentMark, ListedFile } from './listed-file.ts';

export interface FileTotals {
  files: number;
  bytes: number;
}

export interface FilePair {
  before: ListedFile;
  after: ListedFile;
}

/** Each file of both lists is in exactly one of these groups, each in order of the paths. */
export interface FileComparison {
  before: FileTotals;
  after: FileTotals;
  added: ListedFile[];
  removed: ListedFile[];
  /** Other bytes at the same path. */
  changed: FilePair[];
  /** The same bytes at another path; never two files for one. */
  renamed: FilePair[];
  /** The same bytes at the same path. */
  unchanged: FileTotals;
  /** The unchanged files whose own metadata differ in more than what the archive writes. */
  redescribed: FilePair[];
  /** Unchanged by path, size and location alone, because a list gives no digest. */
  withoutDigest: number;
}

// The strongest evidence first. A Zarr gets a new location for every state, and imported bytes may be stored
// at several: where the location differs, only digests can decide.
const DIGESTS: readonly ContentMark[] = ['sha256', 'etag', 'zarr'];
const MARKS: readonly ContentMark[] = [...DIGESTS, 'place'];

/** The evidence that two files have the same bytes; undefined if they do not. */
function sameContent(a: ListedFile, b: ListedFile): 'digest' | 'place' | undefined {
  if (a.size !== b.size) return undefined;
  const common = DIGESTS.filter(
    (kind) => a.marks[kind] !== undefined && b.marks[kind] !== undefined,
  );
  if (common.length > 0) {
    return common.every((kind) => a.marks[kind] === b.marks[kind]) ? 'digest' : undefined;
  }
  return a.marks.place === b.marks.place ? 'place' : undefined;
}

function totals(files: Iterable<ListedFile>): FileTotals {
  const sum: FileTotals = { files: 0, bytes: 0 };
  for (const { size } of files) {
    sum.files += 1;
    sum.bytes += size;
  }
  return sum;
}

/** Files by a text each has; a broken list may name one path more than once. */
function grouped(
  files: Iterable<ListedFile>,
  keyOf: (file: ListedFile) => string | undefined,
): Map<string, ListedFile[]> {
  const groups = new Map<string, ListedFile[]>();
  for (const file of files) {
    const key = keyOf(file);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return groups;
}

/** Takes pairs with equal keys out of two sets, in the order of the sets. */
function takePairs(
  before: Set<ListedFile>,
  after: Set<ListedFile>,
  keyOf: (file: ListedFile) => string | undefined,
): FilePair[] {
  const found = grouped(after, keyOf);
  const used = new Map<string, number>();
  const pairs: FilePair[] = [];
  for (const file of before) {
    const key = keyOf(file);
    if (key === undefined) continue;
    const at = used.get(key) ?? 0;
    const match = found.get(key)?.[at];
    if (match === undefined) continue;
    used.set(key, at + 1);
    pairs.push({ before: file, after: match });
  }
  for (const pair of pairs) {
    before.delete(pair.before);
    after.delete(pair.after);
  }
  return pairs;
}

function takeRenamed(removed: Set<ListedFile>, added: Set<ListedFile>): FilePair[] {
  const renamed: FilePair[] = [];
  for (const kind of MARKS) {
    const content = (file: ListedFile): string | undefined => {
      const mark = file.marks[kind];
      return mark === undefined ? undefined : `${mark} ${file.size}`;
    };
    // Among many files with the same bytes, the one of the same name is matched.
    const contentAndName = (file: ListedFile): string | undefined => {
      const mark = content(file);
      return mark === undefined ? undefined : `${mark} ${baseName(file.path)}`;
    };
    renamed.push(...takePairs(removed, added, contentAndName));
    renamed.push(...takePairs(removed, added, content));
  }
  return renamed;
}

const byPath = (a: ListedFile, b: ListedFile): number => compareUtf8(a.path, b.path);
const byPathAfter = (a: FilePair, b: FilePair): number => byPath(a.after, b.after);

/**
 * The changes from the files of one list to those of another. Every file is counted once, so removed +
 * changed + renamed + unchanged are the files before, and added + changed + renamed + unchanged the files
 * after.
 */
export function compareFiles(
  before: readonly ListedFile[],
  after: readonly ListedFile[],
): FileComparison {
  const removed = new Set([...before].sort(byPath));
  const added = new Set([...after].sort(byPath));
  const atPath = takePairs(removed, added, ({ path }) => path);
  const changed: FilePair[] = [];
  const unchanged: FilePair[] = [];
  let withoutDigest = 0;
  for (const pair of atPath) {
    const same = sameContent(pair.before, pair.after);
    (same === undefined ? changed : unchanged).push(pair);
    if (same === 'place') withoutDigest += 1;
  }
  const renamed = takeRenamed(removed, added).sort(byPathAfter);
  return {
    before: totals(before),
    after: totals(after),
    added: [...added],
    removed: [...removed],
    changed,
    renamed,
    unchanged: totals(unchanged.map((pair) => pair.after)),
    redescribed: unchanged.filter((pair) => !sameAssetMetadata(pair.before, pair.after)),
    withoutDigest,
  };
}

/** Whether a comparison found no difference at all. */
export function sameFiles(comparison: FileComparison): boolean {
  const { added, removed, changed, renamed, redescribed } = comparison;
  return [added, removed, changed, renamed, redescribed].every((group) => group.length === 0);
}
