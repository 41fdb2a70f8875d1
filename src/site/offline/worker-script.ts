// Bundles the service worker, which lies at the site's root under a name that never changes.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** What the build tells the worker. Paths are below the site's root, without leading slash. */
export interface WorkerSettings {
  /** Names this build: another one has another. */
  build: string;
  /** What is stored at once when the worker is installed. */
  shell: string[];
  /** Beginnings of paths that the worker leaves alone: stores and the API. */
  outside: string[];
  /** Folders of redacted versions: what older builds said there leaves the browser. */
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

/** The worker that removes itself and all that was kept, from every browser that asks for it. */
export function removingWorker(): Promise<string> {
  return bundle('remove-worker.client.ts', {});
}
