// Turns what the validator found into problems that a person can act on.

import type { ErrorObject } from 'ajv/dist/2020.js';

import { isJsonObject, textMember, type JsonValue } from '../json/json-text.ts';
import type { CompiledSchema } from './json-schema.ts';
import { escapePart, placeWords, valueAt, whatIsThere, whatItAsks } from './problem-message.ts';
import { refName, type JsonSchema } from './json-schema.ts';

/** One thing the schema requires and the record does not have. */
export interface SchemaProblem {
  /** JSON Pointer into the record. */
  pointer: string;
  /** The schema keyword that failed: `required`, `pattern`, … */
  keyword: string;
  /** The field that the object at the pointer lacks, if the keyword is `required`. */
  missing?: string;
  message: string;
}

/** The most problems that are reported for one record. */
export const MOST_SCHEMA_PROBLEMS = 100;

const schemaOf = (error: ErrorObject): JsonSchema => (error.parentSchema ?? {}) as JsonSchema;

function wish(error: ErrorObject, value: JsonValue | undefined): string {
  const schema = schemaOf(error);
  const limit = Number(error.params['limit']);
  switch (error.keyword) {
    case 'required':
      return `must have "${String(error.params['missingProperty'])}"`;
    case 'maxLength':
      return `must have at most ${limit.toLocaleString('en')} characters`;
    case 'minLength':
      return 'must not be empty';
    case 'minItems':
      return limit === 1 ? 'must have at least one entry' : `must have at least ${limit} entries`;
    case 'maxItems':
      return limit === 1 ? 'must have only one entry' : `must have at most ${limit} entries`;
    case 'propertyNames':
      return `must have another name: ${whatItAsks(schema.propertyNames ?? {})}`;
    case 'type':
      // Checked by type alone: for a list of the wrong type, nothing is reported about its entries.
      return `must be ${whatItAsks(schema.type === undefined ? {} : { type: schema.type })}, not ${whatIsThere(value)}`;
    default:
      return `must be ${whatItAsks(schema)}, not ${whatIsThere(value)}`;
  }
}

function toProblem(error: ErrorObject, base: string, value: JsonValue | undefined): SchemaProblem {
  const name = error.keyword === 'propertyNames' ? String(error.params['propertyName']) : undefined;
  const within = name === undefined ? '' : `/${escapePart(name)}`;
  const pointer = base + error.instancePath + within;
  const message = `${placeWords(pointer)} ${wish(error, value)}.`;
  const problem: SchemaProblem = { pointer, keyword: error.keyword, message };
  const missing: unknown = error.params['missingProperty'];
  if (error.keyword === 'required' && typeof missing === 'string') problem.missing = missing;
  return problem;
}

/** Problems of a value that had to be one of several things: those of the thing it is meant to be. */
function problemsOfChoice(
  error: ErrorObject,
  base: string,
  value: JsonValue | undefined,
  schema: CompiledSchema,
): SchemaProblem[] {
  const models = (schemaOf(error).anyOf ?? []).flatMap((choice) => refName(choice) ?? []);
  if (value === undefined || !isJsonObject(value) || models.length === 0) {
    return [toProblem(error, base, value)];
  }
  const meant = textMember(value, 'schemaKey');
  const model = models.length === 1 ? models[0] : models.find((name) => name === meant);
  if (model !== undefined) return problemsOf(value, schema, base + error.instancePath, model);
  const place = base + error.instancePath;
  const names = models.map((name) => `"${name}"`).join(' or ');
  const message =
    meant === undefined
      ? `${placeWords(place)} must say in schemaKey what it is: ${names}.`
      : `${placeWords(place)}, schemaKey must be ${names}, not ${whatIsThere(meant)}.`;
  return [{ pointer: `${place}/schemaKey`, keyword: 'anyOf', message }];
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

/** Returns a test whether paths are at or below one of the locations; each path is computed once. */
function pathsWithin(places: ReadonlySet<string>): (path: string) => boolean {
  const known = new Map<string, boolean>();
  const isWithin = (path: string): boolean => {
    const answer =
      known.get(path) ?? (places.has(path) || (path !== '' && isWithin(parentOf(path))));
    known.set(path, answer);
    return answer;
  };
  return isWithin;
}

function problemsOf(
  value: JsonValue,
  schema: CompiledSchema,
  base: string,
  model?: string,
): SchemaProblem[] {
  const validate = schema.explain(model);
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  const isChoice = ({ keyword }: ErrorObject): boolean => keyword === 'anyOf';
  const choices = new Set(errors.filter(isChoice).map(({ instancePath }) => instancePath));
  const isWithinChoice = pathsWithin(choices);
  const listed = new Set(
    errors.flatMap(({ keyword, instancePath }) => (keyword === 'enum' ? instancePath : [])),
  );
  const problems: SchemaProblem[] = [];
  for (const error of errors) {
    if (problems.length >= MOST_SCHEMA_PROBLEMS) break;
    const { instancePath, propertyName } = error;
    // The problems in the branches of a choice, or in the terms a key is compared with, count as one.
    const inside = isChoice(error) ? parentOf(instancePath) : instancePath;
    if (propertyName !== undefined || (instancePath !== '' && isWithinChoice(inside))) continue;
    // The requirement that a condition adds is reported by itself.
    if (error.keyword === 'if') continue;
    // A value that is not one of a list of texts, because it is not a text, is one problem.
    if (error.keyword === 'type' && listed.has(instancePath)) continue;
    const there = valueAt(value, instancePath);
    if (isChoice(error)) problems.push(...problemsOfChoice(error, base, there, schema));
    else problems.push(toProblem(error, base, there));
  }
  return problems;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The problems of an invalid record, each once, in order of their location. */
export function explainProblems(record: JsonValue, schema: CompiledSchema): SchemaProblem[] {
  const problems = new Map<string, SchemaProblem>();
  for (const problem of problemsOf(record, schema, ''))
    problems.set(JSON.stringify(problem), problem);
  return [...problems.values()]
    .sort((a, b) => compareText(a.pointer, b.pointer) || compareText(a.message, b.message))
    .slice(0, MOST_SCHEMA_PROBLEMS);
}
