// What a reader of a pull request needs to know, as plain facts. They pass from a job without any permission
// to one that may write a comment, so they are read again there as if a stranger had sent them.

import { isJsonObject, listMember, member, textMember, type JsonValue } from '../json/json-text.ts';
import { countBySeverity, sortProblems, type Problem, type Severity } from '../problem.ts';

export const REPORT_SCHEMA = 'dandiset-report-1';
/** The number of problems that are reported one by one. */
export const MOST_PROBLEMS = 40;
/** A larger report is not accepted. */
export const MAX_REPORT_BYTES = 500_000;

export const REPORT_KINDS = [
  'submission',
  'draft',
  'release',
  'removal',
  'status',
  'vocabulary',
  'other',
] as const;

export type ReportKind = (typeof REPORT_KINDS)[number];

/** What the Dandiset is, as a reader would see it after the merge. */
export interface ReportedDandiset {
  title: string;
  files?: number;
  bytes?: number;
  species: string[];
  approaches: string[];
  contributors: number;
  licences: string[];
  /** What readers look for and the record does not say. */
  missing: string[];
}

/** The version that the merge would freeze. */
export interface ReportedRelease {
  /** The digest of its manifest, made with the version `0.000000.0000`. */
  digest: string;
  citation: string;
  releaseNotes: string;
  /** The previous version, and what changed since, in words. */
  since?: string;
  changes: string[];
  /** The payload of its DOI as JSON text, if the archive registers DOIs. */
  doi?: string;
}

/** Files whose bytes are listed elsewhere in the archive. */
export interface KnownFiles {
  files: number;
  /** Dandisets and submissions that list them, the first few. */
  where: string[];
}

/** The facts of a report. */
export interface PullRequestReport {
  schema: typeof REPORT_SCHEMA;
  /** The commit that was examined. */
  head: string;
  kind: ReportKind;
  /** What it touches, such as `submissions/first-light`. */
  about: string;
  /** Files it changes. */
  changed: string[];
  counts: Record<Severity, number>;
  /** The first of them, errors before all others. */
  problems: Problem[];
  dandiset?: ReportedDandiset;
  release?: ReportedRelease;
  /** Whether it changes files of a published version. */
  changesPublished: boolean;
  /** Files it lists anew whose bytes the archive lists already. */
  known?: KnownFiles;
  /** Why a draft is to be deleted. */
  reason?: string;
  /** Whether the registrar may merge it by itself. */
  ownedByAuthor: boolean;
}

const ORDER: Record<Severity, number> = { error: 0, warning: 1, hint: 2 };

/** The problems a report lists, and how many there are in all. */
export function reportedProblems(
  problems: readonly Problem[],
): Pick<PullRequestReport, 'problems' | 'counts'> {
  const first = sortProblems(problems).sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  return { problems: first.slice(0, MOST_PROBLEMS), counts: countBySeverity(problems) };
}

function text(value: JsonValue | undefined, key: string, limit = 1000): string {
  return (textMember(value, key) ?? '').slice(0, limit);
}

function texts(value: JsonValue | undefined, key: string, most = 50): string[] {
  return listMember(value, key)
    .filter((item) => typeof item === 'string')
    .slice(0, most)
    .map((item) => item.slice(0, 500));
}

function count(value: JsonValue | undefined, key: string): number | undefined {
  const found = member(value, key);
  return typeof found === 'number' && Number.isFinite(found) && found >= 0 ? found : undefined;
}

function toProblem(value: JsonValue): Problem[] {
  const severity = (['error', 'warning', 'hint'] as const).find(
    (one) => one === text(value, 'severity'),
  );
  if (severity === undefined) return [];
  const line = count(value, 'line');
  const hint = textMember(value, 'hint');
  return [
    {
      rule: text(value, 'rule', 80).replace(/[^a-z0-9-]/g, ''),
      severity,
      path: text(value, 'path', 300),
      message: text(value, 'message'),
      ...(line === undefined ? {} : { line }),
      ...(hint === undefined ? {} : { hint: hint.slice(0, 500) }),
    },
  ];
}

function toDandiset(value: JsonValue): ReportedDandiset {
  const files = count(value, 'files');
  const bytes = count(value, 'bytes');
  return {
    title: text(value, 'title', 300),
    ...(files === undefined ? {} : { files }),
    ...(bytes === undefined ? {} : { bytes }),
    species: texts(value, 'species'),
    approaches: texts(value, 'approaches'),
    contributors: count(value, 'contributors') ?? 0,
    licences: texts(value, 'licences'),
    missing: texts(value, 'missing'),
  };
}

function toRelease(value: JsonValue): ReportedRelease {
  const since = textMember(value, 'since');
  const doi = textMember(value, 'doi');
  return {
    digest: text(value, 'digest', 64).replace(/[^0-9a-f]/g, ''),
    citation: text(value, 'citation', 3000),
    releaseNotes: text(value, 'releaseNotes', 5000),
    ...(since === undefined ? {} : { since: since.slice(0, 40) }),
    changes: texts(value, 'changes'),
    ...(doi === undefined ? {} : { doi: doi.slice(0, 20_000) }),
  };
}

function toKnown(value: JsonValue): KnownFiles {
  return { files: count(value, 'files') ?? 0, where: texts(value, 'where', 5) };
}

/** The facts in a parsed report, bounded; undefined for anything that is not one. */
export function toReport(value: JsonValue): PullRequestReport | undefined {
  const kind = REPORT_KINDS.find((one) => one === textMember(value, 'kind'));
  const head = textMember(value, 'head') ?? '';
  if (textMember(value, 'schema') !== REPORT_SCHEMA || kind === undefined) return undefined;
  if (!/^[0-9a-f]{40}$/.test(head)) return undefined;
  const counts = member(value, 'counts');
  const dandiset = member(value, 'dandiset');
  const release = member(value, 'release');
  const known = member(value, 'known');
  const reason = text(value, 'reason', 500);
  return {
    schema: REPORT_SCHEMA,
    head,
    kind,
    about: text(value, 'about', 200),
    changed: texts(value, 'changed', 20),
    counts: {
      error: count(counts, 'error') ?? 0,
      warning: count(counts, 'warning') ?? 0,
      hint: count(counts, 'hint') ?? 0,
    },
    problems: listMember(value, 'problems').slice(0, MOST_PROBLEMS).flatMap(toProblem),
    ...(isJsonObject(dandiset) ? { dandiset: toDandiset(dandiset) } : {}),
    ...(isJsonObject(release) ? { release: toRelease(release) } : {}),
    changesPublished: member(value, 'changesPublished') === true,
    ...(isJsonObject(known) ? { known: toKnown(known) } : {}),
    ...(reason === '' ? {} : { reason }),
    ownedByAuthor: member(value, 'ownedByAuthor') === true,
  };
}
