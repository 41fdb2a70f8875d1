// Versions read for a comparison, and what it found out about drafts.

import { listedFiles } from '../../core/compare/listed-file.ts';
import { textMember } from '../../core/json/json-text.ts';
import { listKeyPath } from '../../core/records/asset-list.ts';
import { versionFolder } from '../../core/records/layout.ts';
import { address, storeAddress } from '../catalog/addresses.ts';
import { readList, readRecord } from '../catalog/catalog.ts';
import type { Catalog, DandisetEntry, VersionEntry } from '../catalog/catalog.ts';
import { versionBefore } from './compare-pairs.ts';
import {
  comparisonWords,
  versionComparison,
  isSame,
  type ComparedVersion,
  type Comparison,
} from './compare-view.ts';

/** A version's list of files: uncompressed bytes, and where a browser reads it. */
export interface ListAddress {
  href: string;
  bytes: number;
}

export interface ReadVersion extends ComparedVersion {
  list: ListAddress | undefined;
}

/** Reads a version for a comparison. */
export async function readCompared(catalog: Catalog, entry: VersionEntry): Promise<ReadVersion> {
  const folder = versionFolder(entry.number, entry.version);
  const { place, list, reference } = await readList(catalog, folder);
  const record = await readRecord(catalog, entry.number, entry.version);
  const files = list === undefined ? undefined : listedFiles(list);
  const read: ReadVersion = { version: entry.version, record, files, list: undefined };
  if (list === undefined) return read;
  const store = catalog.archive.stores[0];
  const sha256 = textMember(reference, 'sha256') ?? '';
  if (place === 'record') {
    const href = address(catalog.base, `dandiset/${entry.number}/${entry.version}/assets.jsonl`);
    read.list = { href, bytes: list.length };
  } else if (store !== undefined) {
    read.list = {
      href: storeAddress(catalog.base, store) + listKeyPath(sha256),
      bytes: list.length,
    };
  }
  return read;
}

/** Whether a draft contains anything that was not published yet. */
export interface DraftState {
  /** The version it is compared with. */
  before: string;
  /** Undefined where the lists of files are not available. */
  isSame: boolean | undefined;
  /** What differs, in a few words. */
  words: string;
}

// The draft's page and the page of differences both need it, and either reads whole lists for it.
const states = new WeakMap<VersionEntry, DraftState>();

/** Remembers what a comparison of a draft found. */
export function keepDraftState(draft: VersionEntry, comparison: Comparison): DraftState {
  const state: DraftState = {
    before: comparison.before,
    isSame: isSame(comparison),
    words: comparisonWords(comparison),
  };
  states.set(draft, state);
  return state;
}

/** What a draft has that the newest version has not; undefined where there is nothing to compare. */
export async function draftState(
  catalog: Catalog,
  dandiset: DandisetEntry,
): Promise<DraftState | undefined> {
  const { draft } = dandiset;
  const before = draft === undefined ? undefined : versionBefore(dandiset, draft);
  if (draft === undefined || before === undefined) return undefined;
  const cached = states.get(draft);
  if (cached !== undefined) return cached;
  const older = await readCompared(catalog, before);
  const newer = await readCompared(catalog, draft);
  return keepDraftState(draft, versionComparison(older, newer, 0));
}
