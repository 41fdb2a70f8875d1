// Compiled validators, one for each requested schema: compiled on first use, or precompiled where no code may
// be generated at run time.

import { compileSchema } from './compile-schema.ts';
import type { CompiledSchema } from './json-schema.ts';
import type { SchemaSettings } from './record-models.ts';
import { schemaFor, type SchemaChoice } from './schema-for.ts';

const compiled = new Map<string, CompiledSchema>();
// Serialised once for the many records that are checked against the same settings.
const writtenSettings = new WeakMap<SchemaSettings, string>();

function keyOf(choice: SchemaChoice): string {
  const { release, kind, authored = false, elsewhere = false, settings } = choice;
  let written = writtenSettings.get(settings);
  if (written === undefined) {
    const { prefix, site, doiPrefix = null, licenses } = settings;
    written = JSON.stringify([prefix, site, doiPrefix, licenses]);
    writtenSettings.set(settings, written);
  }
  return `${release} ${kind} ${authored} ${elsewhere} ${written}`;
}

/** Sets the precompiled validators of a schema; they are used from now on. */
export function giveCompiledSchema(choice: SchemaChoice, schema: CompiledSchema): void {
  compiled.set(keyOf(choice), schema);
}

/** Whether the validators of a schema are available already. */
export function hasCompiledSchema(choice: SchemaChoice): boolean {
  return compiled.has(keyOf(choice));
}

/** The validators of a schema; the same for the same choice. */
export function compiledSchema(choice: SchemaChoice): CompiledSchema {
  const key = keyOf(choice);
  let found = compiled.get(key);
  if (found === undefined) {
    found = compileSchema(schemaFor(choice));
    compiled.set(key, found);
  }
  return found;
}
