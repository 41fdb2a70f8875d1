// Bundles the service worker, which is at the site's root under a name that never changes.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** What the build passes to the worker. Paths are below the site's root, without leading slash. */
export interface WorkerSettings {
  /** Identifies this build. */
  build: string;
  /** What is stored when the worker is installed. */
  shell: string[];
  /** Path prefixes that the worker leaves alone: stores and the API. */
  outside: string[];
  /** Folders of redacted versions: what older builds said there is removed from the browser. */
  redacted: string[];
}

async function bundle(name: string, define: Record<string, string>): Promise<string> {
  const source = fileURLToPath(new URL(`./${name}`, import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    define,
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}

/** The worker of a build. */
export function workerScript(settings: WorkerSettings): Promise<string> {
  return bundle('service-worker.client.ts', { SETTINGS: JSON.stringify(settings) });
}

/** The worker that removes itself and all saved data, from every browser that requests it. */
export function removingWorker(): Promise<string> {
  return bundle('remove-worker.client.ts', {});
}
