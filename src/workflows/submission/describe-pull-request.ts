// The facts needed to decide on a pull request: the Dandiset as it would be, its problems, and where
// publication is requested the version that the merge would freeze.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { CheckAvailability } from '../../adapters/object-store/availability.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import { summarizeAssets } from '../../core/assets/summary.ts';
import {
  dandisetFolder,
  formatDandisetIdentifier,
  UNNUMBERED,
} from '../../core/identifiers/dandiset-id.ts';
import {
  countMember,
  isJsonObject,
  listMember,
  parseJson,
  textMember,
  type JsonObject,
} from '../../core/json/json-text.ts';
import { licences } from '../../core/metadata/licences.ts';
import { missingParts } from '../../core/metadata/missing-parts.ts';
import { contributors } from '../../core/metadata/people.ts';
import type { Problem } from '../../core/problem.ts';
import {
  bytesProblems,
  planRelease,
  type ReleasePlan,
} from '../../core/publishing/plan-release.ts';
import { previewRelease } from '../../core/publishing/preview-release.ts';
import type { ArchiveSetting } from '../../core/checks/subjects.ts';
import type { Archive } from '../../core/records/archive.ts';
import { MAX_LIST_BYTES, readableAssets } from '../../core/records/asset-list.ts';
import {
  ASSETS_FILE,
  ASSETS_REFERENCE_FILE,
  DANDISET_FILE,
  contentPlace,
} from '../../core/records/layout.ts';
import { isOwner, STATUS_FILE, toStatus } from '../../core/records/status.ts';
import { folderOfTarget, type SubmissionTarget } from '../../core/submission/submission-target.ts';
import {
  REPORT_SCHEMA,
  reportedProblems,
  type PullRequestReport,
  type ReportedDandiset,
  type ReportedRelease,
  type ReportKind,
} from '../../core/submission/pull-request-report.ts';
import type { PullRequestAuthor, PullRequestScope } from '../../core/submission/pull-request.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { checkAvailability } from '../archive/check-availability.ts';
import type { PullRequestCheck } from './check-pull-request.ts';
import { listedBytes, type ListedBytes } from './listed-bytes.ts';
import { readFolder, readReleaseRequest, readSetting } from '../publishing/read-release.ts';

/** What is described. */
export interface PullRequestToDescribe {
  check: PullRequestCheck;
  /** Paths it changes, relative to the repository. */
  changed: readonly string[];
  /** The content it would be merged into; without it, known bytes are not looked up. */
  base?: ContentTree;
  /** The commit that was checked. */
  head: string;
  author?: PullRequestAuthor;
  /** The day of the report, for the citation's year. */
  today: string;
  /** The large lists in the archive's store, if available. */
  lists?: (archive: Archive) => ListStore | undefined;
  /**
   * Checks the availability of the files of a version that would be frozen; without it, nothing is requested.
   */
  askBytes?: (archive: Archive) => CheckAvailability;
}

const MOST_CHANGES = 30;

/**
 * The tree without files that are not records: larger files are refused by a rule, others are not allowed.
 */
function withinBounds(tree: ContentTree): ContentTree {
  return {
    ...tree,
    list: async (folder) =>
      (await tree.list(folder)).filter(
        ({ path, size }) => size <= MAX_LIST_BYTES && contentPlace(path).kind !== 'unknown',
      ),
  };
}

function namesIn(summary: JsonObject, key: string): string[] {
  return listMember(summary, key).flatMap((item) => {
    const name = textMember(item, 'name');
    return name === undefined ? [] : [shownLine(name, 200)];
  });
}

function describedDandiset(files: ReadonlyMap<string, Uint8Array>): ReportedDandiset | undefined {
  const parsed = parseJson(decodeUtf8(files.get(DANDISET_FILE) ?? new Uint8Array()) ?? '');
  if (!parsed.ok || !isJsonObject(parsed.value)) return undefined;
  const record = parsed.value;
  const list = files.get(ASSETS_FILE);
  const reference = parseJson(
    decodeUtf8(files.get(ASSETS_REFERENCE_FILE) ?? new Uint8Array()) ?? '',
  );
  const summary = list === undefined ? {} : summarizeAssets(readableAssets(list));
  const count =
    list === undefined
      ? countMember(reference.ok ? reference.value : {}, 'count')
      : countMember(summary, 'numberOfFiles');
  const bytes = countMember(summary, 'numberOfBytes');
  const species = namesIn(summary, 'species');
  const people = contributors(record);
  const missing = missingParts(record, people, { hasSpecies: species.length > 0, files: count });
  return {
    title: shownLine(textMember(record, 'name') ?? '', 300),
    ...(count === undefined ? {} : { files: count }),
    ...(bytes === undefined ? {} : { bytes }),
    species,
    approaches: namesIn(summary, 'approach'),
    contributors: people.length,
    licences: licences(record).map(({ name }) => shownLine(name, 100)),
    missing: missing.map(({ what }) => what),
  };
}

/** What differs from the version before, in a few words each. */
function changeWords({ changes }: ReleasePlan): string[] {
  if (changes === undefined) return [];
  const { metadata, files } = changes;
  const words = metadata.changes.map(({ kind, path }) => `${path.join(' › ')} ${kind}`);
  if (files !== undefined) {
    const counts: [number, string][] = [
      [files.added.length, 'added'],
      [files.removed.length, 'removed'],
      [files.changed.length, 'changed'],
      [files.renamed.length, 'renamed'],
    ];
    words.push(
      ...counts.flatMap(([count, what]) => (count === 0 ? [] : [`files ${what}: ${count}`])),
    );
  }
  const shown = words.slice(0, MOST_CHANGES).map((word) => shownLine(word, 200));
  return words.length > shown.length
    ? [...shown, `and ${words.length - shown.length} more`]
    : shown;
}

