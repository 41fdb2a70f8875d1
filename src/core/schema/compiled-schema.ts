// Compiled validators, made once for each schema that is asked for.

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';

import type { JsonSchema } from './json-schema.ts';
import { schemaFor, type SchemaChoice } from './schema-for.ts';

/** A schema made ready to be used. */
export interface CompiledSchema {
  /** Whether a value passes; stops at the first fault. */
  passes: ValidateFunction;
  /** Finds every fault of a record, or of one model inside it; compiled when first needed. */
  explain(model?: string): ValidateFunction;
}

// The formats' own expressions run only on texts of a length that such a value can have.
const LONGEST_ADDRESS = 65_536;
const LONGEST_EMAIL = 1000;

const isUri = fullFormats.uri as (text: string) => boolean;
const emailPattern = fullFormats.email as RegExp;

function newAjv(allErrors: boolean): Ajv2020 {
  return new Ajv2020({
    allErrors,
    verbose: allErrors,
    strict: false,
    inlineRefs: false,
    // The schemas are our own and held valid by a test; checking each again takes half the time.
    meta: false,
    validateSchema: false,
    formats: {
      uri: (text: string) => text.length <= LONGEST_ADDRESS && isUri(text),
      email: (text: string) => text.length <= LONGEST_EMAIL && emailPattern.test(text),
      date: fullFormats.date,
      'date-time': fullFormats['date-time'],
    },
  });
}

function compile(schema: JsonSchema): CompiledSchema {
  let explaining: Ajv2020 | undefined;
  return {
    passes: newAjv(false).compile(schema),
    explain(model) {
      explaining ??= newAjv(true).addSchema(schema, 'record');
      const place = model === undefined ? 'record' : `record#/$defs/${model}`;
      const validate = explaining.getSchema(place);
      if (validate === undefined) throw new Error(`no schema at ${place}`);
      return validate as ValidateFunction;
    },
  };
}

const compiled = new Map<string, CompiledSchema>();

/** The validators of a schema; the same for the same choice. */
export function compiledSchema(choice: SchemaChoice): CompiledSchema {
  const { release, kind, authored = false, settings } = choice;
  const { prefix, site, doiPrefix = null, licenses } = settings;
  const key = JSON.stringify([release, kind, authored, prefix, site, doiPrefix, licenses]);
  let found = compiled.get(key);
  if (found === undefined) {
    found = compile(schemaFor(choice));
    compiled.set(key, found);
  }
  return found;
}
