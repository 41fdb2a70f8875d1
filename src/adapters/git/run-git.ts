// Runs the system's git: arguments as a list, never through a shell, without prompts.

import { execFile } from 'node:child_process';
import { ArchiveError } from '../../core/error.ts';

const MOST_OUTPUT = 256 * 1024 * 1024;

/** The environment git runs in: no questions, no locks taken for reading, English messages. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
}

function oneLine(output: Buffer): string {
  return output
    .toString()
    .trim()
    .replace(/\s*\n\s*/g, ' ');
}

/** That git could not be run at all, as an error; undefined for an answer of git's own. */
export function gitNotThere(error: unknown): ArchiveError | undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return undefined;
  return new ArchiveError('git-failed', 'git could not be started.', {
    hint: 'Install git, and check that the folder exists.',
    cause: error,
  });
}

/** What a run of git needs beside its arguments. */
export interface GitRun {
  /** Added to the environment. */
  env?: NodeJS.ProcessEnv;
  /** Written to its standard input. */
  input?: Uint8Array;
}

/** How a run of git ended. */
export interface GitResult {
  code: number;
  stdout: Buffer;
  /** What it said, on one line. */
  said: string;
}

/**
 * Runs `git ARGS` in a folder to its end, whatever that is.
 *
 * @throws ArchiveError `git-failed` where git could not be run at all.
 */
export function gitResult(
  folder: string,
  args: readonly string[],
  { env = {}, input }: GitRun = {},
): Promise<GitResult> {
  const options = {
    encoding: 'buffer' as const,
    maxBuffer: MOST_OUTPUT,
    env: { ...gitEnvironment(), ...env },
  };
  return new Promise((resolve, reject) => {
    const child = execFile('git', ['-C', folder, ...args], options, (error, stdout, stderr) => {
      const notThere = error === null ? undefined : gitNotThere(error);
      if (notThere !== undefined) reject(notThere);
      else if (error === null) resolve({ code: 0, stdout, said: oneLine(stderr) });
      else {
        const said = oneLine(stderr) || error.message;
        resolve({ code: typeof error.code === 'number' ? error.code : 1, stdout, said });
      }
    });
    // A git that ends early reads no more; how it ended says why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/**
 * The output of `git ARGS` run in a folder.
 *
 * @throws ArchiveError `git-failed` with what git said.
 */
export async function runGit(
  folder: string,
  args: readonly string[],
  run: GitRun = {},
): Promise<Buffer> {
  const { code, stdout, said } = await gitResult(folder, args, run);
  if (code === 0) return stdout;
  throw new ArchiveError('git-failed', `git ${args[0] ?? ''} failed: ${said}`);
}
