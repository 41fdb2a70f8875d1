// Questions on a terminal, for values that were not given on the command line.

import { createInterface, type Interface } from 'node:readline';
import { ArchiveError } from '../../core/error.ts';

export interface Question {
  text: string;
  /** Used for an empty answer. */
  proposal?: string;
  /** Why an answer cannot be used, as a sentence; undefined if it can. */
  problemWith(answer: string): string | undefined;
}

/** Whether a person can be asked: the input and the error stream are a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks one question after another. Questions go to the error stream, which is not the result. */
export class Questions {
  readonly #input: NodeJS.ReadableStream;
  readonly #output: NodeJS.WritableStream;
  #terminal: Interface | undefined;
  #lines: AsyncIterator<string> | undefined;

  constructor(
    input: NodeJS.ReadableStream = process.stdin,
    output: NodeJS.WritableStream = process.stderr,
  ) {
    this.#input = input;
    this.#output = output;
  }

  #open(): AsyncIterator<string> {
    // One reader for all questions: it may have buffered lines that were typed ahead.
    this.#terminal ??= createInterface({ input: this.#input, output: this.#output });
    this.#lines ??= this.#terminal[Symbol.asyncIterator]();
    return this.#lines;
  }

  /**
   * Asks until an answer can be used.
   *
   * @throws ArchiveError `usage` if the input ends first
   */
  async ask({ text, proposal, problemWith }: Question): Promise<string> {
    const lines = this.#open();
    // Ctrl-C at a question is an interruption like any other.
    this.#terminal?.removeAllListeners('SIGINT').on('SIGINT', () => process.emit('SIGINT'));
    for (;;) {
      this.#output.write(`${text}${proposal === undefined ? '' : ` [${proposal}]`}: `);
      const { value, done } = await lines.next();
      if (done === true) {
        throw new ArchiveError('usage', 'The input ended before all questions were answered.', {
          hint: 'Give the answers as options; --help lists them.',
        });
      }
      const given = value.trim();
      const answer = given === '' ? (proposal ?? '') : given;
      const problem = problemWith(answer);
      if (problem === undefined) return answer;
      this.#output.write(`  ${problem}\n`);
    }
  }

  /** Releases the terminal. */
  close(): void {
    this.#terminal?.close();
  }
}
