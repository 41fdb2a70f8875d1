// Compares the files of a folder with what a download has noted about them.

import type { DownloadFolder } from '../../adapters/download-folder/download-folder.ts';
import type { JournalEntry } from '../../core/download/journal.ts';
import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import type { WantedDigest } from '../../core/download/plan.ts';

/** Paths by the result, each sorted. */
export interface Verification {
  right: string[];
  missing: string[];
  different: { path: string; why: string }[];
  /** Files that no download has put there. */
  others: string[];
}

function algorithmOf(digest: string): WantedDigest['algorithm'] | undefined {
  if (digest === '') return undefined;
  if (digest.includes('-')) return 'dandi-etag';
  return digest.length === 64 ? 'sha256' : 'md5';
}

async function differenceOf(
  folder: DownloadFolder,
  entry: JournalEntry,
  quick: boolean,
): Promise<'missing' | { why: string } | undefined> {
  const state = await folder.stateOf(entry.path);
  if (state.kind === 'absent') return 'missing';
  if (state.kind === 'obstacle') return { why: state.what };
  if (state.size !== entry.size)
    return { why: `it has ${state.size} bytes, and had ${entry.size}` };
  if (quick)
    return state.mtime === BigInt(entry.mtime) ? undefined : { why: 'it was modified since' };
  const algorithm = algorithmOf(entry.digest);
  if (algorithm === undefined) return undefined;
  const found = await folder.digestOf(entry.path, algorithm);
  return found === entry.digest ? undefined : { why: `its ${algorithm} is ${found}` };
}

/**
 * Verifies a folder: every file by its digest, or with `quick` by size and time. `listed` are the files that
 * are there.
 */
export async function verifyFolder(
  folder: DownloadFolder,
  listed: readonly string[],
  quick: boolean,
  step: (path: string) => void = () => undefined,
): Promise<Verification> {
  const result: Verification = { right: [], missing: [], different: [], others: [] };
  const entries = [...folder.journal.values()].sort((a, b) => compareUtf8(a.path, b.path));
  for (const entry of entries) {
    step(entry.path);
    const difference = await differenceOf(folder, entry, quick);
    if (difference === undefined) result.right.push(entry.path);
    else if (difference === 'missing') result.missing.push(entry.path);
    else result.different.push({ path: entry.path, ...difference });
  }
  result.others = listed.filter((path) => !folder.journal.has(path));
  return result;
}
