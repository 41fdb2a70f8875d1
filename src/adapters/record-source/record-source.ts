// Where imported records come from. Every source gives records as JSON text, so that no number,
// key or order is lost on the way; what is broken comes as a problem that names file and line.

import type { DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import type { VersionId } from '../../core/identifiers/version-id.ts';
import type { Problem } from '../../core/problem.ts';
import type { Store } from '../../core/records/archive.ts';
import type { Reporter } from '../terminal/progress.ts';

/** One version at a source. Draft or published is told by its place there. */
export interface SourceVersion {
  number: DandisetNumber;
  version: VersionId;
  /** Its folder, relative to the source, `/`-separated; '' for the source itself. */
  folder: string;
}

/** A record as JSON text, or why there is none. Lines of the text are lines of the file. */
export type SourceRecord =
  { ok: true; path: string; text: string } | { ok: false; problem: Problem };

/** Where something stands: a file relative to the source, or an address; there a line or a member. */
export interface SourcePlace {
  path: string;
  line?: number;
  pointer?: string;
}

/** One asset as JSON text with the place it begins at, or why reading ended there. */
export type SourceAsset =
  { ok: true; text: string; place: SourcePlace } | { ok: false; problem: Problem };

export interface SourceAssets {
  /** The file they are in, relative to the source, or the address of their list. */
  path: string;
  /** In the source's order, read as they are asked for. After a problem nothing follows. */
  items: AsyncIterable<SourceAsset>;
}

export interface RecordSource {
  /** What a manifest's `source` calls it: one of the kinds named there. */
  readonly kind: string;
  /** What messages call it: a folder or an address. */
  readonly name: string;
  /** The Dandisets that were asked for, where not all are. */
  readonly only?: readonly DandisetNumber[] | undefined;
  /** Where the bytes of its files lie, if it says so. */
  readonly stores?: readonly Store[];
  /** Every version there, by number and version, and what could not be taken for one. */
  list(reporter: Reporter): Promise<{ versions: SourceVersion[]; problems: Problem[] }>;
  /** The metadata record of a version. */
  readRecord(version: SourceVersion): Promise<SourceRecord>;
  /** The assets of a version; undefined where the source holds no list of them. */
  readAssets(version: SourceVersion): Promise<SourceAssets | undefined>;
}
