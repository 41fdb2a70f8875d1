// Stands in the place of compile-schema.ts in the scripts of pages, which must not make code and need
// not load what makes it: their validators are given (giveCompiledSchema).

import type { CompiledSchema } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

/** Never compiles: says which validators are missing. */
export function compileSchema(schema: JsonSchema): CompiledSchema {
  throw new Error(`There are no validators for "${schema.title ?? 'this schema'}" on this page.`);
}
