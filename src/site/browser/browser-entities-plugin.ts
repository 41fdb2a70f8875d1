// A plugin of the build: in the scripts of pages, Markdown decodes character references by the browser.

import { fileURLToPath } from 'node:url';
import type { BuildPlugin } from '../edit/precompiled-validators-plugin.ts';

const DECODER = fileURLToPath(new URL('./decode-entity.client.ts', import.meta.url));
const INSTEAD = '\0browser-entities';

/** The plugin. */
export function browserEntities(): BuildPlugin {
  return {
    name: 'browser-entities',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    resolveId: (source) => (source === 'entities' ? INSTEAD : undefined),
    load: (id) =>
      id === INSTEAD
        ? `export { decodeEntity as decodeHTMLStrict } from ${JSON.stringify(DECODER)};`
        : undefined,
  };
}
