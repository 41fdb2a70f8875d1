// Runs the system's git: arguments as a list, never through a shell, without prompts, with a time
// limit. Each git has a process group of its own, so that it can be ended with all that it started.

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { ArchiveError } from '../../core/error.ts';

const MOST_OUTPUT = 256 * 1024 * 1024;
const MOST_MESSAGE = 64 * 1024;

/** Time for a question about objects that are here, in milliseconds. */
export const LOCAL_TIME_LIMIT = 120_000;
/** Time for a fetch or a push. */
export const REMOTE_TIME_LIMIT = 900_000;

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
function gitNotThere(error: unknown): ArchiveError | undefined {
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
  /** Milliseconds until it is ended; by default the time for local questions. */
  timeLimit?: number;
}

/** How a run of git ended. */
export interface GitResult {
  code: number;
  stdout: Buffer;
  /** What it said, on one line. */
  said: string;
}

/** A git that runs, alone in its process group. */
export interface RunningGit {
  child: ChildProcessWithoutNullStreams;
  /** Ends it, and whatever it has started. */
  end(): void;
}

const running = new Set<RunningGit>();
process.once('exit', () => running.forEach((one) => one.end()));

/** Starts `git ARGS` in a folder. Windows has no process groups; there git alone is ended. */
export function startGit(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): RunningGit {
  const child = spawn('git', ['-C', folder, ...args], {
    stdio: 'pipe',
    env: { ...gitEnvironment(), ...env },
    detached: process.platform !== 'win32',
  });
  const started: RunningGit = {
    child,
    end() {
      running.delete(started);
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      try {
        if (process.platform === 'win32') child.kill('SIGKILL');
        else process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended in the meantime.
      }
    },
  };
  running.add(started);
  child.on('close', () => running.delete(started));
  // A git that ends early reads no more; how it ended says why.
  child.stdin.on('error', () => {});
  return started;
}

/**
 * Runs `git ARGS` in a folder and hands each piece of its output on as it comes. Where `take` answers
 * false, git is ended: that counts as an end without failure.
 *
 * @throws ArchiveError `git-failed` where git could not be run at all, or took longer than its limit.
 */
export function readGit(
  folder: string,
  args: readonly string[],
  take: (chunk: Buffer) => boolean,
  { env, input, timeLimit = LOCAL_TIME_LIMIT }: GitRun = {},
): Promise<{ code: number; said: string }> {
  return new Promise((resolve, reject) => {
    const { child, end } = startGit(folder, args, env);
    const said: Buffer[] = [];
    let heard = 0;
    let isEnough = false;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      end();
    }, timeLimit);
    child.stdout.on('data', (chunk: Buffer) => {
      if (isEnough) return;
      isEnough = !take(chunk);
      if (isEnough) end();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      heard += chunk.length;
      if (heard <= MOST_MESSAGE) said.push(chunk);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(gitNotThere(error) ?? error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const name = args[0] ?? '';
      if (isLate) {
        const seconds = Math.round(timeLimit / 1000);
        const message = `git ${name} was ended: it took longer than ${seconds} seconds.`;
        reject(new ArchiveError('git-failed', message));
      } else {
        const words = oneLine(Buffer.concat(said)) || `git ${name} ended by ${signal ?? code}`;
        resolve({ code: isEnough ? 0 : (code ?? 1), said: words });
      }
    });
    child.stdin.end(input);
  });
}

/**
 * Runs `git ARGS` in a folder to its end, whatever that is.
 *
 * @throws ArchiveError `git-failed` where git could not be run at all, took longer than its limit, or
 * wrote more than can be held.
 */
export async function gitResult(
  folder: string,
  args: readonly string[],
  run: GitRun = {},
): Promise<GitResult> {
  const chunks: Buffer[] = [];
  let held = 0;
  const take = (chunk: Buffer): boolean => {
    held += chunk.length;
    chunks.push(chunk);
    return held <= MOST_OUTPUT;
  };
  const { code, said } = await readGit(folder, args, take, run);
  if (held > MOST_OUTPUT) {
    throw new ArchiveError('git-failed', `git ${args[0] ?? ''} wrote more than can be held.`);
  }
  return { code, stdout: Buffer.concat(chunks), said };
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

/** The oldest git that can judge a merge without a working copy: `merge-tree --write-tree`. */
const OLDEST = [2, 38] as const;

/**
 * Makes sure that the git here can judge and merge.
 *
 * @throws ArchiveError `git-failed` where there is none, or one older than 2.38.
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
