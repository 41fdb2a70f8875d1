// Starts the threads of the program, each of which has a module of its own.

import { Worker, type ResourceLimits } from 'node:worker_threads';
import { stillKeepMemorySmall } from './small-memory.ts';

/** In MB: threads drop almost nothing, and what they drop may not pile up. */
const MEMORY = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 64 };

/**
 * Starts a thread. `here` is the `import.meta.url` of who starts it, `name` that of a source beside it, without its
 * extension. Both builds of the command line (scripts/build-cli.mjs) bundle each thread that
 * scripts/thread-modules.mjs lists, and put it beside what starts it.
 */
export function startThread(
  here: string,
  name: string,
  workerData: object,
  resourceLimits: ResourceLimits = MEMORY,
): Worker {
  const module = new URL(`./${name}${here.endsWith('.ts') ? '.ts' : '.mjs'}`, here);
  const thread = new Worker(module, { workerData, resourceLimits });
  thread.once('online', stillKeepMemorySmall);
  return thread;
}
