// From what the validator found to faults that a person can act on.

import type { ErrorObject } from 'ajv/dist/2020.js';

import { isJsonObject, textMember, type JsonValue } from '../json/json-text.ts';
import type { CompiledSchema } from './json-schema.ts';
import { escapePart, placeWords, valueAt, whatIsThere, whatItAsks } from './problem-message.ts';
import { refName, type JsonSchema } from './json-schema.ts';

/** One thing the schema asks and the record does not give. */
export interface SchemaFault {
  /** JSON Pointer into the record. */
  pointer: string;
  /** The schema keyword that failed: `required`, `pattern`, … */
  keyword: string;
  /** The field that the object at the pointer lacks, where the keyword is `required`. */
  missing?: string;
  message: string;
}

/** The most faults that are told of one record. */
export const MOST_FAULTS = 100;

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
      // Asked by type alone: a list of a wrong type is not told what its entries must be.
      return `must be ${whatItAsks(schema.type === undefined ? {} : { type: schema.type })}, not ${whatIsThere(value)}`;
    default:
      return `must be ${whatItAsks(schema)}, not ${whatIsThere(value)}`;
  }
}

function toFault(error: ErrorObject, base: string, value: JsonValue | undefined): SchemaFault {
  const name = error.keyword === 'propertyNames' ? String(error.params['propertyName']) : undefined;
  const within = name === undefined ? '' : `/${escapePart(name)}`;
  const pointer = base + error.instancePath + within;
  const message = `${placeWords(pointer)} ${wish(error, value)}.`;
  const fault: SchemaFault = { pointer, keyword: error.keyword, message };
  const missing: unknown = error.params['missingProperty'];
  if (error.keyword === 'required' && typeof missing === 'string') fault.missing = missing;
  return fault;
}

/** Faults of a value that had to be one of several things: those of the thing it means to be. */
function faultsOfChoice(
  error: ErrorObject,
  base: string,
  value: JsonValue | undefined,
  schema: CompiledSchema,
): SchemaFault[] {
  const models = (schemaOf(error).anyOf ?? []).flatMap((choice) => refName(choice) ?? []);
  if (value === undefined || !isJsonObject(value) || models.length === 0) {
    return [toFault(error, base, value)];
  }
  const meant = textMember(value, 'schemaKey');
  const model = models.length === 1 ? models[0] : models.find((name) => name === meant);
  if (model !== undefined) return faultsOf(value, schema, base + error.instancePath, model);
  const place = base + error.instancePath;
  const names = models.map((name) => `"${name}"`).join(' or ');
  const message =
    meant === undefined
      ? `${placeWords(place)} must say in schemaKey what it is: ${names}.`
      : `${placeWords(place)}, schemaKey must be ${names}, not ${whatIsThere(meant)}.`;
  return [{ pointer: `${place}/schemaKey`, keyword: 'anyOf', message }];
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

/** Says whether paths are at or below one of the places; each path is worked out once. */
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

function faultsOf(
  value: JsonValue,
  schema: CompiledSchema,
  base: string,
  model?: string,
): SchemaFault[] {
  const validate = schema.explain(model);
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  const isChoice = ({ keyword }: ErrorObject): boolean => keyword === 'anyOf';
  const choices = new Set(errors.filter(isChoice).map(({ instancePath }) => instancePath));
  const isWithinChoice = pathsWithin(choices);
  const listed = new Set(
    errors.flatMap(({ keyword, instancePath }) => (keyword === 'enum' ? instancePath : [])),
  );
  const faults: SchemaFault[] = [];
  for (const error of errors) {
    if (faults.length >= MOST_FAULTS) break;
    const { instancePath, propertyName } = error;
    // What the branches of a choice say, and the terms a key is compared with, is one answer.
    const inside = isChoice(error) ? parentOf(instancePath) : instancePath;
    if (propertyName !== undefined || (instancePath !== '' && isWithinChoice(inside))) continue;
    // What a condition asks for is said by what is asked.
    if (error.keyword === 'if') continue;
    // What is none of a list of texts, because it is no text, is one fault.
    if (error.keyword === 'type' && listed.has(instancePath)) continue;
    const there = valueAt(value, instancePath);
    if (isChoice(error)) faults.push(...faultsOfChoice(error, base, there, schema));
    else faults.push(toFault(error, base, there));
  }
  return faults;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The faults of a record that does not pass, each once, in order of their place. */
export function explainFaults(record: JsonValue, schema: CompiledSchema): SchemaFault[] {
  const faults = new Map<string, SchemaFault>();
  for (const fault of faultsOf(record, schema, '')) faults.set(JSON.stringify(fault), fault);
  return [...faults.values()]
    .sort((a, b) => compareText(a.pointer, b.pointer) || compareText(a.message, b.message))
    .slice(0, MOST_FAULTS);
}
