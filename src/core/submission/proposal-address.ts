// The address of the page that shows what a pull request proposes, and of the files it requests. The page
// treats its own address as a stranger's input: only a commit and a folder, in one spelling.

import { DANDISET_FILE, contentPlace } from '../records/layout.ts';
import { CONTENT_FOLDER } from './bundle.ts';
import { forgeApi } from './forge-addresses.ts';
import { folderOfTarget, targetOfPlace, type SubmissionTarget } from './submission-target.ts';

/** The page below the site's root. */
export const PROPOSAL_PAGE = 'submissions/preview/';

/** What a pull request proposes, at the commit that was examined. */
export interface Proposal {
  /** Forty hexadecimal digits, in lower case. */
  commit: string;
  target: SubmissionTarget;
}

/** The page's address for a proposal, on a site whose address ends in `/`. */
export function proposalAddress(site: string, { commit, target }: Proposal): string {
  return `${site}${PROPOSAL_PAGE}?commit=${commit}&folder=${folderOfTarget(target)}`;
}

/** What the query of the page's address names, as `proposalAddress` writes it; else undefined. */
export function readProposal(query: string): Proposal | undefined {
  const [, commit, folder] =
    /^\?commit=([0-9a-f]{40})&folder=([a-z0-9/-]{1,100})$/.exec(query) ?? [];
  if (commit === undefined || folder === undefined) return undefined;
  const target = targetOfPlace(contentPlace(`${folder}/${DANDISET_FILE}`));
  return target === undefined ? undefined : { commit, target };
}

/**
 * Where the forge serves the bytes of a repository's files to other sites: below this address are commits,
 * below them paths. GitHub has a host of its own for them.
 */
export function rawFilesAddress(repository: string): string {
  const gitHub = /^https:\/\/github\.com\/(.+)$/.exec(repository)?.[1];
  return gitHub === undefined
    ? `${repository}/raw/`
    : `https://raw.githubusercontent.com/${gitHub}/`;
}

/** The forge's API provides commits below this address. */
export function commitsApiAddress(repository: string): string {
  const name = repository.replace(/^https?:\/\/[^/]+\//, '').replace(/\.git$/, '');
  return `${forgeApi(repository)}/repos/${name}/commits/`;
}

/** Where the forge's API says which pull requests a commit belongs to. */
export function pullsOfCommitAddress(repository: string, commit: string): string {
  return `${commitsApiAddress(repository)}${commit}/pulls?per_page=100`;
}

/** The address of one file of a proposal. */
export function proposedFileAddress(
  repository: string,
  { commit, target }: Proposal,
  file: string,
): string {
  return `${rawFilesAddress(repository)}${commit}/${CONTENT_FOLDER}${folderOfTarget(target)}/${file}`;
}
