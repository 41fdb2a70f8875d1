// Questions on a terminal, for what a command was not told.

import { createInterface } from 'node:readline/promises';

export interface Question {
  text: string;
  /** Taken for an empty answer. */
  proposal?: string;
  /** Why an answer cannot be used, as a sentence; undefined if it can. */
  fault(answer: string): string | undefined;
}

/** Whether somebody is there to be asked: the input and the error stream are a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks until an answer can be used. Questions go to the error stream, which is not the result. */
export async function ask({ text, proposal, fault }: Question): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C at a question is an interruption like any other.
  terminal.on('SIGINT', () => process.emit('SIGINT'));
  try {
    for (;;) {
      const offered = proposal === undefined ? '' : ` [${proposal}]`;
      const given = (await terminal.question(`${text}${offered}: `)).trim();
      const answer = given === '' ? (proposal ?? '') : given;
      const problem = fault(answer);
      if (problem === undefined) return answer;
      process.stderr.write(`  ${problem}\n`);
    }
  } finally {
    terminal.close();
  }
}
