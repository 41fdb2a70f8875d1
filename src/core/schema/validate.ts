// Validation of a record against the schema release it names.

import { isJsonObject, type JsonValue } from '../json/json-text.ts';
import { compiledSchema } from './compiled-schema.ts';
import {
  CURRENT_RELEASE,
  isKnownRelease,
  isNewerRelease,
  NEWEST_RELEASE,
  releaseToCheck,
  RELEASES,
  type Release,
} from './differences.ts';
import { explainFaults, MOST_FAULTS, type SchemaFault } from './explain-problems.ts';
import { placeWords, whatIsThere } from './problem-message.ts';
import type { JsonSchema } from './json-schema.ts';
import {
  COMPUTED_ASSET_FIELDS,
  COMPUTED_DANDISET_FIELDS,
  RECORD_KINDS,
  type RecordKind,
  type SchemaSettings,
} from './record-models.ts';
import { schemaFor } from './schema-for.ts';

export {
  COMPUTED_ASSET_FIELDS,
  COMPUTED_DANDISET_FIELDS,
  CURRENT_RELEASE,
  isKnownRelease,
  isNewerRelease,
  MOST_FAULTS,
  NEWEST_RELEASE,
  RECORD_KINDS,
  RELEASES,
  releaseToCheck,
  schemaFor,
};
export type { JsonSchema, RecordKind, Release, SchemaFault, SchemaSettings };

/**
 * What a record is held against. `release` is the text of its `schemaVersion`; a newer one than known
 * is held against the newest that is.
 */
export interface SchemaQuestion {
  release: string;
  kind: RecordKind;
  /** Leave out the fields the archive computes (a draft is authored without them). */
  authored?: boolean;
  /** Another archive froze it: it is asked for no more than its release asks. */
  elsewhere?: boolean;
  settings: SchemaSettings;
}

// When faults are explained, longer lists are cut: every entry could be at fault.
const LONGEST_LIST_EXPLAINED = 1000;

function withShortLists(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST_EXPLAINED).map(withShortLists);
  if (!isJsonObject(value)) return value;
  // fromEntries defines keys and never sets them, so that `__proto__` stays a key like any other.
  const entries = Object.entries(value).map(([key, inner]) => [key, withShortLists(inner)]);
  return Object.fromEntries(entries);
}

/**
 * The faults of a record against the schema of one release, in order of their place; empty if it
 * passes. At most MOST_FAULTS are told, and of a list those of its first thousand entries.
 */
export function schemaFaults(record: JsonValue, question: SchemaQuestion): SchemaFault[] {
  const release = releaseToCheck(question.release);
  if (release === undefined) {
    const message = `schemaVersion names a release that is not known: ${whatIsThere(question.release)}.`;
    return [{ pointer: '/schemaVersion', keyword: 'release', message }];
  }
  const schema = compiledSchema({ ...question, release });
  if (schema.passes(record)) return [];
  const { instancePath = '', keyword = 'schema' } = schema.passes.errors?.[0] ?? {};
  const faults = explainFaults(withShortLists(record), schema);
  if (faults.length > 0) return faults;
  // The only fault lies beyond the part of a long list that is explained.
  const message = `${placeWords(instancePath)} does not fit the schema (${keyword}).`;
  return [{ pointer: instancePath, keyword, message }];
}
