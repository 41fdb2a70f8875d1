// Addresses of GitHub's own pages that start a submission without any token.

import { encodePath } from '../identifiers/asset-path.ts';
import { CONTENT_FOLDER } from './bundle.ts';

/** GitHub rejects longer addresses with an error (about 8,190 bytes); some room is left. */
export const MAX_ADDRESS_LENGTH = 8000;

/** Which branch of which repository. */
export interface ForgePlace {
  /** Web address without a trailing slash. */
  repository: string;
  branch?: string;
}

/** The name of the forge of a repository: `GitHub`, else its host. */
export function forgeName(repository: string): string {
  // Core has no URL class of any runtime; the settings are checked to be an address.
  const host = /^https?:\/\/([^/]+)/.exec(repository)?.[1] ?? repository;
  return host === 'github.com' ? 'GitHub' : host;
}

/**
 * Where the API of a forge is, without a trailing slash; a GitHub Enterprise server has it below its host.
 */
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

function page({ repository, branch = 'main' }: ForgePlace, kind: string, path = ''): string {
  const end = path === '' ? '' : `/${encodePath(CONTENT_FOLDER + path)}`;
  return `${repository}/${kind}/${encodePath(branch)}${end}`;
}

function query(address: string, parts: readonly [string, string][]): string {
  const written = parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `${address}?${written.join('&')}`;
}

/**
 * The page that creates a new file, filled in; undefined if the text is too long for an address. GitHub forks
 * the repository for the visitor and proposes a pull request.
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

/** The page that edits an existing file. GitHub fills in nothing: the new text is pasted. */
export function editFileAddress(place: ForgePlace, path: string): string {
  return page(place, 'edit', path);
}

/**
 * The page that accepts files dropped onto it, into a folder below `content/`. GitHub offers it only to those
 * with write access to the repository: all others upload into their own fork.
 */
export function uploadAddress(place: ForgePlace, folder: string): string {
  return page(place, 'upload', folder);
}

/** The page that forks the repository for the visitor. */
export function forkAddress({ repository }: ForgePlace): string {
  return `${repository}/fork`;
}

/** An account's fork of a repository, by the name the forge gives it; else undefined. */
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
  const range = `${encodePath(branch)}...${encodeURIComponent(head.owner)}:${encodePath(head.branch)}`;
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
