// A plugin of the build: scripts of pages get validators that are written ahead (edit-settings.ts) and
// leave out the compiler, which their security policy would not let run.

import { fileURLToPath } from 'node:url';

const INSTEAD = fileURLToPath(new URL('../../core/schema/no-compiler.ts', import.meta.url));

/** What Vite is told. */
export interface BuildPlugin {
  name: string;
  enforce: 'pre';
  applyToEnvironment(environment: { name: string }): boolean;
  resolveId(source: string): string | undefined;
}

/** The plugin. */
export function givenValidators(): BuildPlugin {
  return {
    name: 'given-validators',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    resolveId: (source) => (source.endsWith('/compile-schema.ts') ? INSTEAD : undefined),
  };
}
