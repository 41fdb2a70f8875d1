// A plugin of the build: scripts of pages get precompiled validators (edit-settings.ts) and leave out the
// compiler, which their security policy would not let run.

import { fileURLToPath } from 'node:url';

const REFUSING = fileURLToPath(new URL('../../core/schema/no-compiler.ts', import.meta.url));
// A module that is generated here, and named so that no other plugin mistakes it for a file.
const INSTEAD = '\0no-compiler';

/** What Vite receives. */
export interface BuildPlugin {
  name: string;
  enforce: 'pre';
  applyToEnvironment(environment: { name: string }): boolean;
  resolveId(source: string): string | undefined;
  load(id: string): string | undefined;
}

/** The plugin: in the scripts of pages the compiler is replaced by one that refuses to compile. */
export function precompiledValidators(): BuildPlugin {
  return {
    name: 'given-validators',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    resolveId: (source) => (source.endsWith('/compile-schema.ts') ? INSTEAD : undefined),
    load: (id) =>
      id === INSTEAD
        ? `export { refuseToCompile as compileSchema } from ${JSON.stringify(REFUSING)};`
        : undefined,
  };
}
