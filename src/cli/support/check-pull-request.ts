// dandiset check --head REF: checks a pull request as data, against its base.

import { readFileSync } from 'node:fs';
import { fetchPull } from '../../adapters/git/fetch-pull.ts';
import { ArchiveError } from '../../core/error.ts';
import { countMember, member, parseJson, textMember } from '../../core/json/json-text.ts';
import { ARCHIVE_FILE } from '../../core/records/archive.ts';
import { toArchive } from '../../core/records/to-archive.ts';
import type { PullRequestAuthor } from '../../core/submission/pull-request.ts';
import type { PullRequestReport } from '../../core/submission/pull-request-report.ts';
import { previewAddress, reportText, WAITING_HOURS } from '../../core/submission/report-text.ts';
import { countOf } from '../../core/text/format.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { visibleJson } from '../../adapters/terminal/visible-text.ts';
import type { PullRequestCheck } from '../../workflows/submission/check-pull-request.ts';
import { judgePullRequest } from './judge-pull-request.ts';
import { localLists } from './local-lists.ts';
import { localAvailability } from './local-stores.ts';
import { exitCodeFor, printJson, printLines, printProblems } from './output.ts';

export const DEFAULT_BASE = 'origin/main';

/** The options of `check` about pull requests. */
export interface PullRequestOptions {
  head?: string;
  report?: boolean;
  event?: string;
  json?: boolean;
}

interface ForgeEvent {
  number?: number;
  author?: PullRequestAuthor;
}

/** The associations that the forge gives to those who may write. */
const CURATORS: readonly string[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];

/** The part of the forge's event file that the forge itself asserts; the rest comes from the author. */
function readEvent(file: string | undefined): ForgeEvent {
  if (file === undefined) return {};
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ArchiveError('usage', `The event file ${file} cannot be read.`, { cause });
  }
  const parsed = parseJson(text);
  const pull = parsed.ok ? member(parsed.value, 'pull_request') : undefined;
  const number = countMember(pull, 'number');
  const login = textMember(member(pull, 'user'), 'login');
  const id = countMember(member(pull, 'user'), 'id');
  const isCurator = CURATORS.includes(textMember(pull, 'author_association') ?? '');
  return {
    ...(number === undefined ? {} : { number }),
    ...(login === undefined
      ? {}
      : { author: { login, ...(id === undefined ? {} : { id }), isCurator } }),
  };
}

async function headOf(
  folder: string,
  requested: string | undefined,
  event: ForgeEvent,
): Promise<string> {
  const number =
    requested === undefined ? event.number : Number(/^pull\/(\d{1,9})$/.exec(requested)?.[1]);
  if (number !== undefined && Number.isSafeInteger(number)) return fetchPull(folder, number);
  return requested ?? 'HEAD';
}

async function printText(report: PullRequestReport, check: PullRequestCheck): Promise<void> {
  const bytes = await check.merged.read(ARCHIVE_FILE);
  const parsed = parseJson(bytes === undefined ? '' : (decodeUtf8(bytes) ?? ''));
  const archive = parsed.ok ? toArchive(parsed.value).archive : undefined;
  const site = archive?.site ?? '/';
  const preview = archive && previewAddress(archive.repository, report);
  const setting = { site, waitingHours: WAITING_HOURS };
  const text = reportText(report, preview === undefined ? setting : { ...setting, preview });
  process.stdout.write(text);
}

/** Checks what merging a commit would change in a base, and prints problems, facts, or the report. */
export async function runPullRequestCheck(
  folder: string,
  baseRef: string,
  options: PullRequestOptions,
): Promise<void> {
  const event = readEvent(options.event);
  const headRef = await headOf(folder, options.head, event);
  const { changes, check, problems, report, facts } = await judgePullRequest(
    folder,
    baseRef,
    headRef,
    {
      listsOf: localLists(folder),
      askBytes: localAvailability(folder),
      today: new Date().toISOString().slice(0, 10),
      ...(event.author === undefined ? {} : { author: event.author }),
    },
  );
  if (options.report === true && options.json === true) {
    process.stdout.write(`${visibleJson(JSON.stringify(report, null, 2))}\n`);
  } else if (options.report === true) await printText(report, check);
  else if (options.json === true) printJson({ checked: check.counts, merge: facts }, problems);
  else {
    printProblems(problems);
    const what = countOf(changes.changes.length, 'changed file');
    printLines([`Checked ${what}${problems.length === 0 ? ': no problems' : ''}.`]);
  }
  process.exitCode = exitCodeFor(problems);
}
