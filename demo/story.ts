// What the demo is made of: stories of Dandisets, as authors and curators would live them. records.ts turns
// them into content files, storage.ts into stored bytes.

import type { DandisetNumber } from '../src/core/identifiers/dandiset-id.ts';
import type { JsonObject } from '../src/core/json/json-text.ts';

/** A file or a Zarr with the metadata its contributor gave it. */
export interface DemoAsset {
  path: string;
  /** ISO 8601: when the file was last changed and uploaded. */
  modified: string;
  /** Without size, digest, path and what the archive writes. */
  metadata: JsonObject;
  content: Uint8Array | ZarrContent;
}

/** The files of a Zarr by their path inside it. */
export type ZarrContent = ReadonlyMap<string, Uint8Array>;

/** A Dandiset as its authors left it at one time. */
export interface Contents {
  /** Authored metadata, without identifier and schema. */
  dandiset: JsonObject;
  assets: DemoAsset[];
  /**
   * The release of the schema it was written in; by default the one that was current at the time of the
   * releases.
   */
  schemaVersion?: string;
}

export interface Release extends Contents {
  /** ISO 8601 in UTC; the version is named after it. */
  publishedAt: string;
  releaseNotes: string;
}

export interface Story {
  number: DandisetNumber;
  /** When the first draft was created. */
  created: string;
  /** Oldest first. */
  releases: Release[];
  draft: Contents;
  /** status.json; `release` refers to the version of that release. */
  status?: (versions: readonly string[]) => JsonObject;
}

/** A Dandiset without a number yet. */
export interface SubmissionStory extends Contents {
  slug: string;
  releaseNotes: string;
}
