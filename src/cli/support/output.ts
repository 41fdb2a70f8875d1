// What every verb prints the same way: problems for people and as JSON, sizes, numbers. Results go to stdout;
// progress and errors go to stderr.

import { shortened, visibleJson, visibleText } from '../../adapters/terminal/visible-text.ts';
import {
  silentReporter,
  terminalReporter,
  type Reporter,
} from '../../adapters/terminal/progress.ts';
import { countOf, formatCount } from '../../core/text/format.ts';
import { countBySeverity, sortProblems, type Problem, type Severity } from '../../core/problem.ts';

/** Problems shown to people before the rest is only counted. */
const MAX_SHOWN = 200;
/** A message holds untrusted text, which may be megabytes long. */
const MAX_MESSAGE = 500;

const COLOURS: Record<Severity, string> = { error: '31', warning: '33', hint: '36' };

function painter(colour: boolean): (code: string, text: string) => string {
  return (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
}

/** Whether a stream is a terminal whose user did not disable colour (NO_COLOR). */
export function usesColour(stream: { isTTY?: boolean } = process.stdout): boolean {
  return stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
}

/** The lines that report problems to people: by file, then a total. Empty list: no lines. */
export function problemLines(problems: readonly Problem[], colour: boolean): string[] {
  const paint = painter(colour);
  const safe = (text: string): string =>
    shortened(visibleText(shortened(text, MAX_MESSAGE)), MAX_MESSAGE);
  const sorted = sortProblems(problems);
  const lines: string[] = [];
  let file: string | undefined;
  for (const problem of sorted.slice(0, MAX_SHOWN)) {
    if (problem.path !== file) {
      if (file !== undefined) lines.push('');
      file = problem.path;
    }
    const place = problem.line === undefined ? problem.path : `${problem.path}:${problem.line}`;
    const severity = paint(COLOURS[problem.severity], problem.severity);
    lines.push(
      `${paint('1', safe(place))}  ${severity}  ${problem.rule}  ${safe(problem.message)}`,
    );
    if (problem.hint !== undefined) lines.push(paint('2', `    ${safe(problem.hint)}`));
  }
  if (sorted.length > MAX_SHOWN) {
    lines.push('', `… and ${formatCount(sorted.length - MAX_SHOWN)} more; use --json to see all.`);
  }
  if (sorted.length > 0) {
    const counts = countBySeverity(sorted);
    const parts = [
      countOf(counts.error, 'error'),
      countOf(counts.warning, 'warning'),
      ...(counts.hint > 0 ? [countOf(counts.hint, 'hint')] : []),
    ];
    lines.push('', parts.join(', '));
  }
  return lines;
}

/** Prints lines to stdout. Untrusted text inside them must have gone through visibleText. */
export function printLines(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}

/** Prints problems for people, coloured on a terminal. */
export function printProblems(problems: readonly Problem[]): void {
  printLines(problemLines(problems, usesColour()));
}

/** Prints the one JSON object of a verb: its own facts, then the problems and their counts. */
export function printJson(facts: Record<string, unknown>, problems: readonly Problem[]): void {
  const sorted = sortProblems(problems);
  const report = { ...facts, problems: sorted, counts: countBySeverity(sorted) };
  process.stdout.write(`${visibleJson(JSON.stringify(report, null, 2))}\n`);
}

/** The exit code for a list of problems: 1 if one of them is an error. */
export function exitCodeFor(problems: readonly Problem[]): 0 | 1 {
  return problems.some((problem) => problem.severity === 'error') ? 1 : 0;
}

/** A progress bar where stderr is a terminal, silence elsewhere. */
export function progressReporter(): Reporter {
  return process.stderr.isTTY ? terminalReporter(process.stderr) : silentReporter;
}
