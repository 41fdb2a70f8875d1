// The report of a pull request as Markdown: printed by the command, posted as a comment. Text of the record
// is shown as code, so that no mention, link, picture or HTML in it has any effect.

import type { Problem } from '../problem.ts';
import { countOf, formatBytes } from '../text/format.ts';
import { contentPlace } from '../records/layout.ts';
import { shownLine, shownText } from '../text/shown-text.ts';
import { CONTENT_FOLDER } from './bundle.ts';
import { targetOfPlace } from './submission-target.ts';
import { proposalAddress } from './proposal-address.ts';
import type {
  PullRequestReport,
  ReportedDandiset,
  ReportedRelease,
} from './pull-request-report.ts';

/** The first line of the comment: it identifies the comment that is to be replaced. */
export const REPORT_MARK = '<!-- dandiset report -->';

/** Hours without activity after which the registrar merges an owner's change. */
export const WAITING_HOURS = 24;

/** The number of other pull requests that are named. */
const MOST_RIVALS = 20;

/** What the text says beyond the facts. */
export interface ReportSetting {
  /** Address of the files at the commit that was examined, if there is one. */
  preview?: string;
  /** Address of the archive's site, ending in `/`. */
  site: string;
  /** Hours until the registrar merges an owner's change by itself. */
  waitingHours: number;
  /** Other open pull requests about the same draft or submission. */
  rivals?: readonly number[];
}

/** Where the forge shows the changed folder, at the commit that was examined. */
export function previewAddress(repository: string, { head, changed }: PullRequestReport): string {
  const [first = ''] = changed;
  const folder = first.slice(0, Math.max(first.lastIndexOf('/'), 0));
  const place = folder.toWellFormed().split('/').map(encodeURIComponent).join('/');
  return `${repository}/tree/${head}/${place}`;
}

/** The site's page that shows the record as it would read, if there is one to show. */
function proposedPage(
  { kind, head, changed }: PullRequestReport,
  site: string,
): string | undefined {
  if (kind !== 'submission' && kind !== 'draft' && kind !== 'release') return undefined;
  const [first = ''] = changed;
  if (!first.startsWith(CONTENT_FOLDER)) return undefined;
  const target = targetOfPlace(contentPlace(first.slice(CONTENT_FOLDER.length)));
  return target && proposalAddress(site, { commit: head, target });
}

/** A stranger's text as code on one line; nothing in it can end the code. */
export function asCode(text: string, limit = 300): string {
  const line = shownLine(text, limit);
  if (line === '') return '`(empty)`';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const blank = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${blank}${line}${blank}${fence}`;
}

/** A stranger's text as a block of code. */
function asBlock(text: string, kind: string, limit: number): string[] {
  const shown = shownText(text, limit);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${kind}`, shown, fence];
}

function heading({ counts, changesPublished }: PullRequestReport): string {
  const start = changesPublished ? '## Changes a published version. ' : '## ';
  if (counts.error > 0) return `${start}Not yet: ${countOf(counts.error, 'error')} to fix`;
  if (counts.warning > 0)
    return `${start}Can be merged; ${countOf(counts.warning, 'warning')} to look at`;
  return `${start}Can be merged`;
}

function besideLines({ known }: PullRequestReport, { rivals = [] }: ReportSetting): string[] {
  const lines: string[] = [];
  if (rivals.length > 0) {
    const others = rivals.slice(0, MOST_RIVALS).map((number) => `#${number}`);
    const more = rivals.length > MOST_RIVALS ? ` and ${rivals.length - MOST_RIVALS} more` : '';
    lines.push(
      `Open pull requests about the same: ${others.join(', ')}${more}. Only one of them can be merged as it is.`,
    );
  }
  if (known !== undefined && known.files > 0) {
    const where = known.where.map((place) => asCode(place)).join(', ');
    lines.push(
      `The archive has the bytes of ${countOf(known.files, 'new file')} already: ${where}.`,
    );
  }
  return lines.flatMap((line) => ['', line]);
}

const KINDS: Record<PullRequestReport['kind'], string> = {
  submission: 'A new Dandiset',
  draft: 'A change to a draft',
  release: 'A request for publication',
  removal: 'Deletes a draft',
  status: 'A change of status',
  vocabulary: 'A change to a vocabulary',
  other: 'A change that is no submission',
};

function problemLine({ severity, path, line, message, rule, hint }: Problem, site: string): string {
  const place = path === '' ? '' : ` ${asCode(line === undefined ? path : `${path}:${line}`)}`;
  const words = `- **${severity}**${place} ${asCode(message, 500)} ([${rule}](${site}handbook/rules/#${rule}))`;
  return hint === undefined ? words : `${words}\n  ${asCode(hint, 500)}`;
}

