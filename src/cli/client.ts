// The client that every site serves at /cli/dandiset.tgz: the verbs that need no archive of one's own.

import { CLIENT_VERBS } from './client-verbs.ts';
import { runVerbs } from './support/run-verbs.ts';

const HELP = `
Examples:
  dandiset ls -r https://lab.example.org/dandiset/000004
  dandiset download https://lab.example.org/dandiset/000004 --output data
  dandiset verify data/000004

Exit codes: 0 done, 1 problems or failure, 2 wrong usage, 130 interrupted.`;

/** Runs the command line of the client to its end and leaves the exit code in process.exitCode. */
export function client(argv: readonly string[]): Promise<void> {
  return runVerbs(argv, CLIENT_VERBS, HELP);
}
