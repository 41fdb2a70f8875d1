// Programs run as processes of their own, with what they cost.

import { spawnSync } from 'node:child_process';
import path from 'node:path';

export interface Cost {
  /** The first exit code that is not 0. */
  code: number;
  seconds: number;
  /** Seconds of all processors. */
  cpu: number;
  /** The most memory, in MB. */
  megabytes: number;
}

/** Runs commands one after another; what they print goes to a log. */
export function runMeasured(commands: readonly (readonly string[])[], log: string): Cost {
  const sum: Cost = { code: 0, seconds: 0, cpu: 0, megabytes: 0 };
  for (const command of commands) {
    const script = path.join(import.meta.dirname, 'measured_run.py');
    const { stdout, stderr } = spawnSync('python3', [script, log, ...command], {
      encoding: 'utf8',
      env: { ...process.env, DANDI_NO_ET: '1', NO_ET: '1', http_proxy: '', no_proxy: '*' },
    });
    if (stdout === '') throw new Error(stderr);
    const cost = JSON.parse(stdout) as Cost;
    sum.code ||= cost.code;
    sum.seconds += cost.seconds;
    sum.cpu += cost.cpu;
    sum.megabytes = Math.max(sum.megabytes, cost.megabytes);
  }
  return sum;
}
