// Validation of a record against the schema release it names.

import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';

import { isJsonObject, textMember, type JsonValue } from '../json/json-text.ts';
import { CURRENT_RELEASE, isKnownRelease, RELEASES, type Release } from './differences.ts';
import { placeOf, valueAt, whatIsThere, whatItAsks } from './fault-message.ts';
import { refName, type JsonSchema } from './json-schema.ts';
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
  RECORD_KINDS,
  RELEASES,
  schemaFor,
};
export type { JsonSchema, RecordKind, Release, SchemaSettings };

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

/** The most faults that are told of one record. */
export const MOST_FAULTS = 100;

// The formats' own expressions are run on texts of a length that such a value can have only.
const LONGEST_ADDRESS = 65_536;
const LONGEST_EMAIL = 1000;
// When faults are explained, longer lists are cut: every entry could be at fault.
const LONGEST_LIST_EXPLAINED = 1000;

const isUri = fullFormats.uri as (text: string) => boolean;
const emailPattern = fullFormats.email as RegExp;

function newAjv(allErrors: boolean): Ajv2020 {
  return new Ajv2020({
    allErrors,
    verbose: allErrors,
    strict: false,
    inlineRefs: false,
    formats: {
      uri: (text: string) => text.length <= LONGEST_ADDRESS && isUri(text),
      email: (text: string) => text.length <= LONGEST_EMAIL && emailPattern.test(text),
      date: fullFormats.date,
      'date-time': fullFormats['date-time'],
    },
  });
}

interface Validators {
  /** Stops at the first fault. */
  passes: ValidateFunction;
  /** Finds every fault; of the record, or of one model inside it. Compiled when first needed. */
  explain(model?: string): ValidateFunction;
}

const compiled = new Map<string, Validators>();

function compile(schema: JsonSchema): Validators {
  let ajv: Ajv2020 | undefined;
  return {
    passes: newAjv(false).compile(schema),
    explain(model) {
      ajv ??= newAjv(true).addSchema(schema, 'record');
      const validate = ajv.getSchema(model === undefined ? 'record' : `record#/$defs/${model}`);
      if (validate === undefined) throw new Error(`no schema for ${model ?? 'the record'}`);
      return validate as ValidateFunction;
    },
  };
}

function validatorsFor(question: SchemaQuestion, release: Release): Validators {
  const { kind, authored = false } = question;
  const { prefix, site, doiPrefix, licenses } = question.settings;
  const key = JSON.stringify([release, kind, authored, prefix, site, doiPrefix ?? null, licenses]);
  let found = compiled.get(key);
  if (found === undefined) {
    found = compile(schemaFor({ release, kind, authored, settings: question.settings }));
    compiled.set(key, found);
  }
  return found;
}

function withShortLists(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST_EXPLAINED).map(withShortLists);
  if (!isJsonObject(value)) return value;
  // Own entries of a null-prototype-safe copy: a key such as __proto__ stays a key.
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withShortLists(inner)]),
  );
}

const escapePart = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

function toFault(error: ErrorObject, base: string, value: JsonValue | undefined): SchemaFault {
  const schema = (error.parentSchema ?? {}) as JsonSchema;
  const pointer = base + error.instancePath;
  const fault = (wanted: string, at = pointer): SchemaFault => ({
    pointer: at,
    keyword: error.keyword,
    message: `${placeOf(at)} ${wanted}.`,
  });
  const limit = Number(error.params['limit']);
  switch (error.keyword) {
    case 'required':
      return fault(`must have "${String(error.params['missingProperty'])}"`);
    case 'maxLength':
      return fault(`must have at most ${limit.toLocaleString('en')} characters`);
    case 'minLength':
      return fault('must not be empty');
    case 'minItems':
      return fault(
        limit === 1 ? 'must have at least one entry' : `must have ${limit} entries or more`,
      );
    case 'maxItems':
      return fault(limit === 1 ? 'must have only one entry' : `must have at most ${limit} entries`);
    case 'propertyNames': {
      const name = String(error.params['propertyName']);
      const asked = whatItAsks(schema.propertyNames ?? {});
      return fault(
        `is not a name that can stand here; it must be ${asked}`,
        `${pointer}/${escapePart(name)}`,
      );
    }
    case 'type': {
      const asked = whatItAsks({ type: schema.type as NonNullable<JsonSchema['type']> });
      return fault(`must be ${asked}, not ${whatIsThere(value)}`);
    }
    default:
      return fault(`must be ${whatItAsks(schema)}, not ${whatIsThere(value)}`);
  }
}

