// What tests build from the program: made once for each state of it, by whichever process needs it first.

import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import path from 'node:path';
import { withLock } from '../process/lock.ts';

const AN_HOUR = 3_600_000;

/** Results of older sources; recent folders may be in use by tests that run concurrently. */
function removeOld(cache: string): void {
  for (const name of readdirSync(cache)) {
    const folder = path.join(cache, name);
    // Another process may have removed or renamed it by now.
    const time = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - time > AN_HOUR) rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The folder `name` of a cache, filled by `make` if necessary; other processes wait for one that is being
 * made. Never write into it.
 */
export function cached(
  cache: string,
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const folder = path.join(cache, name);
  return withLock(`${folder}.lock`, async () => {
    if (existsSync(folder)) {
      // It is in use from now on.
      utimesSync(folder, new Date(), new Date());
      return folder;
    }
    removeOld(cache);
    const unfinished = `${folder}.${process.pid}`;
    await make(unfinished);
    renameSync(unfinished, folder);
    return folder;
  });
}
