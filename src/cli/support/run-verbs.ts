// Runs a command line: finds the verb, loads its code and no other verb's, and reports failures.

import { Command, CommanderError } from 'commander';
import packageFile from '../../../package.json' with { type: 'json' };
import { visibleText } from '../../adapters/terminal/visible-text.ts';
import { isArchiveError } from '../../core/error.ts';

/** A verb as the help lists it; its own file has everything else. */
export interface Verb {
  name: string;
  summary: string;
  /** Loads the file of the verb. */
  load: () => Promise<Command>;
}

/** Verbs that belong together, in the order of the help. */
export interface VerbGroup {
  title: string;
  verbs: readonly Verb[];
}

const EXIT_FAILURE = 1;
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;

/** The verb that the arguments name, as in `check --json` and `help check`. */
function namedVerb(args: readonly string[]): string | undefined {
  const words = args.filter((word) => !word.startsWith('-'));
  return words[0] === 'help' ? words[1] : words[0];
}

async function createProgram(
  args: readonly string[],
  groups: readonly VerbGroup[],
  help: string,
): Promise<Command> {
  const program = new Command('dandiset')
    .description('Work with a DANDI archive whose records are in git.')
    .version(packageFile.version, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [verb]', 'show help for a verb')
    .showSuggestionAfterError()
    .showHelpAfterError('See --help for what can be asked for.')
    .exitOverride()
    .addHelpText('after', help);
  const named = namedVerb(args);
  for (const { title, verbs } of groups) {
    for (const { name, summary, load } of verbs) {
      // The help needs only the names and summaries of the others.
      const command = name === named ? await load() : new Command(name);
      command.description(summary).helpGroup(title).copyInheritedSettings(program);
      for (const inner of command.commands) inner.copyInheritedSettings(command);
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

/**
 * Runs a command line of these verbs to its end and leaves the exit code in process.exitCode. `help` ends the
 * text of `--help`.
 */
export async function runVerbs(
  argv: readonly string[],
  groups: readonly VerbGroup[],
  help: string,
): Promise<void> {
  process.once('SIGINT', () => process.exit(EXIT_INTERRUPTED));
  // The reader of our output may stop early (`| head`): that is not our failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    const program = await createProgram(argv.slice(2), groups, help);
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = report(error);
  }
}
