// Opens the records' repository by the git that is there.

import { ArchiveError } from '../../core/error.ts';
import type { RecordsRepository, RepositoryPlace } from './records-repository.ts';
import { gitResult } from './run-git.ts';
import { systemRepository } from './system-repository.ts';

/** The repository at this place, by the system's git. */
export async function openRepository(place: RepositoryPlace): Promise<RecordsRepository> {
  return systemRepository(place);
}

/**
 * The address of the remote `origin` of the clone a folder lies in.
 *
 * @throws ArchiveError `git-failed` where the folder lies in no clone.
 */
export async function originOf(folder: string): Promise<string> {
  const { code, stdout } = await gitResult(folder, ['remote', 'get-url', 'origin']);
  const address = stdout.toString().trim();
  if (code === 0 && address !== '') return address;
  throw new ArchiveError('git-failed', `${folder} lies in no clone with a remote "origin".`, {
    hint: 'Run this in a clone of the archive, or name its repository.',
  });
}
