// Whose account it is: the forge knows, git does not.

import { gitHubForge } from '../../adapters/forge/github-forge.ts';
import {
  parseRepository,
  tokenFor,
  type RepositoryAddress,
} from '../../adapters/forge/repository-address.ts';
import { isArchiveError } from '../../core/error.ts';
import type { Archive } from '../../core/records/archive.ts';
import type { AccountsAtForge } from '../../workflows/publishing/registrar-plan.ts';

/** The archive's repository at a forge; undefined where it is elsewhere. */
function forgeAddress({ repository }: Archive): RepositoryAddress | undefined {
  try {
    return parseRepository(repository);
  } catch (error) {
    if (isArchiveError(error, 'usage')) return undefined;
    throw error;
  }
}

/**
 * Queries the archive's forge for who submitted what a commit merged, and for the owner of a login; undefined
 * without a token. If the forge does not answer, a Dandiset has no owners until a curator names them, and a
 * login stays as it is: that must not prevent numbering.
 */
export function accountsAtForge(archive: Archive): AccountsAtForge | undefined {
  const address = forgeAddress(archive);
  const token = address === undefined ? undefined : tokenFor(address, process.env);
  if (address === undefined || token === undefined) return undefined;
  const forge = gitHubForge({ address, token });
  async function otherwise<Answer>(question: Promise<Answer>, answer: Answer): Promise<Answer> {
    try {
      return await question;
    } catch (error) {
      if (isArchiveError(error, 'forge-failed')) return answer;
      throw error;
    }
  }
  return {
    submittersOf: (commit) => otherwise(forge.authorsOf(commit), []),
    accountOf: (login) => otherwise(forge.accountOf(login), undefined),
  };
}
