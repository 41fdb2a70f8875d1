// Runs the system's git: arguments as a list, never through a shell, without prompts, with a time
// limit.

import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { ArchiveError } from '../../core/error.ts';
import { runProcess, startProcess } from '../process/run-process.ts';

const MOST_OUTPUT = 256 * 1024 * 1024;

/** Time limit for operations on local objects, in milliseconds. */
export const LOCAL_TIME_LIMIT = 120_000;
/** Time limit for a fetch or a push. */
export const REMOTE_TIME_LIMIT = 900_000;

/** The environment git runs in: no prompts, no locks for reading, English messages. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
}

function oneLine(output: Buffer): string {
  return output
    .toString()
    .trim()
    .replace(/\s*\n\s*/g, ' ');
}

/** The error if git could not be run at all; undefined if git itself reported a result. */
function gitNotThere(error: unknown): ArchiveError | undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return undefined;
  return new ArchiveError('git-failed', 'git could not be started.', {
    hint: 'Install git, and check that the folder exists.',
    cause: error,
  });
}

/** What a run of git needs in addition to its arguments. */
export interface GitRun {
  /** Added to the environment. */
  env?: NodeJS.ProcessEnv;
  /** Written to its standard input. */
  input?: Uint8Array;
  /** Milliseconds until it is ended; by default the limit for local operations. */
  timeLimit?: number;
}

/** How a run of git ended. */
export interface GitResult {
  code: number;
  stdout: Buffer;
  /** Its error output, on one line. */
  said: string;
}

/** Starts `git ARGS` in a folder; the caller reads its output and ends it. */
export function startGit(folder: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  return startProcess('git', ['-C', folder, ...args], gitEnvironment());
}

/**
 * Runs `git ARGS` in a folder to its end, whatever the outcome.
 *
 * @throws ArchiveError `git-failed` if git could not be run at all, exceeded its time limit, or wrote more
 * than can be held.
 */
export async function gitResult(
  folder: string,
  args: readonly string[],
  { env, input, timeLimit = LOCAL_TIME_LIMIT }: GitRun = {},
): Promise<GitResult> {
  const all = ['-C', folder, ...args];
  const given = {
    env: { ...gitEnvironment(), ...env },
    input,
    timeLimit,
    mostOutput: MOST_OUTPUT,
  };
  const ended = await runProcess('git', all, given).catch((error: unknown) => {
    throw gitNotThere(error) ?? error;
  });
  const name = `git ${args[0] ?? ''}`;
  if (ended.by === 'late') {
    const seconds = Math.round(timeLimit / 1000);
    const message = `${name} was ended: it took longer than ${seconds} seconds.`;
    throw new ArchiveError('git-failed', message);
  }
  if (ended.by !== 'itself') {
    throw new ArchiveError('git-failed', `${name} wrote more than can be held.`);
  }
  const code = typeof ended.code === 'number' ? ended.code : 1;
  const said = oneLine(ended.said) || `${name} ended by ${ended.code}`;
  return { code, stdout: ended.stdout, said };
}

/**
 * The output of `git ARGS` run in a folder.
 *
 * @throws ArchiveError `git-failed` with git's error output.
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

/** The oldest git that can judge a merge without a working copy: `merge-tree --write-tree`. */
const OLDEST = [2, 38] as const;

/**
 * Makes sure that the installed git can judge and merge.
 *
 * @throws ArchiveError `git-failed` if there is none, or one older than 2.38.
 */
export async function requireGit(): Promise<void> {
  const said = (await runGit('.', ['--version'])).toString().trim();
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(said) ?? [];
  const isOld =
    Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]);
  if (!isOld) return;
  throw new ArchiveError(
    'git-failed',
    `This is ${said}; git ${OLDEST.join('.')} or newer is needed.`,
    {
      hint: 'Install a newer git. Older ones cannot tell what merging would give without a working copy.',
    },
  );
}
