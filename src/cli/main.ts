// The `dandiset` command. Each verb is a file in this folder that exports its Command; an action returns or
// sets process.exitCode (1 for problems), and throws ArchiveError when it cannot go on.

import { Command, CommanderError } from 'commander';
import packageFile from '../../package.json' with { type: 'json' };
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { isArchiveError } from '../core/error.ts';
import { buildCommand } from './build.ts';
import { checkCommand } from './check.ts';
import { citeCommand } from './cite.ts';
import { deleteCommand } from './delete.ts';
import { deployCommand } from './deploy.ts';
import { digestCommand } from './digest.ts';
import { downloadCommand } from './download.ts';
import { importCommand } from './import.ts';
import { initCommand } from './init.ts';
import { lsCommand } from './ls.ts';
import { migrateCommand } from './migrate.ts';
import { publishCommand } from './publish.ts';
import { pullsCommand } from './pulls.ts';
import { registrarCommand } from './registrar.ts';
import { reportCommand } from './report.ts';
import { serveCommand } from './serve.ts';
import { submitCommand } from './submit.ts';
import { verifyCommand } from './verify.ts';
import { withdrawCommand } from './withdraw.ts';

/** The verbs by purpose, in the order of the help. */
const VERBS: readonly (readonly [group: string, verbs: readonly (() => Command)[]])[] = [
  ['Use data:', [downloadCommand, lsCommand, verifyCommand, digestCommand, citeCommand]],
  ['Give data:', [submitCommand, publishCommand]],
  [
    'Curate:',
    [
      checkCommand,
      pullsCommand,
      reportCommand,
      registrarCommand,
      migrateCommand,
      withdrawCommand,
      deleteCommand,
    ],
  ],
  ['Keep an archive:', [initCommand, buildCommand, serveCommand, deployCommand, importCommand]],
];

const EXIT_FAILURE = 1;
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;

const EXAMPLES = `
Examples:
  dandiset import ../mirror --into /tmp/archive/content
  dandiset check
  dandiset help import

In the folder of an archive, and in a clone of the program, "npx dandiset" runs the command that is
installed there. Elsewhere npm would fetch whatever package has that name.

Exit codes: 0 done, 1 problems or failure, 2 wrong usage, 130 interrupted.`;

function createProgram(): Command {
  const program = new Command('dandiset')
    .description('Work with a DANDI archive whose records lie in git.')
    .version(packageFile.version, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [verb]', 'show help for a verb')
    .showSuggestionAfterError()
    .showHelpAfterError('See --help for what can be asked for.')
    .exitOverride()
    .addHelpText('after', EXAMPLES);
  for (const [group, verbs] of VERBS) {
    for (const verb of verbs) {
      const command = verb().helpGroup(group);
      command.copyInheritedSettings(program);
      program.addCommand(command);
    }
  }
  return program.usage('<verb> [options]');
}

function report(error: unknown): number {
  // commander has already reported the error, or shown the requested help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
  const debug = process.env['DANDISET_DEBUG'] === '1';
  const lines: string[] = [];
  if (isArchiveError(error)) {
    lines.push(`dandiset: ${visibleText(error.message)}`);
    if (error.hint !== undefined) lines.push(`  ${visibleText(error.hint)}`);
  } else {
    const message = error instanceof Error ? error.message : String(error);
    lines.push(
      `dandiset: something went wrong that should not: ${visibleText(message)}`,
      '  Please report it with the command you ran and the output of DANDISET_DEBUG=1.',
    );
  }
  if (debug && error instanceof Error) lines.push(error.stack ?? '', ...causes(error));
  process.stderr.write(`${lines.join('\n')}\n`);
  return isArchiveError(error, 'usage') ? EXIT_USAGE : EXIT_FAILURE;
}

function causes(error: Error): string[] {
  if (!(error.cause instanceof Error)) return [];
  return [`caused by: ${error.cause.stack ?? error.cause.message}`, ...causes(error.cause)];
}

/** Runs the command line to its end and leaves the exit code in process.exitCode. */
export async function main(argv: readonly string[]): Promise<void> {
  process.once('SIGINT', () => process.exit(EXIT_INTERRUPTED));
  // The reader of our output may stop early (`| head`): that is not our failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    process.exitCode = report(error);
  }
}
