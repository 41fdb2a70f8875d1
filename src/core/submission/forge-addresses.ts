// Addresses of GitHub's own pages that begin a submission without any token.

import { CONTENT_FOLDER } from './bundle.ts';

/** GitHub answers longer addresses with an error (about 8,190 bytes); some room is left. */
export const MAX_ADDRESS_LENGTH = 8000;

/** Which branch of which repository. */
export interface ForgePlace {
  /** Web address without a slash at the end. */
  repository: string;
  branch?: string;
}

/** What people call the forge of a repository: `GitHub`, else its host. */
export function forgeName(repository: string): string {
  // Core knows no URL of any runtime; the settings are checked to be an address.
  const host = /^https?:\/\/([^/]+)/.exec(repository)?.[1] ?? repository;
  return host === 'github.com' ? 'GitHub' : host;
}

/** Where the API of a forge is, without a slash at the end; a GitHub of one's own has it below its host. */
export function forgeApi(repository: string): string {
  const origin = /^https?:\/\/[^/]+/.exec(repository)?.[0] ?? repository;
  return origin === 'https://github.com' ? 'https://api.github.com' : `${origin}/api/v3`;
}

/** The label of pull requests that submit data; the report sets it. */
export const SUBMISSION_LABELS = {
  submission: 'new dandiset',
  draft: 'draft',
  release: 'release',
} as const;

function encodedPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function page({ repository, branch = 'main' }: ForgePlace, kind: string, path = ''): string {
  const end = path === '' ? '' : `/${encodedPath(CONTENT_FOLDER + path)}`;
  return `${repository}/${kind}/${encodedPath(branch)}${end}`;
}

function query(address: string, parts: readonly [string, string][]): string {
  const written = parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `${address}?${written.join('&')}`;
}

/**
 * The page that makes a new file, filled in; undefined where the text is too long for an address.
 * GitHub makes the visitor's fork and proposes a pull request.
 */
export function newFileAddress(
  place: ForgePlace,
  file: { path: string; text: string },
): string | undefined {
  // What cannot be percent-encoded (half of a pair) cannot be in an address either.
  if (!file.text.isWellFormed() || file.text.length > MAX_ADDRESS_LENGTH) return undefined;
  const address = query(page(place, 'new'), [
    ['filename', CONTENT_FOLDER + file.path],
    ['value', file.text],
  ]);
  return address.length > MAX_ADDRESS_LENGTH ? undefined : address;
}

/** The page that edits a file that is there. GitHub fills in nothing: the new text is pasted. */
export function editFileAddress(place: ForgePlace, path: string): string {
  return page(place, 'edit', path);
}

/**
 * The page that takes files dropped onto it, into a folder below `content/`. GitHub lets only those use
 * it who may write to the repository: all others upload into their own copy.
 */
export function uploadAddress(place: ForgePlace, folder: string): string {
  return page(place, 'upload', folder);
}

/** The page that makes the visitor's own copy of the repository. */
export function forkAddress({ repository }: ForgePlace): string {
  return `${repository}/fork`;
}

/** The copy of a repository that an account has, by the name the forge gives it; else undefined. */
export function forkOf(
  { repository, ...place }: ForgePlace,
  account: string,
): ForgePlace | undefined {
  if (!/^\w[\w.-]{0,63}$/.test(account)) return undefined;
  return { ...place, repository: repository.replace(/[^/]+(?=\/[^/]+$)/, account) };
}

/** The page that opens a pull request for a branch of a fork. */
export function forgeComparisonAddress(
  place: ForgePlace,
  head: { owner: string; branch: string },
  words: { title: string; body?: string },
): string {
  const { repository, branch = 'main' } = place;
  const range = `${encodedPath(branch)}...${encodeURIComponent(head.owner)}:${encodedPath(head.branch)}`;
  const title = words.title.toWellFormed().slice(0, 200);
  const short = query(`${repository}/compare/${range}`, [
    ['expand', '1'],
    ['title', title],
  ]);
  const body = (words.body ?? '').toWellFormed();
  const long = body === '' ? short : `${short}&body=${encodeURIComponent(body)}`;
  return long.length > MAX_ADDRESS_LENGTH ? short : long;
}

/** The forge's list of open pull requests of one kind, or of all that submit data. */
export function openPullsAddress(
  { repository }: ForgePlace,
  kind?: keyof typeof SUBMISSION_LABELS,
): string {
  const labels = kind === undefined ? Object.values(SUBMISSION_LABELS) : [SUBMISSION_LABELS[kind]];
  const label = `label:${labels.map((name) => `"${name}"`).join(',')}`;
  return query(`${repository}/pulls`, [['q', `is:pr is:open ${label}`]]);
}
