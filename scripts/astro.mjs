// Runs Astro over the archive in the working folder, which is this repository or one that has this program as
// a package: content, output and caches belong to the archive, sources to the program.
import path from 'node:path';
import { nodeOptionsFor } from './build-memory.mjs';
import { root } from './install.mjs';
import { announceOtherNode, run } from './run.mjs';

/** The folder of the archive. */
export const archive = process.cwd();

/** Runs `astro build` or `astro dev`; returns its exit code. */
export function runAstro(command, args = []) {
  announceOtherNode();
  // Astro resolves the location of its configuration from the root of the site.
  const config = path.relative(archive, path.join(root, 'astro.config.mjs'));
  const elsewhere = archive === root ? [] : ['--root', archive, '--config', config];
  const content = path.resolve(process.env.ARCHIVE_CONTENT || 'content');
  return run(['astro', command, ...elsewhere, ...args], {
    cwd: archive,
    env: {
      ASTRO_TELEMETRY_DISABLED: '1',
      ...(command === 'build' ? { NODE_OPTIONS: nodeOptionsFor(content) } : {}),
    },
  });
}
