// Where a forge's API is, and which token may be sent to it.

import { ArchiveError } from '../../core/error.ts';
import { forgeApi } from '../../core/submission/forge-addresses.ts';

/** A repository at GitHub or on a GitHub Enterprise server. */
export interface RepositoryAddress {
  /** Web address without a trailing slash. */
  web: string;
  /** Address of the REST API without a trailing slash. */
  api: string;
  host: string;
  owner: string;
  name: string;
}

/**
 * The parts of a repository's web address.
 *
 * @throws ArchiveError `usage` for an address that is not a repository's.
 */
export function parseRepository(address: string): RepositoryAddress {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const [owner = '', name = '', ...more] = (url?.pathname ?? '').slice(1).split('/');
  const isName = (text: string): boolean => /^[A-Za-z0-9._-]{1,100}$/.test(text);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url === undefined || !isWeb || !isName(owner) || !isName(name) || more.length > 0) {
    throw new ArchiveError('usage', `"${address}" is no repository at a forge.`, {
      hint: 'Write it as https://github.com/lab/archive.',
    });
  }
  const bare = name.replace(/\.git$/, '');
  return {
    web: `${url.origin}/${owner}/${bare}`,
    api: forgeApi(url.origin),
    host: url.host,
    owner,
    name: bare,
  };
}

/**
 * The environment's token for a repository's host. A token that was set for GitHub is never sent to another
 * host: the host is read from a file, which anybody may have written.
 */
export function tokenFor(
  { host }: RepositoryAddress,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const server = environment['GITHUB_SERVER_URL'] ?? 'https://github.com';
  const isGitHub = URL.canParse(server) && new URL(server).host === host;
  const names = isGitHub ? ['DANDISET_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN'] : ['DANDISET_TOKEN'];
  return names
    .map((name) => environment[name])
    .find((token) => token !== undefined && token !== '');
}
