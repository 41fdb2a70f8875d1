// A pull request as the rules look at it: which files it touches, and what they belong to.

import type { DandisetNumber } from '../identifiers/dandiset-id.ts';
import { contentPlace, RELEASE_FILE, DANDISET_FILE } from '../records/layout.ts';
import type { Owner } from '../records/status.ts';
import type { SubmissionTarget } from './submission-target.ts';

/** A file as in git. */
export interface GitFile {
  /** `100644` for a regular file, `120000` for a link, `160000` for a submodule. */
  mode: string;
  id: string;
}

/** A path that differs between the archive as it is and as merging would make it. */
export interface FileChange {
  /** Relative to the repository. */
  path: string;
  before?: GitFile;
  after?: GitFile;
}

/** Its author, according to the forge. */
export interface PullRequestAuthor extends Owner {
  /** Whether the author has write access to the repository, according to the forge. */
  isCurator: boolean;
}

/** What the rules need to know. */
export interface PullRequestSubject {
  changes: readonly FileChange[];
  /** Where records are in the repository: `content/`. */
  content: string;
  /** Whether it shares history with the base. */
  isRelated: boolean;
  /** Whether it changes more files than are examined. */
  isTooLarge: boolean;
  /** Whether its own commits show what it changes, or merges among them leave that to a person. */
  history: 'plain' | 'merges' | 'crossed';
  /** Paths that the base has also changed since the pull request was started, in another way. */
  conflicts: readonly string[];
  /** Numbers of Dandisets at the base. */
  numbers: ReadonlySet<string>;
  /** Numbers of those with a published version. */
  published: ReadonlySet<string>;
  /** Owners at the base of the Dandisets it touches. */
  owners: ReadonlyMap<string, readonly Owner[]>;
  author?: PullRequestAuthor;
  /** Files it touches that have carriage returns before line feeds. */
  withCarriageReturns: readonly string[];
}

/** What a path belongs to. Two paths of the same `name` may be changed together. */
export type PullRequestPart =
  | { kind: 'submission'; name: string; slug: string }
  | { kind: 'draft'; name: string; number: DandisetNumber }
  | { kind: 'published'; name: string; number: DandisetNumber }
  | { kind: 'status'; name: string; number: DandisetNumber }
  | { kind: 'vocabulary'; name: string }
  | { kind: 'settings'; name: string }
  | { kind: 'program'; name: string };

/** What a path of the repository belongs to. */
export function pullRequestPartOf(path: string, content: string): PullRequestPart {
  if (!path.startsWith(content)) return { kind: 'program', name: 'the program' };
  const inner = path.slice(content.length);
  const place = contentPlace(inner);
  switch (place.kind) {
    case 'submission':
      return { kind: 'submission', name: `submissions/${place.slug}`, slug: place.slug };
    case 'status':
      return { kind: 'status', name: `the status of ${place.number}`, number: place.number };
    case 'version': {
      const { number, version } = place;
      return version === 'draft'
        ? { kind: 'draft', name: `the draft of ${number}`, number }
        : { kind: 'published', name: `version ${version} of ${number}`, number };
    }
    case 'vocabulary':
      return { kind: 'vocabulary', name: 'the vocabularies' };
    // Made by a workflow from the bytes; what else changes it is for curators to look at.
    case 'derived':
    case 'archive':
    case 'page':
      return { kind: 'settings', name: 'the settings and pages of the archive' };
    case 'unknown':
      return unknownPart(inner);
  }
}

/** A file that does not belong there: it is named by its folder, and a rule about locations refuses it. */
function unknownPart(inner: string): PullRequestPart {
  const [top = '', ...rest] = inner.split('/');
  const slug = rest[0] ?? '';
  if (top === 'submissions') return { kind: 'submission', name: `submissions/${slug}`, slug };
  return { kind: 'settings', name: `the folder ${top}` };
}

/** What a pull request is about. */
export interface PullRequestScope {
  /** Each part once, in the order of paths. */
  parts: readonly PullRequestPart[];
  /** The first part that strangers may change. */
  main?: PullRequestPart;
  target?: SubmissionTarget;
  /** Whether it requests a published version. */
  asksForRelease: boolean;
  /** Whether it removes the record. */
  isRemoval: boolean;
}

const ORDER: readonly PullRequestPart['kind'][] = [
  'submission',
  'draft',
  'status',
  'published',
  'vocabulary',
  'settings',
  'program',
];

/** What a list of changes is about. */
export function scopeOf(changes: readonly FileChange[], content: string): PullRequestScope {
  const parts = new Map<string, PullRequestPart>();
  for (const { path } of changes) {
    const part = pullRequestPartOf(path, content);
    if (!parts.has(part.name)) parts.set(part.name, part);
  }
  const sorted = [...parts.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const [main] = sorted;
  const target: SubmissionTarget | undefined =
    main?.kind === 'submission'
      ? { kind: 'submission', slug: main.slug }
      : main?.kind === 'draft'
        ? { kind: 'draft', number: main.number }
        : undefined;
  const own = changes.filter(
    ({ path }) => main !== undefined && pullRequestPartOf(path, content).name === main.name,
  );
  const has = (file: string, test: (change: FileChange) => boolean): boolean =>
    target !== undefined && own.some((change) => change.path.endsWith(`/${file}`) && test(change));
  return {
    parts: [...parts.values()],
    ...(main === undefined ? {} : { main }),
    ...(target === undefined ? {} : { target }),
    asksForRelease: has(RELEASE_FILE, ({ after }) => after !== undefined),
    isRemoval: has(DANDISET_FILE, ({ after }) => after === undefined),
  };
}
