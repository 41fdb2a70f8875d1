// Hostile input is processed in another process, with little memory and a time limit: a case that never ends
// or fills the memory fails by itself, and the next one gets a new process.

import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { JudgedPullRequest } from '../../../src/cli/support/judge-pull-request.ts';
import type { Problem } from '../../../src/core/problem.ts';
import type { PullRequestAuthor } from '../../../src/core/submission/pull-request.ts';
import type { TestArchive } from '../broken/test-archive.ts';
import { endGroup, endWithProgram, OWN_GROUP } from '../../../src/adapters/process/run-process.ts';

const TIME_LIMIT = 60_000;
const MEMORY_MB = 1024;

export type ApartTask =
  | { kind: 'archive'; files: TestArchive['files'] }
  | { kind: 'pull'; clone: string; number: number; author: PullRequestAuthor };

export type ApartAnswer = { ok: true; value: unknown } | { ok: false; message: string };

let waiting: ChildProcess | undefined;

function start(): ChildProcess {
  const child = fork(path.join(import.meta.dirname, 'apart-tasks.ts'), [], {
    execArgv: [`--max-old-space-size=${MEMORY_MB}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    ...OWN_GROUP,
  });
  endWithProgram(child);
  child.unref();
  child.channel?.unref();
  return child;
}

function answerOf(child: ChildProcess, task: ApartTask): Promise<ApartAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      endGroup(child);
      reject(new Error(why));
    };
    const timer = setTimeout(() => fail(`took more than ${TIME_LIMIT / 1000} s`), TIME_LIMIT);
    const ended = (): void => fail(`ended the process that has ${MEMORY_MB} MB`);
    child.once('exit', ended);
    child.once('message', (answer) => {
      clearTimeout(timer);
      child.off('exit', ended);
      resolve(answer as ApartAnswer);
    });
    child.send(task);
  });
}

async function apart(task: ApartTask): Promise<unknown> {
  const child = waiting ?? start();
  waiting = undefined;
  const answer = await answerOf(child, task);
  waiting = child;
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

/** The problems of an archive. */
export async function problemsApart(archive: TestArchive): Promise<Problem[]> {
  return (await apart({ kind: 'archive', files: archive.files })) as Problem[];
}

/** A pull request checked as checkedPull does. */
export async function checkedApart(
  clone: string,
  number: number,
  author: PullRequestAuthor,
): Promise<Pick<JudgedPullRequest, 'problems' | 'report' | 'facts'>> {
  const task = { kind: 'pull' as const, clone, number, author };
  return (await apart(task)) as Pick<JudgedPullRequest, 'problems' | 'report' | 'facts'>;
}
