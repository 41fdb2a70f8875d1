// One run at a time in a folder. The lock names who holds it; that of a process that is gone is taken over.

import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { parseJson, countMember, textMember } from '../../core/json/json-text.ts';
import { pause } from '../bytes/retry-requests.ts';

const LOOK_AGAIN = 500;

interface Holder {
  pid: number;
  host: string;
  since: string;
}

function isAlive({ pid, host }: Holder): boolean {
  // Another machine's processes cannot be seen: its lock holds until it is removed by hand.
  if (host !== os.hostname()) return true;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function holderOf(lock: string): Promise<Holder | undefined> {
  const parsed = parseJson(await readFile(lock, 'utf8').catch(() => ''));
  if (!parsed.ok) return undefined;
  const [pid, host, since] = [
    countMember(parsed.value, 'pid'),
    textMember(parsed.value, 'host'),
    textMember(parsed.value, 'since'),
  ];
  return pid === undefined || host === undefined ? undefined : { pid, host, since: since ?? '' };
}

/** Removes the lock of a run that is gone; one that another process has taken meanwhile is put back. */
async function removeStale(lock: string, stale: Holder | undefined): Promise<void> {
  const aside = `${lock}.${process.pid}`;
  try {
    await rename(lock, aside);
    const found = await holderOf(aside);
    if (found?.pid !== stale?.pid || found?.since !== stale?.since) await link(aside, lock);
  } catch (error) {
    // Somebody else was faster.
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  await rm(aside, { force: true });
}

/**
 * Takes the lock, and waits as long as another run holds it; `waits` is called once with who that is.
 * Returns what gives it back.
 *
 * @throws the signal's reason; the system's error if the lock cannot be written
 */
export async function lockFolder(
  lock: string,
  waits: (holder: string) => void,
  signal?: AbortSignal,
): Promise<() => Promise<void>> {
  const own: Holder = { pid: process.pid, host: os.hostname(), since: new Date().toISOString() };
  let hasSaid = false;
  for (let unreadable = 0; ;) {
    signal?.throwIfAborted();
    try {
      await writeFile(lock, JSON.stringify(own), { flag: 'wx' });
      return () => rm(lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await holderOf(lock);
    // A lock without a holder is being written, or was left by a run that was killed while it did.
    unreadable = holder === undefined ? unreadable + 1 : 0;
    if (unreadable > 4 || (holder !== undefined && !isAlive(holder))) {
      await removeStale(lock, holder);
      continue;
    }
    if (holder !== undefined && !hasSaid) {
      hasSaid = true;
      waits(`process ${holder.pid} on ${holder.host}, since ${holder.since}`);
    }
    await pause(LOOK_AGAIN, signal);
  }
}
