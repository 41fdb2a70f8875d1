// The rules over the folder of one version or submission, given as its files' bytes.

import { UNNUMBERED, type DandisetNumber } from '../identifiers/dandiset-id.ts';
import type { VersionId } from '../identifiers/version-id.ts';
import { isJsonObject, type JsonValue } from '../json/json-text.ts';
import { sha256Hex, type Sha256 } from '../digests/sha256.ts';
import type { Archive } from '../records/archive.ts';
import { assetLines, type AssetListReference } from '../records/asset-list.ts';
import {
  ASSETS_FILE,
  ASSETS_REFERENCE_FILE,
  DANDISET_FILE,
  RELEASE_FILE,
} from '../records/layout.ts';
import { frozenFile, MANIFEST_FILE, toManifest, versionDigest } from '../records/manifest.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { collectFromList, collectFromRecord, type ReadList } from './check-version.ts';
import type { ProblemCollector } from './collect-problems.ts';
import { FROZEN_RULES } from './frozen-versions.ts';
import { HOLDING_RULES, toListReference } from './assets/list-holding.ts';
import { FILE_RULES, readRecordFile } from './record-files.ts';
import type {
  ArchiveSetting,
  FrozenVersionSubject,
  ListTotals,
  RecordFile,
  ReferencedList,
} from './subjects.ts';
import { mayBreakTextRules } from './texts.ts';
import { FOLDER_RULES } from './version-folder.ts';

/** The list that an assets.ref.json points to: its bytes, or why there are none. */
export type FetchedList = Uint8Array | 'not-found' | 'unreadable';

/** A published list without findings. */
export interface FaultlessList extends ReadList {
  text: string;
}

/** A folder of a version or submission and its files. */
export interface VersionFolder extends ArchiveSetting {
  folder: string;
  place: { number: DandisetNumber; version: VersionId } | 'submission';
  /** Bytes by file name. */
  files: ReadonlyMap<string, Uint8Array>;
  /** Set if the list is in the store and the store could be queried. */
  list?: FetchedList;
  /** Whether status.json says that its frozen bytes were replaced by a notice. */
  redacted?: boolean;
  /**
   * A list of another version of the same archive. Except for the licences that the archive accepts, the
   * rules are stricter for a published list than for a draft's, so the same text has no problem here either
   * and is not read again.
   */
  faultless?: FaultlessList;
  /** Set where the runtime has a faster one than core. */
  sha256?: Sha256;
}

/** What the rules about the whole Dandiset need of a folder, and how many assets it has. */
export interface CheckedFolder {
  frozen?: FrozenVersionSubject;
  assets: number;
  /** Its list, if others may be compared with it. */
  faultless?: FaultlessList;
}

/** The reference in the bytes of an assets.ref.json, or why it is not one. */
export function readListReference(bytes: Uint8Array): AssetListReference | string {
  const { json } = readRecordFile(ASSETS_REFERENCE_FILE, bytes);
  return json?.ok === true ? toListReference(json.value) : 'cannot be read';
}

function valueOf(file: RecordFile | undefined): JsonValue | undefined {
  return file?.json?.ok === true ? file.json.value : undefined;
}

function facts(list: FetchedList, sha256: Sha256 = sha256Hex): ReferencedList {
  if (typeof list === 'string') return { kind: list };
  let count = 0;
  for (const { line } of assetLines(decodeUtf8(list) ?? '')) count = line;
  return { kind: 'found', sha256: sha256(list), size: list.length, count };
}

function placeKind({ place }: VersionFolder): 'draft' | 'published' | 'submission' {
  if (place === 'submission') return place;
  return place.version === 'draft' ? 'draft' : 'published';
}

function manifestOf(
  folder: VersionFolder,
  text: RecordFile | undefined,
): FrozenVersionSubject['manifest'] {
  const bytes = folder.files.get(MANIFEST_FILE);
  if (bytes === undefined) return undefined;
  const value = valueOf(text);
  return value === undefined ? 'cannot be read as JSON' : toManifest(value);
}

