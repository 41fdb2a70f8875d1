// Bundles the command line (src/cli/main.ts) into build/dandiset.mjs, which runs on Node ≥ 20.19.
// Runs in `npm ci` (prepare) and from scripts/dandiset.mjs when the sources are newer.
import { mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { isMain } from './is-main.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Where the bundle is. */
export const bundleFile = path.join(root, 'build', 'dandiset.mjs');

/** Makes the bundle. Each file appears whole or not at all: several processes may build at once. */
export async function buildCli() {
  const started = new Date();
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    outfile: bundleFile,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'linked',
    // h5wasm finds its WebAssembly next to its own files.
    external: ['h5wasm', 'h5wasm/*'],
    // CommonJS packages inside an ES module need a `require` for Node's own modules.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
    logLevel: 'warning',
  });
  mkdirSync(path.dirname(bundleFile), { recursive: true });
  // The map first, so that a bundle never exists without its map.
  for (const file of [...result.outputFiles].sort((a) => (a.path === bundleFile ? 1 : -1))) {
    const temporary = `${file.path}.${process.pid}.tmp`;
    writeFileSync(temporary, file.contents);
    // A source saved while this ran must count as newer than the bundle.
    utimesSync(temporary, started, started);
    renameSync(temporary, file.path);
  }
}

if (isMain(import.meta.url)) await buildCli();
