// The registrar's part at the registry of DOIs: the account comes from the environment.

import { dataCiteAccount, dataCiteRegistry } from '../../adapters/datacite/datacite-rest.ts';
import type { CommitAuthor, RecordsRepository } from '../../adapters/git/records-repository.ts';
import { visibleText } from '../../adapters/terminal/visible-text.ts';
import { isArchiveError } from '../../core/error.ts';
import { doiAddress } from '../../core/identifiers/doi.ts';
import {
  registerDois,
  unregisteredDois,
  type DoiReport,
} from '../../workflows/publishing/register-dois.ts';
import { progressReporter } from './output.ts';

/**
 * Registers what is not registered yet, where the environment names an account. Numbers and versions are
 * pushed by then: failures here are reported along with them, and retried at the next run.
 */
export async function registerDoisOf(
  repository: RecordsRepository,
  author: CommitAuthor,
): Promise<DoiReport> {
  const account = dataCiteAccount(process.env);
  if (account === undefined) return { registered: [], reserved: [], failed: [] };
  const registry = dataCiteRegistry(account);
  try {
    return await registerDois({ repository, registry, author, reporter: progressReporter() });
  } catch (error) {
    if (!isArchiveError(error, 'git-failed')) throw error;
    return { registered: [], reserved: [], failed: [{ doi: '', reason: error.message }] };
  }
}

/** The DOIs that are not registered yet, whether or not there is an account to register them. */
export async function unregisteredDoisOf(repository: RecordsRepository): Promise<DoiReport> {
  const failed = (await unregisteredDois(repository)).map((doi) => ({
    doi,
    reason: `${doiAddress(doi)} is not registered yet.`,
  }));
  return { registered: [], reserved: [], failed };
}

/** The outcome for DOIs, for people. */
export function doiLines({ registered, reserved, failed }: DoiReport): string[] {
  return [
    ...registered.map((doi) => visibleText(`Registered ${doiAddress(doi)}`)),
    ...reserved.map((doi) => visibleText(`Reserved ${doiAddress(doi)}`)),
    ...failed.map(({ reason }) => visibleText(`Not registered: ${reason}`)),
  ];
}
