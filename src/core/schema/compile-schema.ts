// Validators made from a schema at run time, by generating code and running it. A page may not do that: it
// gets precompiled validators (validator-module.ts).

import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import type { CompiledSchema } from './json-schema.ts';
import { FORMATS } from './formats.ts';
import type { JsonSchema } from './json-schema.ts';

/** How schemas are compiled: to stop at the first problem, or to find and explain every one. */
export function ajvOptions(allErrors: boolean): Options {
  return {
    allErrors,
    verbose: allErrors,
    strict: false,
    inlineRefs: false,
    // The schemas are our own and tested to be valid; checking each again would take half the time.
    meta: false,
    validateSchema: false,
    formats: FORMATS,
  };
}

/** Makes the validators of a schema. */
export function compileSchema(schema: JsonSchema): CompiledSchema {
  let explaining: Ajv2020 | undefined;
  return {
    passes: new Ajv2020(ajvOptions(false)).compile(schema),
    explain(model) {
      explaining ??= new Ajv2020(ajvOptions(true)).addSchema(schema, 'record');
      const place = model === undefined ? 'record' : `record#/$defs/${model}`;
      const validate = explaining.getSchema(place);
      if (validate === undefined) throw new Error(`no schema at ${place}`);
      return validate as ValidateFunction;
    },
  };
}
