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
import { explainProblems, MOST_SCHEMA_PROBLEMS, type SchemaProblem } from './explain-problems.ts';
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
  MOST_SCHEMA_PROBLEMS,
  NEWEST_RELEASE,
  RECORD_KINDS,
  RELEASES,
  releaseToCheck,
  schemaFor,
};
export type { JsonSchema, RecordKind, Release, SchemaProblem, SchemaSettings };

/**
 * What a record is checked against. `release` is the text of its `schemaVersion`; a newer one than known is
 * checked against the newest known.
 */
export interface SchemaQuestion {
  release: string;
  kind: RecordKind;
  /** Leave out the fields the archive computes (a draft is authored without them). */
  authored?: boolean;
  /** Another archive froze it: no more is required than its release requires. */
  elsewhere?: boolean;
  settings: SchemaSettings;
}

// When problems are explained, longer lists are cut: every entry could have a problem.
const LONGEST_LIST_EXPLAINED = 1000;

function withShortLists(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST_EXPLAINED).map(withShortLists);
  if (!isJsonObject(value)) return value;
  // fromEntries defines keys and never sets them, so that `__proto__` stays a key like any other.
  const entries = Object.entries(value).map(([key, inner]) => [key, withShortLists(inner)]);
  return Object.fromEntries(entries);
}

/**
 * The problems of a record against the schema of one release, in order of their location; empty if it passes.
 * At most MOST_SCHEMA_PROBLEMS are reported, and of a list those of its first thousand entries.
 */
export function schemaProblems(record: JsonValue, question: SchemaQuestion): SchemaProblem[] {
  const release = releaseToCheck(question.release);
  if (release === undefined) {
    const message = `schemaVersion names a release that is not known: ${whatIsThere(question.release)}.`;
    return [{ pointer: '/schemaVersion', keyword: 'release', message }];
  }
  const schema = compiledSchema({ ...question, release });
  if (schema.passes(record)) return [];
  const { instancePath = '', keyword = 'schema' } = schema.passes.errors?.[0] ?? {};
  const problems = explainProblems(withShortLists(record), schema);
  if (problems.length > 0) return problems;
  // The only problem is beyond the part of a long list that is explained.
  const message = `${placeWords(instancePath)} does not fit the schema (${keyword}).`;
  return [{ pointer: instancePath, keyword, message }];
}
