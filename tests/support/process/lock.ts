// One of several processes at a time.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const POLL_MS = 100;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Takes a lock file for this process; false where another one that is running has it. */
function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    try {
      const owner = Number(readFileSync(file, 'utf8'));
      // A killed process leaves its lock behind. An empty file is being written.
      if (owner > 0 && !isRunning(owner)) rmSync(file, { force: true });
    } catch {
      // It was released in the meantime.
    }
    return false;
  }
}

const mine = new Map<string, Promise<unknown>>();

/** Runs `work` while no other process, and nothing else in this one, runs work under this lock. */
export async function withLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  const before = mine.get(file);
  const done = (async () => {
    await before?.catch(() => undefined);
    while (!take(file)) await setTimeout(POLL_MS);
    try {
      return await work();
    } finally {
      rmSync(file, { force: true });
    }
  })();
  mine.set(file, done);
  return done;
}
