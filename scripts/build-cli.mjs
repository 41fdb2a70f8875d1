// Bundles the command line, which runs on Node ≥ 20.19: build/dandiset.mjs and its threads for archives and
// clones of the program, and build/dandiset.tgz, the client as every site serves it.
// Runs in `npm ci` (prepare) and where the sources are newer (current-cli.mjs).
import { mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { bundleFile, clientFile, root } from './current-cli.mjs';
import { isMain } from './is-main.mjs';
import { packClient } from './pack-client.mjs';
import { threadModules } from './thread-modules.mjs';

const OPTIONS = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // h5wasm finds its WebAssembly next to its own files.
  external: ['h5wasm', 'h5wasm/*'],
  // CommonJS packages inside an ES module need a `require` for Node's own modules.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
  logLevel: 'warning',
};

/** The bytes of the client's package. */
export function packedClient() {
  return packClient(root, OPTIONS);
}

/** Writes both. Each file appears whole or not at all: several processes may build at once. */
export async function buildCli() {
  const started = new Date();
  const result = await build({
    ...OPTIONS,
    entryPoints: { [path.parse(bundleFile).name]: 'src/cli/main.ts', ...threadModules },
    outdir: path.dirname(bundleFile),
    outExtension: { '.js': '.mjs' },
    sourcemap: 'linked',
  });
  const files = result.outputFiles.map(({ path: place, contents }) => [place, contents]);
  files.push([clientFile, await packedClient()]);
  mkdirSync(path.dirname(bundleFile), { recursive: true });
  // The bundle last, so that it never exists without its map and the client.
  for (const [place, contents] of files.sort(([a]) => (a === bundleFile ? 1 : -1))) {
    const temporary = `${place}.${process.pid}.tmp`;
    writeFileSync(temporary, contents);
    // A source saved while this ran must count as newer than the bundle.
    utimesSync(temporary, started, started);
    renameSync(temporary, place);
  }
}

if (isMain(import.meta.url)) await buildCli();
