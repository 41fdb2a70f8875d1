// What `dandiset download` prints: for people, or as lines of JSON.

import type { TransferProgress } from '../../adapters/terminal/transfer-progress.ts';
import { printTogether } from '../../adapters/terminal/print-together.ts';
import { visibleJson, visibleText } from '../../adapters/terminal/visible-text.ts';
import type { FileAction } from '../../core/download/plan.ts';
import { isArchiveError } from '../../core/error.ts';
import { countOf, formatBytes } from '../../core/text/format.ts';
import type {
  DownloadOutcome,
  DownloadReport,
  FolderPlan,
} from '../../workflows/client/download-settings.ts';

export interface ReportSettings {
  progress: TransferProgress;
  isJson: boolean;
  isDryRun: boolean;
  /** Whether the progress shows something, so that lines of files are left out. */
  showsBars: boolean;
  /** The command that was run, to be run again. */
  command: string;
  /** Where lines go; by default standard output. */
  print?: (line: string) => void;
}

export interface PrintedReport extends DownloadReport {
  /** A line about what is going on. */
  say(text: string): void;
  /** The end of a run; returns the exit code. */
  end(outcome: DownloadOutcome, acceptsUnverified: boolean): 0 | 1;
  /** The end of a run that could not be done. */
  fail(error: unknown): void;
}

/** Failures that are named before the rest is only counted. */
const MAX_FAILURES = 20;

const DONE: Record<FileAction['action']['do'], string> = {
  fetch: 'fetched',
  replace: 'replaced',
  keep: 'complete',
  skip: 'skipped',
  refuse: 'refused',
  'set-aside': 'set-aside',
};
const PLANNED = { ...DONE, fetch: 'fetch', replace: 'replace', skip: 'skip', refuse: 'refuse' };

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A code for programs: why a run, or a file, was not done. */
function codeOf(error: unknown): string {
  if (!isArchiveError(error)) return 'failed';
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  if (cause?.code === 'ENOSPC' || cause?.code === 'EDQUOT') return 'disk-full';
  switch (error.code) {
    case 'bytes-wrong':
      return 'digest-mismatch';
    case 'bytes-not-found':
    case 'nothing-found':
      return 'not-found';
    case 'bytes-unreadable':
    case 'bytes-changed':
    case 'source-unreadable':
    case 'store-failed':
      return 'network';
    case 'content-unwritable':
      return 'refused';
    default:
      return error.code;
  }
}

