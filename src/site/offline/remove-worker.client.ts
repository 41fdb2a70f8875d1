// Replaces the service worker where an archive no longer offers offline use: removes what was saved, then
// itself. Browsers that have the old worker get this one with their next visit.

import { cacheNames } from './cache-names.ts';
import type { WorkerScope } from './worker-scope.ts';

const worker = globalThis as unknown as WorkerScope;
const base = new URL('.', worker.location.href).pathname;

async function removeAll(): Promise<void> {
  for (const name of await cacheNames(base)) await caches.delete(name);
  await worker.registration.unregister();
}

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(removeAll()));