async function describedRelease(
  setting: ArchiveSetting,
  target: SubmissionTarget,
  { check, today, lists, askBytes }: PullRequestToDescribe,
): Promise<{ problems: Problem[]; release?: ReportedRelease }> {
  const { archive } = setting;
  const place = target.kind === 'draft' ? { number: target.number } : { slug: target.slug };
  const tree = withinBounds(check.merged);
  const plan = planRelease(await readReleaseRequest(tree, setting, place, lists?.(archive)));
  const ask = askBytes?.(archive);
  const isRefused = plan.problems.some(({ severity }) => severity === 'error');
  // Thousands of files are not requested for something that is refused anyway.
  const answers = ask === undefined || isRefused ? [] : await checkAvailability(plan.fresh, ask);
  const problems = [...plan.problems, ...bytesProblems(place, answers)];
  if (plan.frozen === undefined) return { problems };
  const number = target.kind === 'draft' ? target.number : UNNUMBERED;
  const preview = previewRelease(plan.frozen, { archive, number }, today);
  const { digest, citation, releaseNotes, doi } = preview;
  return {
    problems,
    release: {
      digest,
      citation,
      releaseNotes,
      ...(plan.changes === undefined ? {} : { since: plan.changes.since }),
      changes: changeWords(plan),
      ...(doi === undefined ? {} : { doi: JSON.stringify(doi, null, 2) }),
    },
  };
}

/** What kind of thing a pull request is about. */
export function kindOf({ main, target, asksForRelease, isRemoval }: PullRequestScope): ReportKind {
  if (target !== undefined && isRemoval) return 'removal';
  if (target?.kind === 'submission') return 'submission';
  if (target?.kind === 'draft') return asksForRelease ? 'release' : 'draft';
  if (main?.kind === 'status' || main?.kind === 'published') return 'status';
  return main?.kind === 'vocabulary' ? 'vocabulary' : 'other';
}

function aboutWords({ main, target }: PullRequestScope, archive: Archive): string {
  if (target?.kind === 'draft') {
    return formatDandisetIdentifier({ prefix: archive.identifierPrefix, number: target.number });
  }
  return main?.name ?? 'nothing';
}

/** Why a draft is deleted, as its status then says. */
async function reasonOfDeletion({ scope, merged }: PullRequestCheck): Promise<string | undefined> {
  if (!scope.isRemoval || scope.target?.kind !== 'draft') return undefined;
  const path = `${dandisetFolder(scope.target.number)}/${STATUS_FILE}`;
  const bytes = await withinBounds(merged).read(path);
  const parsed = parseJson(bytes === undefined ? '' : (decodeUtf8(bytes) ?? ''));
  return parsed.ok ? toStatus(parsed.value).deletion?.reason : undefined;
}

/** Which of the bytes the archive lists already; undefined where there is nothing to compare. */
async function bytesListed(
  { check: { merged, scope }, base, lists }: PullRequestToDescribe,
  problems: readonly Problem[],
): Promise<ListedBytes | undefined> {
  const { target } = scope;
  if (target === undefined || base === undefined) return undefined;
  // The large lists of an archive are not fetched for something that is refused anyway.
  const isRefused = problems.some(({ severity }) => severity === 'error');
  const { archive } = await readSetting(base);
  return listedBytes({
    target,
    merged: withinBounds(merged),
    base,
    lists: isRefused || target.kind === 'submission' ? undefined : lists?.(archive),
  });
}

/** The report of a checked pull request, with the problems of a publication where one is requested. */
export async function describePullRequest(
  request: PullRequestToDescribe,
): Promise<{ report: PullRequestReport; problems: Problem[]; listed: ListedBytes | undefined }> {
  const { check, changed, head, author } = request;
  const { merged, scope, owners } = check;
  const setting = await readSetting(merged);
  const { target } = scope;
  const files =
    target === undefined
      ? undefined
      : await readFolder(withinBounds(merged), folderOfTarget(target));
  const dandiset = files === undefined ? undefined : describedDandiset(files);
  const released =
    target === undefined || !scope.asksForRelease
      ? { problems: [] }
      : await describedRelease(setting, target, request);
  const known = new Set(check.problems.map((problem) => JSON.stringify(problem)));
  const problems = [
    ...check.problems,
    ...released.problems.filter((problem) => !known.has(JSON.stringify(problem))),
  ];
  const reason = await reasonOfDeletion(check);
  const listed = await bytesListed(request, problems);
  return {
    problems,
    listed,
    report: {
      schema: REPORT_SCHEMA,
      head,
      kind: kindOf(scope),
      about: aboutWords(scope, setting.archive),
      changed: changed.slice(0, 20),
      ...reportedProblems(problems),
      ...(dandiset === undefined ? {} : { dandiset }),
      ...('release' in released && released.release !== undefined
        ? { release: released.release }
        : {}),
      changesPublished: scope.parts.some(({ kind }) => kind === 'published'),
      ...(listed?.known === undefined ? {} : { known: listed.known }),
      ...(reason === undefined ? {} : { reason: shownLine(reason, 500) }),
      ownedByAuthor: author !== undefined && isOwner(owners, author),
    },
  };
}
