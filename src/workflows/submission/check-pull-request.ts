// Checks a pull request without checking it out: the result of merging is data in git's objects, compared
// with the base; rules, settings and owners are the base's. Only what it touches is checked.

import {
  withPathsOf,
  type ContentEntry,
  type ContentTree,
} from '../../adapters/content-files/content-tree.ts';
import type { CommitChanges } from '../../adapters/git/commit-changes.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import { ProblemCollector } from '../../core/checks/collect-problems.ts';
import { MAX_FILE_BYTES, SHAPE_RULES } from '../../core/checks/content-shape.ts';
import { dandisetFolder, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { parseJson } from '../../core/json/json-text.ts';
import { sortProblems, type Problem } from '../../core/problem.ts';
import { ARCHIVE_FILE, type Archive } from '../../core/records/archive.ts';
import { MAX_LIST_BYTES } from '../../core/records/asset-list.ts';
import { contentPlace } from '../../core/records/layout.ts';
import { STATUS_FILE, toStatus, type Owner } from '../../core/records/status.ts';
import { PULL_REQUEST_RULES } from '../../core/submission/pull-request-rules.ts';
import {
  pullRequestPartOf,
  scopeOf,
  type FileChange,
  type PullRequestAuthor,
  type PullRequestScope,
} from '../../core/submission/pull-request.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { checkArchive, type CheckReport } from '../archive/check-archive.ts';

/** What is checked. */
export interface PullRequestRequest {
  /** The content of the base, and the content after merging. */
  base: ContentTree;
  result: ContentTree;
  changes: CommitChanges;
  /** The content folder in the repository: `content/`. */
  content: string;
  author?: PullRequestAuthor;
  listsOf?: (archive: Archive) => ListStore | undefined;
}

/** What was found. */
export interface PullRequestCheck {
  problems: Problem[];
  /** How much of the archive was checked. */
  counts: CheckReport['counts'];
  scope: PullRequestScope;
  /** The content as it would be after the merge, as far as the pull request touches it. */
  merged: ContentTree;
  /** Owners, at the base, of the Dandiset it is about. */
  owners: readonly Owner[];
}

/** The result of the pull request for each path below the content folder that it changes. */
function changedPaths(request: PullRequestRequest): Map<string, FileChange> {
  const { changes, content } = request;
  return new Map(
    changes.changes
      // The settings remain those of the base: a pull request cannot decide what is allowed.
      .filter(({ path }) => path.startsWith(content) && path !== content + ARCHIVE_FILE)
      .map((change) => [change.path.slice(content.length), change]),
  );
}

function restricted(tree: ContentTree, isPart: (path: string) => boolean): ContentTree {
  return {
    name: tree.name,
    list: async (folder) => (await tree.list(folder)).filter(({ path }) => isPart(path)),
    read: async (path) => (isPart(path) ? tree.read(path) : undefined),
  };
}

/** The folders that must be read completely to judge the changes in them. */
function touchedFolders(request: PullRequestRequest): string[] {
  const folders = request.changes.changes.map(({ path }) => {
    const part = pullRequestPartOf(path, request.content);
    switch (part.kind) {
      case 'submission':
        return `submissions/${part.slug}/`;
      case 'draft':
        return `${dandisetFolder(part.number)}/draft/`;
      case 'published':
      case 'status':
        return `${dandisetFolder(part.number)}/`;
      default:
        return path.slice(request.content.length);
    }
  });
  return [...new Set(folders)];
}

/** Problems of names and sizes that the base does not have. */
function newShapeProblems(
  before: readonly ContentEntry[],
  after: readonly ContentEntry[],
): Problem[] {
  const found = (entries: readonly ContentEntry[]): Problem[] => {
    const collector = new ProblemCollector();
    collector.check(SHAPE_RULES, entries, { path: '' });
    return collector.problems();
  };
  const known = new Set(found(before).map((problem) => JSON.stringify(problem)));
  return found(after).filter((problem) => !known.has(JSON.stringify(problem)));
}

async function withCarriageReturns(
  request: PullRequestRequest,
  changed: Map<string, FileChange>,
  entries: readonly ContentEntry[],
): Promise<string[]> {
  const found: string[] = [];
  for (const { path, kind, size } of entries) {
    if (!changed.has(path) || kind !== 'file') continue;
    if (size > (path.endsWith('.jsonl') ? MAX_LIST_BYTES : MAX_FILE_BYTES)) continue;
    const bytes = await request.result.read(path);
    if (bytes?.includes(13) === true && /\r\n/.test(decodeUtf8(bytes) ?? '')) {
      found.push(request.content + path);
    }
  }
  return found;
}

/** What the rules need from the base. */
async function factsOfBase(request: PullRequestRequest, entries: readonly ContentEntry[]) {
  const numbers = new Set<string>();
  const published = new Set<string>();
  for (const { path } of entries) {
    const place = contentPlace(path);
    if (place.kind !== 'version') continue;
    numbers.add(place.number);
    if (place.version !== 'draft') published.add(place.number);
  }
  const touched = new Set<DandisetNumber>();
  for (const { path } of request.changes.changes) {
    const part = pullRequestPartOf(path, request.content);
    if ('number' in part && numbers.has(part.number)) touched.add(part.number);
  }
  const owners = new Map<string, readonly Owner[]>();
  for (const number of touched) {
    const bytes = await request.base.read(`${dandisetFolder(number)}/${STATUS_FILE}`);
    const parsed = parseJson(bytes === undefined ? '{}' : (decodeUtf8(bytes) ?? ''));
    owners.set(number, parsed.ok ? toStatus(parsed.value).owners : []);
  }
  return { numbers, published, owners };
}

/**
 * Checks what a pull request touches against every rule, including those about pull requests.
 *
 * @throws ArchiveError where the base has no records.
 */
export async function checkPullRequest(request: PullRequestRequest): Promise<PullRequestCheck> {
  const { base, result, content, author, listsOf } = request;
  const { changes, isRelated, isTooLarge, history, conflicts } = request.changes;
  const changed = changedPaths(request);
  const merged = withPathsOf(base, result, changed);
  const before = await base.list('');
  const after = await merged.list('');
  const facts = await factsOfBase(request, before);

  const collector = new ProblemCollector();
  const subject = {
    ...facts,
    changes,
    content,
    isRelated,
    isTooLarge,
    history,
    conflicts,
    withCarriageReturns: await withCarriageReturns(request, changed, after),
    ...(author === undefined ? {} : { author }),
  };
  collector.check(PULL_REQUEST_RULES, subject, { path: '' });

  const folders = touchedFolders(request);
  const isTouched = (path: string): boolean =>
    folders.some((folder) => path === folder || (folder.endsWith('/') && path.startsWith(folder)));
  const isSetting = (path: string): boolean =>
    path === ARCHIVE_FILE || contentPlace(path).kind === 'vocabulary';
  const report = await checkArchive({
    tree: restricted(merged, (path) => isSetting(path) || isTouched(path)),
    base: restricted(base, (path) => contentPlace(path).kind === 'version' && isTouched(path)),
    ...(listsOf === undefined ? {} : { listsOf }),
  });
  // Names are judged along with all others; a check of the part alone would miss twins.
  const inside = report.problems.filter(
    ({ path }) => changed.has(path) || isTouched(path) || isTouched(`${path}/`),
  );
  const scope = scopeOf(changes, content);
  return {
    problems: sortProblems([
      ...collector.problems(),
      ...newShapeProblems(before, after),
      ...inside,
    ]),
    counts: report.counts,
    scope,
    merged,
    owners:
      scope.main !== undefined && 'number' in scope.main
        ? (facts.owners.get(scope.main.number) ?? [])
        : [],
  };
}
