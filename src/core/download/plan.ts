// What a download does with each file, decided from the list, the journal and what is on the disk: data that
// can be printed. The real run does exactly this.

import { compareUtf8 } from '../identifiers/asset-path.ts';
import type { ArchiveError } from '../error.ts';
import { textMember, member } from '../json/json-text.ts';
import type { AssetRecord } from '../records/asset.ts';
import { isOurs, type JournalEntry } from './journal.ts';
import { collidingPaths, problemOfLocalName } from './local-name.ts';

/** What to do about files that are there and that no download of this program has put there. */
export const EXISTING_POLICIES = [
  'error',
  'skip',
  'overwrite',
  'overwrite-different',
  'refresh',
] as const;

export type ExistingPolicy = (typeof EXISTING_POLICIES)[number];

/** The digest that decides whether bytes are right: sha256 where it is known, md5 for the files of a Zarr. */
export interface WantedDigest {
  algorithm: 'sha256' | 'dandi-etag' | 'md5';
  value: string;
}

/** A file that is wanted. */
export interface WantedFile {
  /** Where it goes, relative to the target folder. */
  target: string;
  /** Bytes. */
  size: number;
  /** Where its bytes are: addresses in the order of trial, or the bytes themselves. */
  from: readonly string[] | Uint8Array;
  /** Absent: only its size can be checked. */
  digest?: WantedDigest;
  /** The folder of the Zarr that it is a file of, if the whole Zarr is wanted. */
  zarr?: string;
  /** Why it cannot be had. */
  failure?: ArchiveError;
  /** When its content was modified, in milliseconds since 1970; becomes the file's own time. */
  modified?: number;
}

/** What is at a place on the disk. */
export type LocalState =
  | { kind: 'absent' }
  | { kind: 'file'; size: number; mtime: bigint }
  /** Anything that a download must not touch: a folder, a link, a file where a folder is needed. */
  | { kind: 'obstacle'; what: string; at: string; is: 'link' | 'file' | 'folder' | 'other' };

export type Action =
  /** It is there, and right as far as the policy looks. */
  | { do: 'keep'; why: 'verified before' | 'same digest' | 'same size and time' }
  /** It is there, and the policy leaves it. */
  | { do: 'skip'; why: string }
  | { do: 'fetch' }
  | { do: 'replace'; why: string }
  /** It is where other files go, and is moved to the state folder: no file of the download itself. */
  | { do: 'set-aside'; why: string }
  /** It will not be written, or keeps a Zarr from being right: counted as failed. */
  | { do: 'refuse'; why: string };

export interface FileAction extends WantedFile {
  action: Action;
}

/** What happens to what is in the place of wanted files, and which paths are free after that. */
export interface ForeignFiles {
  actions: FileAction[];
  cleared: ReadonlySet<string>;
}

export interface DownloadPlan {
  files: FileAction[];
  /** Files that an earlier download has put there and that are no longer wanted; sorted. Only with `--sync`. */
  removals: string[];
  totals: {
    files: number;
    /** Bytes of all wanted files. */
    bytes: number;
    /** Files and bytes that are to be fetched. */
    fetchFiles: number;
    fetchBytes: number;
  };
}

/** What the plan has to know of the disk. */
export interface LocalFiles {
  journal: ReadonlyMap<string, JournalEntry>;
  stateOf(target: string): Promise<LocalState>;
  /** The digest of a file that is there. */
  digestOf(target: string, algorithm: WantedDigest['algorithm']): Promise<string>;
  /** All that is below a folder, without following links; a folder without entries ends in `/`. */
  pathsBelow(target: string): Promise<string[]>;
  isWindows: boolean;
  ignoresCase: boolean;
}

/** File systems keep times no more exactly than this, in nanoseconds. */
const SAME_TIME = 2_000_000_000n;

/** The digest of an asset that is trusted, if it has one. */
export function wantedDigest(asset: AssetRecord): WantedDigest | undefined {
  const digests = member(asset.metadata, 'digest');
  const sha256 = textMember(digests, 'dandi:sha2-256')?.toLowerCase();
  if (sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256))
    return { algorithm: 'sha256', value: sha256 };
  const etag = textMember(digests, 'dandi:dandi-etag')?.toLowerCase();
  if (etag !== undefined && /^[0-9a-f]{32}-\d{1,5}$/.test(etag))
    return { algorithm: 'dandi-etag', value: etag };
  return undefined;
}

