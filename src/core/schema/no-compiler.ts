// Takes the place of compile-schema.ts in the scripts of pages (precompiled-validators-plugin.ts), which must
// not make code and need not load what makes it: their validators are given (giveCompiledSchema).

import type { CompiledSchema, JsonSchema } from './json-schema.ts';

/** Never compiles: says which validators are missing. */
export function refuseToCompile(schema: JsonSchema): CompiledSchema {
  throw new Error(`There are no validators for "${schema.title ?? 'this schema'}" on this page.`);
}
