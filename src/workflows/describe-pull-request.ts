// The facts of a pull request that whoever decides on it needs: the Dandiset as it would be, what
// is wrong, and where publication is asked for the version that the merge would freeze.

import type { ContentTree } from '../adapters/content-files/content-tree.ts';
import { summarizeAssets } from '../core/assets/summary.ts';
import {
  dandisetFolder,
  formatDandisetIdentifier,
  UNNUMBERED,
  type DandisetNumber,
} from '../core/identifiers/dandiset-id.ts';
import { compareVersions, type PublishedVersionId } from '../core/identifiers/version-id.ts';
import {
  countMember,
  isJsonObject,
  listMember,
  parseJson,
  textMember,
  type JsonObject,
} from '../core/json/json-text.ts';
import { licences } from '../core/metadata/descriptions.ts';
import { missingParts } from '../core/metadata/missing-parts.ts';
import { contributors } from '../core/metadata/people.ts';
import type { Problem } from '../core/problem.ts';
import {
  planRelease,
  type PublishedBefore,
  type ReleasePlan,
} from '../core/publishing/plan-release.ts';
import { previewRelease } from '../core/publishing/preview-release.ts';
import { ARCHIVE_FILE, toArchive, type Archive } from '../core/records/archive.ts';
import { MAX_LIST_BYTES, readableAssets } from '../core/records/asset-list.ts';
import {
  ASSETS_FILE,
  ASSETS_REFERENCE_FILE,
  DANDISET_FILE,
  placeOf,
} from '../core/records/layout.ts';
import { MANIFEST_FILE, versionDigest } from '../core/records/manifest.ts';
import { folderOfTarget, type HandInTarget } from '../core/submissions/hand-in-target.ts';
import {
  REPORT_SCHEMA,
  reportedProblems,
  type PullRequestReport,
  type ReportedDandiset,
  type ReportedRelease,
  type ReportKind,
} from '../core/submissions/pull-request-report.ts';
import type { PullRequestAuthor, PullRequestScope } from '../core/submissions/pull-request.ts';
import { shownLine } from '../core/text/shown-text.ts';
import { decodeUtf8 } from '../core/text/utf8.ts';
import { toVocabulary, type Vocabulary } from '../core/vocabulary/vocabulary.ts';
import type { PullRequestCheck } from './check-pull-request.ts';

/** What is described. */
export interface PullRequestToDescribe {
  check: PullRequestCheck;
  /** Paths it changes, relative to the repository. */
  changed: readonly string[];
  /** The commit that was looked at. */
  head: string;
  author?: PullRequestAuthor;
  /** The day of the report, for the citation's year. */
  today: string;
}

const MOST_CHANGES = 30;

async function valueOf(tree: ContentTree, path: string): Promise<JsonObject | undefined> {
  const bytes = await tree.read(path);
  const parsed = bytes === undefined ? undefined : parseJson(decodeUtf8(bytes) ?? '');
  return parsed?.ok === true && isJsonObject(parsed.value) ? parsed.value : undefined;
}

async function vocabulariesOf(tree: ContentTree): Promise<Map<string, Vocabulary>> {
  const vocabularies = new Map<string, Vocabulary>();
  for (const { path } of await tree.list('vocabularies')) {
    const place = placeOf(path);
    const value = await valueOf(tree, path);
    if (place.kind === 'vocabulary' && value !== undefined) {
      vocabularies.set(place.name, toVocabulary(value));
    }
  }
  return vocabularies;
}

async function filesOf(tree: ContentTree, folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const { path, kind, size } of await tree.list(folder)) {
    // What is larger is refused by a rule, and what has no place there belongs to no record.
    if (kind !== 'file' || size > MAX_LIST_BYTES || placeOf(path).kind === 'unknown') continue;
    const bytes = await tree.read(path);
    if (bytes !== undefined) files.set(path.slice(folder.length + 1), bytes);
  }
  return files;
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

