// Where imported records come from. Every source gives records as JSON text, so that no number, key or order
// is lost on import; what is broken becomes a problem that names file and line.

import type { AssetQuery } from '../../core/download/asset-query.ts';
import type { DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import type { VersionId } from '../../core/identifiers/version-id.ts';
import type { Problem } from '../../core/problem.ts';
import type { Store } from '../../core/records/archive.ts';
import type { Reporter } from '../terminal/progress.ts';

/** One version at a source. Its location there decides whether it is a draft or published. */
export interface SourceVersion {
  number: DandisetNumber;
  version: VersionId;
  /** Its folder, relative to the source, `/`-separated; '' for the source itself. */
  folder: string;
}

/** A record as JSON text, or why there is none. Lines of the text are lines of the file. */
export type SourceRecord =
  { ok: true; path: string; text: string } | { ok: false; problem: Problem };

/** The location of something: a file relative to the source, or an address; in it a line or a member. */
export interface SourcePlace {
  path: string;
  line?: number;
  pointer?: string;
}

/** One asset as JSON text with the location of its beginning, or why reading ended there. */
export type SourceAsset =
  | { ok: true; text: string; place: SourcePlace }
  /** `bare`: the asset as JSON text without its metadata, which alone are missing; others may follow. */
  | { ok: false; problem: Problem; bare?: string };

export interface SourceAssets {
  /** The file they are in, relative to the source, or the address of their list. */
  path: string;
  /** In the source's order, read on demand. Nothing follows a problem of the list itself. */
  items: AsyncIterable<SourceAsset>;
}

export interface RecordSource {
  /** Its name in a manifest's `source`: one of the kinds named there. */
  readonly kind: string;
  /** The name that messages use for it: a folder or an address. */
  readonly name: string;
  /** The Dandisets that were requested, if not all. */
  readonly only?: readonly DandisetNumber[] | undefined;
  /** Where the bytes of its files are, if it says so. */
  readonly stores?: readonly Store[];
  /** Every version at the source, by number and version, and what could not be read as one. */
  list(reporter: Reporter): Promise<{ versions: SourceVersion[]; problems: Problem[] }>;
  /** The metadata record of a version. */
  readRecord(version: SourceVersion): Promise<SourceRecord>;
  /**
   * The assets of a version; undefined if the source has no list of them. With a query, those that it cannot
   * mean may be left out.
   */
  readAssets(version: SourceVersion, query?: AssetQuery): Promise<SourceAssets | undefined>;
}