function sumOf(files: readonly FileAction[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** The report on standard output; what is passing goes to the progress. */
export function downloadReport(settings: ReportSettings): PrintedReport {
  const { progress, isJson, isDryRun, showsBars } = settings;
  const lines = printTogether();
  const { print = lines.print } = settings;
  const write = (line: string): void => {
    progress.finish();
    print(line);
  };
  const event = (facts: Record<string, unknown>): void => write(visibleJson(JSON.stringify(facts)));
  const line = (text: string): void => write(visibleText(text));

  function fileLine({ action, target, size }: FileAction): string {
    const word = (isDryRun ? PLANNED : DONE)[action.do];
    const why = 'why' in action ? `  (${action.why})` : '';
    return `${word.padEnd(9)} ${formatBytes(size).padStart(7)}  ${target}${why}`;
  }

  function printEnd({ plans, failures }: DownloadOutcome, acceptsUnverified: boolean): 0 | 1 {
    progress.finish();
    const files = plans.flatMap(({ plan }) => plan.files);
    const failed = new Set(failures.map(({ file }) => file));
    const by = (...kinds: FileAction['action']['do'][]): FileAction[] =>
      files.filter((file) => kinds.includes(file.action.do) && !failed.has(file));
    const [fetched, kept, skipped] = [by('fetch', 'replace'), by('keep'), by('skip')];
    const refused = isDryRun ? by('refuse') : [];
    const setAside = by('set-aside');
    const wanted = files.filter(({ action }) => action.do !== 'set-aside');
    const unverified = isDryRun ? [] : fetched.filter(({ digest }) => digest === undefined);
    const isComplete =
      failures.length === 0 &&
      refused.length === 0 &&
      (acceptsUnverified || unverified.length === 0);
    const counts = {
      files: wanted.length,
      bytes: sumOf(wanted),
      fetched: fetched.length,
      fetchedBytes: sumOf(fetched),
      complete: kept.length,
      skipped: skipped.length,
      setAside: setAside.length,
      failed: failures.length + refused.length,
      unverified: unverified.length,
    };
    if (isJson) {
      const first = failures[0];
      const code = first === undefined ? {} : { code: codeOf(first.error) };
      const outcome = isDryRun ? 'planned' : isComplete ? 'complete' : 'partial';
      event({ event: 'end', outcome, ...code, ...counts });
      return isComplete ? 0 : 1;
    }
    if (isDryRun) return isComplete ? 0 : 1;
    for (const { file, error } of failures.slice(0, MAX_FAILURES))
      line(`failed    ${formatBytes(file.size).padStart(7)}  ${file.target}: ${messageOf(error)}`);
    if (failures.length > MAX_FAILURES)
      line(`… and ${failures.length - MAX_FAILURES} more; --json names all.`);
    const parts = [
      ...(fetched.length > 0
        ? [`${countOf(fetched.length, 'file')} fetched (${formatBytes(sumOf(fetched))})`]
        : []),
      ...(kept.length > 0 ? [`${countOf(kept.length, 'file')} already complete`] : []),
      ...(skipped.length > 0 ? [`${countOf(skipped.length, 'file')} skipped, not verified`] : []),
      ...(failures.length > 0 ? [`${countOf(failures.length, 'file')} failed`] : []),
      ...(setAside.length > 0 ? [`${setAside.length} moved to .dandiset/removed`] : []),
    ];
    line(`${parts.length === 0 ? 'No files' : parts.join(', ')}.`);
    if (unverified.length > 0)
      line(
        `${countOf(unverified.length, 'file')} could be checked by size only: no digest is recorded` +
          `${acceptsUnverified ? '' : ' (see --allow-unverified)'}.`,
      );
    if (failures.length > 0) line(`The same command goes on from here: ${settings.command}`);
    return isComplete ? 0 : 1;
  }

  return {
    say(text) {
      if (isJson) event({ event: 'note', text });
      else if (showsBars) progress.print(visibleText(text));
      else process.stderr.write(`${visibleText(text)}\n`);
    },
    found({ at, source, isChosen }) {
      const { number, version } = at;
      if (isJson) return event({ event: 'version', number, version, source: source.name });
      const kind = version === 'draft' ? 'the draft' : 'the newest published version';
      line(`${number}/${version}${isChosen ? `, ${kind}` : ''}, from ${source.name}`);
    },
    planned({ folder, plan, free }: FolderPlan) {
      const { totals } = plan;
      if (isJson) {
        const files = plan.files.map(({ target, size, digest, action }) => ({
          path: target,
          size,
          ...(digest === undefined ? {} : { [digest.algorithm]: digest.value }),
          ...action,
        }));
        const { removals } = plan;
        event({
          event: 'plan',
          folder,
          totals,
          removals,
          ...(free === undefined ? {} : { free }),
          files,
        });
      } else {
        if (isDryRun) for (const file of plan.files) line(fileLine(file));
        if (isDryRun) for (const path of plan.removals) line(`remove             ${path}`);
        const room = free === undefined ? '' : `; ${formatBytes(free)} are free`;
        line(
          `${countOf(totals.files, 'file')}, ${formatBytes(totals.bytes)}, into ${folder}: ` +
            `${countOf(totals.fetchFiles, 'file')}, ${formatBytes(totals.fetchBytes)} to fetch${room}.`,
        );
      }
      progress.expect(totals.fetchFiles, totals.fetchBytes);
    },
    advanced({ target, size }, bytes) {
      progress.advance(target, size, bytes);
    },
    settled(file, failure) {
      const { target, size, action } = file;
      const isFetched = action.do === 'fetch' || action.do === 'replace';
      if (isFetched) progress.settle(target, size);
      if (isJson) {
        const outcome = failure === undefined ? DONE[action.do] : 'failed';
        const why =
          failure === undefined ? {} : { code: codeOf(failure), message: messageOf(failure) };
        event({ event: 'file', path: target, size, outcome, ...why });
      } else if (action.do === 'set-aside' || (failure === undefined && isFetched && !showsBars)) {
        line(fileLine(file));
      }
    },
    removed(path) {
      if (isJson) event({ event: 'removed', path });
      else line(`removed            ${path}`);
    },
    end(outcome, acceptsUnverified) {
      const code = printEnd(outcome, acceptsUnverified);
      lines.flush();
      return code;
    },
    fail(error) {
      progress.finish();
      if (isJson)
        event({ event: 'end', outcome: 'failed', code: codeOf(error), message: messageOf(error) });
      lines.flush();
    },
  };
}