/** Runs every rule over the folder of one version or submission. */
export function collectFromFolder(
  collector: ProblemCollector,
  folder: VersionFolder,
): CheckedFolder {
  const kind = placeKind(folder);
  const { archive, vocabularies, redacted = false } = folder;
  const texts = new Map<string, RecordFile>();
  for (const [name, bytes] of folder.files) {
    texts.set(name, readRecordFile(`${folder.folder}/${name}`, bytes));
  }
  const manifest = manifestOf(folder, texts.get(MANIFEST_FILE));
  const imported = typeof manifest === 'object' && manifest.source !== undefined;
  for (const file of texts.values()) {
    collector.check(FILE_RULES, file, { path: file.path, imported });
  }

  const record = valueOf(texts.get(DANDISET_FILE));
  const path = `${folder.folder}/${DANDISET_FILE}`;
  const release = valueOf(texts.get(RELEASE_FILE));
  const whole = {
    folder: folder.folder,
    hasRecord: texts.has(DANDISET_FILE) || redacted,
    hasList: texts.has(ASSETS_FILE) || texts.has(ASSETS_REFERENCE_FILE),
    asksForRelease: texts.has(RELEASE_FILE),
    ...(record === undefined ? {} : { record }),
    ...(release === undefined ? {} : { release }),
  };
  collector.check(FOLDER_RULES, whole, { path, imported });
  // A notice has replaced the redacted content: there is no record left to check.
  if (isJsonObject(record) && !redacted) {
    const { number, version } =
      folder.place === 'submission'
        ? { number: UNNUMBERED, version: 'draft' as const }
        : folder.place;
    const submission = kind === 'submission';
    const asked = { path, number, version, submission, imported, record, archive, vocabularies };
    collectFromRecord(collector, asked);
  }

  const { totals, faultless } = redacted ? {} : collectList(collector, folder, texts, imported);
  if (folder.place === 'submission' || folder.place.version === 'draft') {
    return { assets: totals?.count ?? 0 };
  }
  const { number, version } = folder.place;
  const manifestBytes = folder.files.get(MANIFEST_FILE);
  const manifestText = texts.get(MANIFEST_FILE)?.text;
  const frozen: FrozenVersionSubject = {
    number,
    version,
    folder: folder.folder,
    archive,
    redacted,
    files: [...folder.files]
      .filter(([name]) => name !== MANIFEST_FILE)
      .map(([name, bytes]) => frozenFile(name, bytes, folder.sha256)),
    ...(manifestText === undefined ? {} : { manifestText }),
    ...(manifest === undefined ? {} : { manifest }),
    ...(manifestBytes === undefined ? {} : { digest: versionDigest(manifestBytes) }),
    ...(isJsonObject(record) ? { record } : {}),
    ...(totals === undefined ? {} : { totals }),
  };
  collector.check(FROZEN_RULES, frozen, { path, imported });
  const assets = totals?.count ?? 0;
  return faultless === undefined ? { frozen, assets } : { frozen, assets, faultless };
}

/** Whether a list may name these licences: a draft only those of the archive, a published one any. */
function isTaken(
  { licenses }: ReadList,
  { published, archive }: { published: boolean; archive: Archive },
): boolean {
  const taken = archive.licenses;
  return published || taken.length === 0 || [...licenses].every((one) => taken.includes(one));
}

function collectList(
  collector: ProblemCollector,
  folder: VersionFolder,
  texts: ReadonlyMap<string, RecordFile>,
  imported: boolean,
): { totals?: ListTotals; faultless?: FaultlessList } {
  const place = placeKind(folder);
  const inlineFile = texts.get(ASSETS_FILE);
  const referenceBytes = folder.files.get(ASSETS_REFERENCE_FILE);
  const stored = folder.list instanceof Uint8Array ? decodeUtf8(folder.list) : undefined;
  const text = inlineFile === undefined ? stored : inlineFile.text;
  const listPath = `${folder.folder}/${inlineFile === undefined ? ASSETS_REFERENCE_FILE : ASSETS_FILE}`;
  const { archive, vocabularies } = folder;
  const list = { archive, vocabularies, published: place === 'published' };
  const foundBefore = collector.found;
  const { faultless } = folder;
  let read: ReadList | undefined;
  if (text !== undefined && faultless?.text === text && isTaken(faultless, list)) read = faultless;
  else if (text !== undefined) {
    read = collectFromList(collector, text, list, { path: listPath, imported });
  }
  const totals = read?.totals;
  const hasNoProblem = collector.found === foundBefore;
  const isFaultless =
    list.published && hasNoProblem && text !== undefined && !mayBreakTextRules(text);

  const record = valueOf(texts.get(DANDISET_FILE));
  const holding = {
    folder: folder.folder,
    place,
    inline: inlineFile !== undefined,
    ...(referenceBytes === undefined ? {} : { reference: readListReference(referenceBytes) }),
    ...(folder.list === undefined ? {} : { referenced: facts(folder.list, folder.sha256) }),
    ...(totals === undefined ? {} : { totals }),
    ...(isJsonObject(record) ? { record } : {}),
  };
  const path = `${folder.folder}/${DANDISET_FILE}`;
  collector.check(HOLDING_RULES, holding, { path, imported });
  if (text === undefined || read === undefined) return {};
  return isFaultless ? { totals: read.totals, faultless: { text, ...read } } : read;
}