function problemLines({ problems, counts }: PullRequestReport, site: string): string[] {
  const all = counts.error + counts.warning + counts.hint;
  if (all === 0) return ['The check finds no problem.'];
  const rest = all - problems.length;
  return [
    '### Problems',
    '',
    ...problems.map((problem) => problemLine(problem, site)),
    ...(rest > 0
      ? ['', `… and ${countOf(rest, 'more', 'more')}: \`dandiset check\` shows all.`]
      : []),
  ];
}

function dandisetRows(dandiset: ReportedDandiset): string[] {
  const list = (values: readonly string[]): string =>
    values.length === 0
      ? 'none named'
      : values
          .slice(0, 10)
          .map((value) => asCode(value))
          .join(', ');
  const files =
    dandiset.files === undefined ? 'list not held here' : countOf(dandiset.files, 'file');
  const bytes = dandiset.bytes === undefined ? '' : `, ${formatBytes(dandiset.bytes)}`;
  const rows: [string, string][] = [
    ['Title', asCode(dandiset.title)],
    ['Data', `${files}${bytes}`],
    ['Species', list(dandiset.species)],
    ['Approaches', list(dandiset.approaches)],
    ['Contributors', String(dandiset.contributors)],
    ['Licence', list(dandiset.licences)],
    [
      'Missing',
      dandiset.missing.length === 0
        ? 'nothing a reader looks for'
        : dandiset.missing.map((what) => asCode(what)).join(', '),
    ],
  ];
  // A bar would end the cell, in code too.
  return [
    '| | |',
    '| --- | --- |',
    ...rows.map(([name, value]) => `| ${name} | ${value.replaceAll('|', '\\|')} |`),
  ];
}

function releaseLines(release: ReportedRelease): string[] {
  const { citation, releaseNotes, since, changes, doi, digest } = release;
  return [
    '### The version that merging would freeze',
    '',
    'Number and date come from the merge; here they are zeros.',
    '',
    `- Manifest digest, made with the version \`0.000000.0000\`: \`${digest}\``,
    `- Citation: ${asCode(citation, 2000)}`,
    since === undefined
      ? '- It is the first version.'
      : `- Since ${asCode(since)}: ${changes.length === 0 ? 'nothing changed' : changes.map((change) => asCode(change)).join(', ')}`,
    '',
    'Release notes:',
    '',
    ...asBlock(releaseNotes, 'text', 4000),
    ...(doi === undefined
      ? []
      : [
          '',
          '<details><summary>What the DOI would be registered with</summary>',
          '',
          ...asBlock(doi, 'json', 20_000),
          '',
          '</details>',
        ]),
  ];
}

/** Who has to do what next. */
export function nextStep(report: PullRequestReport, { waitingHours }: ReportSetting): string {
  const { counts, kind, ownedByAuthor } = report;
  if (counts.error > 0) {
    return 'The author fixes the errors and pushes again to the same branch; the check then runs anew.';
  }
  if (kind === 'other') return 'A maintainer reads it as code.';
  const then =
    kind === 'submission'
      ? 'Then the registrar gives it the next free number.'
      : kind === 'release'
        ? 'Then the registrar freezes the version.'
        : kind === 'removal'
          ? 'Then its pages are gone; a number that was given is not given again.'
          : '';
  const who =
    ownedByAuthor && (kind === 'draft' || kind === 'release')
      ? `The author owns this Dandiset: the registrar merges it after ${countOf(waitingHours, 'hour')} without activity. Any comment stops that, and a curator decides.`
      : 'A curator reads it and merges it.';
  return `${who} ${then}`.trim();
}

/** The report as Markdown, the mark of the comment first. */
export function reportText(report: PullRequestReport, setting: ReportSetting): string {
  const { kind, about, head, changed, dandiset, release, reason } = report;
  const files = changed.map((path) => asCode(path)).join(', ');
  const page = proposedPage(report, setting.site);
  const previews = [
    ...(page === undefined ? [] : [`[Look at the page as it would read](${page})`]),
    ...(setting.preview === undefined
      ? []
      : [`[Look at the files as they would be merged](${setting.preview})`]),
  ];
  return [
    REPORT_MARK,
    heading(report),
    '',
    `${KINDS[kind]}: ${asCode(about)}, at commit \`${head.slice(0, 12)}\`. ${changed.length === 0 ? '' : `It changes ${files}.`}`.trim(),
    ...(reason === undefined ? [] : ['', `Reason: ${asCode(reason, 500)}`]),
    // Deleted content cannot be looked at.
    ...(previews.length === 0 || kind === 'removal' ? [] : ['', previews.join(' · ')]),
    ...besideLines(report, setting),
    ...(dandiset === undefined ? [] : ['', ...dandisetRows(dandiset)]),
    '',
    ...problemLines(report, setting.site),
    ...(release === undefined ? [] : ['', ...releaseLines(release)]),
    '',
    '### Next',
    '',
    nextStep(report, setting),
    '',
  ].join('\n');
}
