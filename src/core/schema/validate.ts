// Validation of a record against the schema release it names. (Being written.)
import type { JsonValue } from '../json/json-text.ts';

export type RecordKind = 'Dandiset' | 'PublishedDandiset' | 'Asset' | 'PublishedAsset';

/** What of an archive's settings the schemas depend on. */
export interface SchemaSettings {
  prefix: string;
  /** Site address, ending in `/`. */
  site: string;
  doiPrefix?: string;
  licenses: readonly string[];
}

export interface SchemaFault {
  /** JSON Pointer into the record. */
  pointer: string;
  /** The schema keyword that failed: `required`, `pattern`, … */
  keyword: string;
  message: string;
}

export interface SchemaQuestion {
  release: string;
  kind: RecordKind;
  /** Leave out the fields the archive computes (a draft is authored without them). */
  authored?: boolean;
  settings: SchemaSettings;
}

/** Every fault of a record against the schema of one release; empty if it passes. */
export declare function schemaFaults(record: JsonValue, question: SchemaQuestion): SchemaFault[];
