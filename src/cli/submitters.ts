// Who handed a new Dandiset in: the forge knows, git does not.

import { gitHubForge } from '../adapters/forge/github-forge.ts';
import {
  parseRepository,
  tokenFor,
  type RepositoryAddress,
} from '../adapters/forge/repository-address.ts';
import { isArchiveError } from '../core/error.ts';
import type { Archive } from '../core/records/archive.ts';

/** The archive's repository at a forge; undefined where it lies elsewhere. */
function forgeAddress({ repository }: Archive): RepositoryAddress | undefined {
  try {
    return parseRepository(repository);
  } catch (error) {
    if (isArchiveError(error, 'usage')) return undefined;
    throw error;
  }
}

/**
 * Asks the forge of the archive for the logins of those whose pull request a commit merged; undefined
 * without a token for it. Where the forge does not say, a Dandiset has no owners until a curator names
 * them: that is no reason not to give it its number.
 */
export function submittersAtForge(
  archive: Archive,
): ((commit: string) => Promise<string[]>) | undefined {
  const address = forgeAddress(archive);
  const token = address === undefined ? undefined : tokenFor(address, process.env);
  if (address === undefined || token === undefined) return undefined;
  const forge = gitHubForge({ address, token });
  return async (commit) => {
    try {
      return await forge.authorsOf(commit);
    } catch (error) {
      if (isArchiveError(error, 'forge-failed')) return [];
      throw error;
    }
  };
}
