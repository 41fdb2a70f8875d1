// Compares the files of a folder with what they should be: what downloads have noted about them, or a version.

import type { DownloadFolder } from '../../adapters/download-folder/download-folder.ts';
import type { SeenFolders } from '../../adapters/download-folder/folder-states.ts';
import type { WantedEntry } from '../../core/download/journal.ts';
import { problemOfLocalName } from '../../core/download/local-name.ts';
import type { WantedDigest } from '../../core/download/plan.ts';
import { compareUtf8 } from '../../core/identifiers/asset-path.ts';

/** Paths by the result, each sorted. */
export interface Verification {
  right: string[];
  missing: string[];
  different: { path: string; why: string }[];
  /** Files that were not asked for. */
  others: string[];
}

/** What a folder should hold by its own journal: all that was asked for, whether it is there or not. */
export function requestedFiles(folder: DownloadFolder): Map<string, WantedEntry> {
  return new Map<string, WantedEntry>([...folder.journal, ...folder.wanted]);
}

function algorithmOf(digest: string): WantedDigest['algorithm'] | undefined {
  if (digest === '') return undefined;
  if (digest.includes('-')) return 'dandi-etag';
  return digest.length === 64 ? 'sha256' : 'md5';
}

async function differenceOf(
  folder: DownloadFolder,
  entry: WantedEntry,
  quick: boolean,
  seen: SeenFolders,
): Promise<'missing' | { why: string } | undefined> {
  // The record of a stranger must not make this look outside of the folder.
  if (problemOfLocalName(entry.path, folder.isWindows) !== undefined) return 'missing';
  const state = await folder.stateOf(entry.path, seen);
  if (state.kind === 'absent') return 'missing';
  if (state.kind === 'obstacle') return { why: state.what };
  if (state.size !== entry.size)
    return { why: `it has ${state.size} bytes, and should have ${entry.size}` };
  const placed = folder.journal.get(entry.path);
  if (quick && placed?.digest === entry.digest)
    return state.mtime === BigInt(placed.mtime) ? undefined : { why: 'it was modified since' };
  const algorithm = quick ? undefined : algorithmOf(entry.digest);
  if (algorithm === undefined) return undefined;
  const found = await folder.digestOf(entry.path, algorithm);
  return found === entry.digest ? undefined : { why: `its ${algorithm} is ${found}` };
}

/**
 * Verifies a folder: every expected file by its digest, or with `quick` by size and time. `listed` are the files
 * that are there.
 */
export async function verifyFolder(
  folder: DownloadFolder,
  expected: ReadonlyMap<string, WantedEntry>,
  listed: readonly string[],
  quick: boolean,
  step: (path: string) => void = () => undefined,
): Promise<Verification> {
  const result: Verification = { right: [], missing: [], different: [], others: [] };
  const entries = [...expected.values()].sort((a, b) => compareUtf8(a.path, b.path));
  const seen: SeenFolders = new Map();
  for (const entry of entries) {
    step(entry.path);
    const difference = await differenceOf(folder, entry, quick, seen);
    if (difference === undefined) result.right.push(entry.path);
    else if (difference === 'missing') result.missing.push(entry.path);
    else result.different.push({ path: entry.path, ...difference });
  }
  result.others = listed.filter((path) => !expected.has(path));
  return result;
}
