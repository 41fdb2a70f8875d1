// Replaces compile-schema.ts in the scripts of pages (precompiled-validators-plugin.ts), which must not
// generate code and need not load the compiler: their validators are precompiled (giveCompiledSchema).

import type { CompiledSchema, JsonSchema } from './json-schema.ts';

/** Never compiles: the error says which validators are missing. */
export function refuseToCompile(schema: JsonSchema): CompiledSchema {
  throw new Error(`There are no validators for "${schema.title ?? 'this schema'}" on this page.`);
}
