// Runs the system's git: arguments as a list, never through a shell, without prompts.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ArchiveError } from '../../core/error.ts';

const MOST_OUTPUT = 256 * 1024 * 1024;

/** The environment git runs in: no questions, no locks taken for reading, English messages. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
}

/** What a failed git command said, on one line. */
function lastWords(error: unknown): string {
  const stderr = String((error as { stderr?: Buffer | string }).stderr ?? '').trim();
  return stderr === '' ? String((error as Error).message) : stderr.replace(/\s*\n\s*/g, ' ');
}

/** That git could not be run at all, as an error; undefined for an answer of git's own. */
export function gitNotThere(error: unknown): ArchiveError | undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return undefined;
  return new ArchiveError('git-failed', 'git could not be started.', {
    hint: 'Install git, and check that the folder exists.',
    cause: error,
  });
}

/**
 * The output of `git ARGS` run in a folder.
 *
 * @throws ArchiveError `git-failed` with what git said.
 */
export async function runGit(folder: string, args: readonly string[]): Promise<Buffer> {
  try {
    const { stdout } = await promisify(execFile)('git', ['-C', folder, ...args], {
      encoding: 'buffer',
      maxBuffer: MOST_OUTPUT,
      env: gitEnvironment(),
    });
    return stdout;
  } catch (error) {
    throw (
      gitNotThere(error) ??
      new ArchiveError('git-failed', `git ${args[0] ?? ''} failed: ${lastWords(error)}`, {
        cause: error,
      })
    );
  }
}