/** Faults of a value that had to be one of several things: those of the thing it means to be. */
function faultsOfChoice(
  error: ErrorObject,
  base: string,
  value: JsonValue | undefined,
  validators: Validators,
): SchemaFault[] {
  const schema = (error.parentSchema ?? {}) as JsonSchema;
  const models = (schema.anyOf ?? []).flatMap((choice) => refName(choice) ?? []);
  const pointer = base + error.instancePath;
  if (value === undefined || !isJsonObject(value) || models.length === 0) {
    return [toFault(error, base, value)];
  }
  const meant = textMember(value, 'schemaKey');
  const model = models.length === 1 ? models[0] : models.find((name) => name === meant);
  if (model !== undefined) return explain(value, pointer, validators, model);
  const names = models.map((name) => `"${name}"`).join(' or ');
  const message = `${placeOf(`${pointer}/schemaKey`)} must be ${names}, not ${whatIsThere(meant)}.`;
  return [{ pointer: `${pointer}/schemaKey`, keyword: 'anyOf', message }];
}

function explain(
  value: JsonValue,
  base: string,
  validators: Validators,
  model?: string,
): SchemaFault[] {
  const validate = validators.explain(model);
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  const choices = new Set(
    errors.filter((error) => error.keyword === 'anyOf').map((error) => error.instancePath),
  );
  const insideChoice = (path: string, own: boolean): boolean => {
    for (
      let end = own ? path.length : path.lastIndexOf('/');
      end >= 0;
      end = path.lastIndexOf('/', end - 1)
    ) {
      if (choices.has(path.slice(0, end))) return true;
      if (end === 0) break;
    }
    return false;
  };
  const faults: SchemaFault[] = [];
  for (const error of errors) {
    if (faults.length >= MOST_FAULTS) break;
    const isChoice = error.keyword === 'anyOf';
    // What the branches of a choice say is replaced by one answer; so are the names of a key.
    if (insideChoice(error.instancePath, !isChoice) || error.propertyName !== undefined) continue;
    const there = valueAt(value, error.instancePath);
    if (isChoice) faults.push(...faultsOfChoice(error, base, there, validators));
    else faults.push(toFault(error, base, there));
  }
  return faults;
}

function inOrder(faults: SchemaFault[]): SchemaFault[] {
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const key = ({ pointer, keyword, message }: SchemaFault): string =>
    JSON.stringify([pointer, keyword, message]);
  const different = new Map(faults.map((fault) => [key(fault), fault]));
  return [...different.values()]
    .sort((a, b) => compare(a.pointer, b.pointer) || compare(a.message, b.message))
    .slice(0, MOST_FAULTS);
}

/**
 * The faults of a record against the schema of one release, in order of their place; empty if it
 * passes. At most MOST_FAULTS are told, and of a list its first thousand entries.
 */
export function schemaFaults(record: JsonValue, question: SchemaQuestion): SchemaFault[] {
  const { release } = question;
  if (!isKnownRelease(release)) {
    const message = `schemaVersion names the release ${whatIsThere(release)}, which is not known here.`;
    return [{ pointer: '/schemaVersion', keyword: 'release', message }];
  }
  const validators = validatorsFor(question, release);
  if (validators.passes(record)) return [];
  const faults = explain(withShortLists(record), '', validators);
  if (faults.length > 0) return inOrder(faults);
  const first = validators.passes.errors?.[0];
  const pointer = first?.instancePath ?? '';
  const keyword = first?.keyword ?? 'schema';
  return [
    { pointer, keyword, message: `${placeOf(pointer)} does not fit the schema (${keyword}).` },
  ];
}