/** The newest published version of a Dandiset, as a new one is compared with it. */
async function publishedBefore(
  tree: ContentTree,
  number: DandisetNumber,
): Promise<PublishedBefore | undefined> {
  const home = dandisetFolder(number);
  const versions: PublishedVersionId[] = [];
  for (const { path } of await tree.list(home)) {
    const place = placeOf(path);
    if (place.kind !== 'version' || place.version === 'draft') continue;
    if (place.file === MANIFEST_FILE) versions.push(place.version);
  }
  const version = versions.sort(compareVersions).at(-1);
  if (version === undefined) return undefined;
  const record = await valueOf(tree, `${home}/${version}/${DANDISET_FILE}`);
  const manifest = await tree.read(`${home}/${version}/${MANIFEST_FILE}`);
  const list = await tree.read(`${home}/${version}/${ASSETS_FILE}`);
  if (record === undefined || manifest === undefined) return undefined;
  const assets = list === undefined ? undefined : decodeUtf8(list);
  return { version, record, assets, digest: versionDigest(manifest) };
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
  archive: Archive,
  target: HandInTarget,
  files: ReadonlyMap<string, Uint8Array>,
  { check, today }: PullRequestToDescribe,
): Promise<{ problems: Problem[]; release?: ReportedRelease }> {
  const { merged } = check;
  const before = target.kind === 'draft' ? await publishedBefore(merged, target.number) : undefined;
  const plan = planRelease({
    archive,
    vocabularies: await vocabulariesOf(merged),
    place: target.kind === 'draft' ? { number: target.number } : { slug: target.slug },
    files,
    ...(before === undefined ? {} : { before }),
  });
  if (plan.frozen === undefined) return { problems: plan.problems };
  const number = target.kind === 'draft' ? target.number : UNNUMBERED;
  const { digest, citation, releaseNotes, doi } = previewRelease(
    plan.frozen,
    { archive, number },
    today,
  );
  return {
    problems: plan.problems,
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

function kindOf({ main, target, asksForRelease, isRemoval }: PullRequestScope): ReportKind {
  if (target !== undefined && isRemoval) return 'removal';
  if (target?.kind === 'submission') return 'submission';
  if (target?.kind === 'draft') return asksForRelease ? 'release' : 'draft';
  if (main?.kind === 'status' || main?.kind === 'published') return 'status';
  return main?.kind === 'vocabulary' ? 'vocabulary' : 'other';
}

function aboutWords({ main, target }: PullRequestScope, archive: Archive | undefined): string {
  if (target?.kind === 'draft' && archive !== undefined) {
    return formatDandisetIdentifier({ prefix: archive.identifierPrefix, number: target.number });
  }
  return main?.name ?? 'nothing';
}

/** The report of a checked pull request, with the problems of a publication where one is asked for. */
export async function describePullRequest(
  request: PullRequestToDescribe,
): Promise<{ report: PullRequestReport; problems: Problem[] }> {
  const { check, changed, head, author } = request;
  const { merged, scope, owners } = check;
  const settings = await valueOf(merged, ARCHIVE_FILE);
  const archive = settings === undefined ? undefined : toArchive(settings).archive;
  const { target } = scope;
  const files = target === undefined ? undefined : await filesOf(merged, folderOfTarget(target));
  const dandiset = files === undefined ? undefined : describedDandiset(files);
  const released =
    archive === undefined || target === undefined || files === undefined || !scope.asksForRelease
      ? { problems: [] }
      : await describedRelease(archive, target, files, request);
  const known = new Set(check.problems.map((problem) => JSON.stringify(problem)));
  const problems = [
    ...check.problems,
    ...released.problems.filter((problem) => !known.has(JSON.stringify(problem))),
  ];
  const login = author?.login.toLowerCase();
  return {
    problems,
    report: {
      schema: REPORT_SCHEMA,
      head,
      kind: kindOf(scope),
      about: aboutWords(scope, archive),
      changed: changed.slice(0, 20),
      ...reportedProblems(problems),
      ...(dandiset === undefined ? {} : { dandiset }),
      ...('release' in released && released.release !== undefined
        ? { release: released.release }
        : {}),
      ownedByAuthor: login !== undefined && owners.some((owner) => owner.toLowerCase() === login),
    },
  };
}
