// Precompiled validators as the text of a JavaScript module, for pages: their security policy forbids
// generating code at run time. What is written is what compile-schema.ts would run.

import { _ } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import writeCode from 'ajv/dist/standalone/index.js';
import { ajvOptions } from './compile-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { schemaFor, type SchemaChoice } from './schema-for.ts';

const LENGTH_OF_TEXT = 'require("ajv/dist/runtime/ucs2length").default';

function writtenFunctions(schema: JsonSchema, allErrors: boolean, models: string[]): string {
  const code = { source: true, formats: _`formats` };
  const ajv = new Ajv2020({ ...ajvOptions(allErrors), code }).addSchema(schema, 'record');
  const places = models.map((name) => [name, `record#/$defs/${name}`]);
  const written = writeCode(ajv, { record: 'record', ...Object.fromEntries(places) });
  // The one thing the code would load; the caller that runs the module passes it in.
  const text = written.replaceAll(LENGTH_OF_TEXT, 'lengthOf');
  if (text.includes('require(')) throw new Error('a validator asks for more than it is given');
  return `function (formats, lengthOf) { const exports = {}; ${text}\nreturn exports; }`;
}

/**
 * The module of one schema: `passes` and `explain` each make validators by name, `record` and those
 * of the models inside it, from the formats and a function that counts the characters of a text.
 */
export function validatorModule(choice: SchemaChoice): string {
  const schema = schemaFor(choice);
  const models = Object.keys(schema.$defs ?? {});
  return [
    `export const passes = ${writtenFunctions(schema, false, [])};`,
    `export const explain = ${writtenFunctions(schema, true, models)};`,
    '',
  ].join('\n');
}
