// What the rules look at.

import type { DandisetNumber } from '../identifiers/dandiset-id.ts';
import type { PublishedVersionId, VersionId } from '../identifiers/version-id.ts';
import type { JsonObject, JsonValue, ParsedJson } from '../json/json-text.ts';
import type { Archive } from '../records/archive.ts';
import type { AssetListReference } from '../records/asset-list.ts';
import type { AssetRecord } from '../records/asset.ts';
import type { ContentPlace } from '../records/layout.ts';
import type { FrozenFile, Manifest } from '../records/manifest.ts';
import type { RuleContext } from '../schema/semantic-rules.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** An entry of the content folder. */
export interface FileEntry {
  path: string;
  kind: 'file' | 'other';
  size: number;
}

/** One file of records as text; a list of assets has no single JSON value. */
export interface RecordFile {
  path: string;
  place: ContentPlace;
  /** Undefined if the bytes are not UTF-8. */
  text: string | undefined;
  json: ParsedJson | undefined;
}

/** The parts of an archive that the rules of records need. */
export interface ArchiveSetting {
  archive: Archive;
  /** The archive's vocabularies by file name: `species`. */
  vocabularies: ReadonlyMap<string, Vocabulary>;
}

/** The metadata of one version, draft or submission. */
export interface VersionSubject extends ArchiveSetting {
  /** `000000` for a submission. */
  number: DandisetNumber;
  version: VersionId;
  submission: boolean;
  /** Whether it is a frozen version that came from elsewhere. */
  imported: boolean;
  record: JsonObject;
  /** How the metadata schema and its rules are applied to the record. */
  context: RuleContext;
}

/** A version's list of assets, before its lines are read. */
export interface AssetListSubject extends ArchiveSetting {
  /** Whether it belongs to a frozen version. */
  published: boolean;
}

/** One line of a list; `asset` if it could be read, else `problem`. */
export interface AssetLineSubject {
  line: number;
  problem?: string;
  /** Whether the line is written without blanks. */
  compact: boolean;
  asset?: AssetRecord;
  /** The whole line as it was read; present if the asset is. */
  value?: JsonObject;
  /** How the metadata schema and its rules are applied to the asset's metadata. */
  context?: RuleContext;
}

export interface ListTotals {
  count: number;
  bytes: number;
}

/** What assets.ref.json points to in the archive's store. */
export type ReferencedList =
  | { kind: 'not-found' }
  | { kind: 'unreadable' }
  | { kind: 'found'; sha256: string; size: number; count: number };

/** Where the list of assets of a version or submission is. */
export interface ListHolding {
  folder: string;
  place: 'draft' | 'published' | 'submission';
  /** Whether assets.jsonl exists. */
  inline: boolean;
  /** The parsed assets.ref.json, or why it is not one. */
  reference?: AssetListReference | string;
  /** What the reference points to, if a store could be queried. */
  referenced?: ReferencedList;
  /** Of the readable lines; undefined if the list is not available. */
  totals?: ListTotals;
  record?: JsonObject;
}

/** A published version as it is in its folder. */
export interface FrozenVersionSubject {
  number: DandisetNumber;
  version: PublishedVersionId;
  folder: string;
  /** Every file there except the manifest. */
  files: readonly FrozenFile[];
  /** The manifest's text, if there is a manifest that is UTF-8 text. */
  manifestText?: string;
  /** The parsed manifest, or why it is not one. */
  manifest?: Manifest | string;
  /** The version digest. */
  digest?: string;
  record?: JsonObject;
  totals?: ListTotals;
  archive: Archive;
  /** Whether status.json records that frozen bytes were replaced by a notice. */
  redacted: boolean;
}

/** All versions of one Dandiset and its status. */
export interface DandisetSubject {
  number: DandisetNumber;
  folder: string;
  hasDraft: boolean;
  /** From oldest to newest. */
  versions: readonly FrozenVersionSubject[];
  /** The parsed status.json, if there is one that is JSON. */
  status?: JsonValue;
}

/** A published version at the base, along with what is left of it now. */
export interface FrozenChange {
  folder: string;
  version: PublishedVersionId;
  changes: readonly { path: string; change: 'added' | 'removed' | 'changed' | 'replaced' }[];
  /** Whether no file of it is left. */
  gone: boolean;
  /** The version digest at the base. */
  digest: string | undefined;
  /** The digest that a redaction in status.json keeps, if one is recorded now. */
  redactionDigest: string | undefined;
}