/** The file of an asset that is not a Zarr. */
export function fileOfAsset(
  asset: AssetRecord,
  target: string,
  addresses: readonly string[],
): WantedFile {
  const digest = wantedDigest(asset);
  const modified = Date.parse(
    textMember(asset.metadata, 'blobDateModified') ?? asset.modified ?? '',
  );
  return {
    target,
    size: asset.size,
    from: addresses,
    ...(digest === undefined ? {} : { digest }),
    ...(Number.isFinite(modified) ? { modified } : {}),
  };
}

/** Whether the journal knows the file as it is now, with the wanted bytes. */
function isVouchedFor(
  entry: JournalEntry | undefined,
  state: { size: number; mtime: bigint },
  { size, digest }: WantedFile,
): boolean {
  if (entry === undefined || entry.size !== state.size || state.size !== size) return false;
  return (
    BigInt(entry.mtime) === state.mtime && (digest === undefined || digest.value === entry.digest)
  );
}

async function actionFor(
  file: WantedFile,
  policy: ExistingPolicy,
  local: LocalFiles,
  cleared: ReadonlySet<string>,
): Promise<Action> {
  const name = problemOfLocalName(file.target, local.isWindows);
  if (name !== undefined) return { do: 'refuse', why: `its path ${name}` };
  if (file.failure !== undefined) return { do: 'refuse', why: file.failure.message };
  const state = await local.stateOf(file.target);
  if (state.kind === 'obstacle' && cleared.has(state.at)) return { do: 'fetch' };
  if (state.kind === 'obstacle') return { do: 'refuse', why: state.what };
  if (state.kind === 'absent') return { do: 'fetch' };
  const entry = local.journal.get(file.target);
  if (isVouchedFor(entry, state, file)) return { do: 'keep', why: 'verified before' };
  // Our own file of another version: the user has not touched it, so that it can be replaced.
  if (isOurs(entry, state)) return { do: 'replace', why: 'it is of another version' };
  const isSameSize = state.size === file.size;
  switch (policy) {
    case 'error':
      return { do: 'refuse', why: 'there is a file already (see --existing)' };
    case 'skip':
      return { do: 'skip', why: 'there is a file already' };
    case 'overwrite':
      return { do: 'replace', why: 'there is a file already' };
    case 'refresh': {
      const difference = state.mtime - BigInt(file.modified ?? 0) * 1_000_000n;
      const isSameTime = difference <= SAME_TIME && difference >= -SAME_TIME;
      if (isSameSize && file.modified !== undefined && isSameTime)
        return { do: 'keep', why: 'same size and time' };
      return { do: 'replace', why: 'its size or its time is another' };
    }
    case 'overwrite-different': {
      if (!isSameSize) return { do: 'replace', why: 'its size is another' };
      if (file.digest === undefined) return { do: 'replace', why: 'no digest of it is known' };
      const found = await local.digestOf(file.target, file.digest.algorithm);
      if (found === file.digest.value) return { do: 'keep', why: 'same digest' };
      return { do: 'replace', why: 'its digest is another' };
    }
  }
}

/** Our own files, unchanged since, that are not wanted any more. What the user has changed is the user's. */
async function removalsOf(
  wanted: readonly WantedFile[],
  local: LocalFiles,
  setAside: readonly FileAction[],
): Promise<string[]> {
  const targets = new Set([...wanted, ...setAside].map(({ target }) => target));
  const removals: string[] = [];
  for (const entry of local.journal.values()) {
    if (targets.has(entry.path)) continue;
    const state = await local.stateOf(entry.path);
    if (state.kind === 'file' && isOurs(entry, state)) removals.push(entry.path);
  }
  return removals.sort(compareUtf8);
}

/** Decides about every file; reads the disk, and writes nothing. */
export async function planDownload(
  wanted: readonly WantedFile[],
  policy: ExistingPolicy,
  local: LocalFiles,
  { actions, cleared }: ForeignFiles,
  removes: boolean,
): Promise<DownloadPlan> {
  const collisions = collidingPaths(
    wanted.map(({ target }) => target),
    local.ignoresCase,
  );
  const files: FileAction[] = [...actions];
  const totals = { files: wanted.length, bytes: 0, fetchFiles: 0, fetchBytes: 0 };
  for (const [index, file] of wanted.entries()) {
    const other = collisions[index];
    const action: Action =
      other === undefined
        ? await actionFor(file, policy, local, cleared)
        : { do: 'refuse', why: `${other} would be in the same place` };
    totals.bytes += file.size;
    if (action.do === 'fetch' || action.do === 'replace') {
      totals.fetchFiles += 1;
      totals.fetchBytes += file.size;
    }
    // A spread would give each object a hidden class of its own: 10 MB for 20,000 files.
    files.push(Object.assign({ action }, file));
  }
  return { files, removals: removes ? await removalsOf(wanted, local, actions) : [], totals };
}
