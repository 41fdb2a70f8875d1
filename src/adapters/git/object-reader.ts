// Reads many objects of a repository through one `git cat-file --batch`.

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { ArchiveError } from '../../core/error.ts';
import { gitEnvironment } from './run-git.ts';

const LINE_FEED = 10;

interface Question {
  id: string;
  answer(bytes: Buffer): void;
  fail(error: Error): void;
}

/** Reads objects by their id, in the order asked. The process starts with the first question. */
export class ObjectReader {
  private readonly folder: string;
  private child: ChildProcessWithoutNullStreams | undefined;
  private chunks: Buffer[] = [];
  private held = 0;
  /** Bytes that must be held before the answer can be complete. */
  private needed = 0;
  private readonly waiting: Question[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * The bytes of an object.
   *
   * @throws ArchiveError `git-failed` where the repository does not have it.
   */
  read(id: string): Promise<Buffer> {
    const child = this.child ?? this.start();
    return new Promise((answer, fail) => {
      this.waiting.push({ id, answer, fail });
      child.stdin.write(`${id}\n`);
    });
  }

  /** Ends the process. */
  close(): void {
    this.child?.stdin.end();
    this.child = undefined;
  }

  private start(): ChildProcessWithoutNullStreams {
    const child = spawn('git', ['-C', this.folder, 'cat-file', '--batch'], {
      stdio: 'pipe',
      env: gitEnvironment(),
    });
    child.stdout.on('data', (chunk: Buffer) => {
      this.chunks.push(chunk);
      this.held += chunk.length;
      while (this.held >= this.needed && this.answerFirst());
    });
    const giveUp = (cause?: unknown): void => {
      const error = new ArchiveError('git-failed', 'git cat-file ended early.', { cause });
      for (const { fail } of this.waiting.splice(0)) fail(error);
      this.child = undefined;
    };
    child.on('error', giveUp);
    child.on('close', () => giveUp());
    // A process that has ended answers no more; 'close' says so.
    child.stdin.on('error', () => {});
    child.stderr.resume();
    this.child = child;
    return child;
  }

  /** Answers the first question if all of its answer is here. */
  private answerFirst(): boolean {
    const [question] = this.waiting;
    if (question === undefined || this.held === 0) return false;
    const buffer =
      this.chunks.length === 1 ? (this.chunks[0] as Buffer) : Buffer.concat(this.chunks);
    this.chunks = [buffer];
    const end = buffer.indexOf(LINE_FEED);
    if (end < 0) return false;
    const header = buffer.toString('latin1', 0, end);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1];
    const start = end + 1;
    const stop = size === undefined ? start : start + Number(size) + 1;
    if (buffer.length < stop) {
      this.needed = stop;
      return false;
    }
    this.waiting.shift();
    this.needed = 0;
    this.chunks = [buffer.subarray(stop)];
    this.held = buffer.length - stop;
    if (size !== undefined) question.answer(buffer.subarray(start, stop - 1));
    else {
      question.fail(
        new ArchiveError('git-failed', `The repository does not have object ${question.id}.`, {
          hint: 'Fetch the whole history: git fetch --unshallow, or fetch-depth: 0 in a workflow.',
        }),
      );
    }
    return true;
  }
}
