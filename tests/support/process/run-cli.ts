// Runs the `dandiset` command as a user does, in a separate process.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { repository } from '../needed-part.ts';

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Unsets what the npm that started the tests says to programs, which another npm would take for its settings. */
export function withoutNpm(): NodeJS.ProcessEnv {
  const names = Object.keys(process.env).filter((name) => /^npm_/i.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** Runs a program to its end, without a terminal; `env` is added to the environment. */
export function runProgram(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (piece: Buffer) => stdout.push(piece));
    child.stderr.on('data', (piece: Buffer) => stderr.push(piece));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        code,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      }),
    );
  });
}

/** Runs `dandiset` with these arguments; `env` is added to the environment. */
export function runCliWith(env: NodeJS.ProcessEnv, ...args: string[]): Promise<CliResult> {
  const script = path.join(repository, 'scripts', 'dandiset.mjs');
  return runProgram(process.execPath, [script, ...args], env);
}

/** Runs `dandiset` with these arguments. */
export function runCli(...args: string[]): Promise<CliResult> {
  return runCliWith({}, ...args);
}
