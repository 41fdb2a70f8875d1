// Reads many objects of a repository through one `git cat-file --batch`.

import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { ArchiveError } from '../../core/error.ts';
import { endGroup } from '../process/run-process.ts';
import { LOCAL_TIME_LIMIT, startGit } from './run-git.ts';

const LINE_FEED = 10;
/** Nothing needs a larger object; git is ended when it sends one. */
const MOST_BYTES = 256 * 1024 * 1024;

interface Question {
  id: string;
  kind: 'blob' | 'tree';
  answer(bytes: Buffer): void;
  fail(error: Error): void;
}

/** Reads objects by their id, in the order requested. The process starts with the first request. */
export class ObjectReader {
  private readonly folder: string;
  private git: ChildProcessWithoutNullStreams | undefined;
  /** Ends a git process that has not responded for too long. */
  private timer: NodeJS.Timeout | undefined;
  private chunks: Buffer[] = [];
  private held = 0;
  /** Bytes that must have arrived before the response can be complete. */
  private needed = 0;
  private readonly waiting: Question[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * The bytes of an object of a kind.
   *
   * @throws ArchiveError `git-failed` if the repository does not have it.
   */
  read(id: string, kind: 'blob' | 'tree' = 'blob'): Promise<Buffer> {
    const child = this.git ?? this.start();
    return new Promise((answer, fail) => {
      this.waiting.push({ id, kind, answer, fail });
      this.expectAnswer();
      child.stdin.write(`${id}\n`);
    });
  }

  /** Ends the process. */
  close(): void {
    clearTimeout(this.timer);
    this.git?.stdin.end();
    this.git = undefined;
  }

  /** Starts the timer for the next response. */
  private expectAnswer(): void {
    clearTimeout(this.timer);
    const { git } = this;
    if (this.waiting.length === 0 || git === undefined) return;
    this.timer = setTimeout(() => endGroup(git), LOCAL_TIME_LIMIT).unref();
  }

  private start(): ChildProcessWithoutNullStreams {
    const child = startGit(this.folder, ['cat-file', '--batch']);
    child.stdout.on('data', (chunk: Buffer) => {
      this.chunks.push(chunk);
      this.held += chunk.length;
      while (this.held >= this.needed && this.answerFirst());
    });
    const giveUp = (cause?: unknown): void => {
      const error = new ArchiveError('git-failed', 'git cat-file ended early.', { cause });
      for (const { fail } of this.waiting.splice(0)) fail(error);
      clearTimeout(this.timer);
      this.git = undefined;
    };
    child.on('error', giveUp);
    child.on('close', () => giveUp());
    child.stderr.resume();
    this.git = child;
    return child;
  }

  /** Resolves the first request if its response has arrived completely. */
  private answerFirst(): boolean {
    const [question] = this.waiting;
    if (question === undefined || this.held === 0) return false;
    const buffer =
      this.chunks.length === 1 ? (this.chunks[0] as Buffer) : Buffer.concat(this.chunks);
    this.chunks = [buffer];
    const end = buffer.indexOf(LINE_FEED);
    if (end < 0) return false;
    const header = buffer.toString('latin1', 0, end);
    const [, kind, size] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(header) ?? [];
    const start = end + 1;
    if (Number(size) > MOST_BYTES) {
      if (this.git !== undefined) endGroup(this.git);
      return false;
    }
    const stop = size === undefined ? start : start + Number(size) + 1;
    if (buffer.length < stop) {
      this.needed = stop;
      return false;
    }
    this.waiting.shift();
    this.expectAnswer();
    this.needed = 0;
    this.chunks = [buffer.subarray(stop)];
    this.held = buffer.length - stop;
    if (kind === question.kind) question.answer(buffer.subarray(start, stop - 1));
    else {
      question.fail(
        new ArchiveError('git-failed', `The repository has no ${question.kind} ${question.id}.`, {
          hint: 'Fetch the whole history: git fetch --unshallow, or fetch-depth: 0 in a workflow.',
        }),
      );
    }
    return true;
  }
}
