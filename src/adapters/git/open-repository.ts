// Opens the records' repository by the git that is there: the system's where there is one, since it is
// two to three times as fast and reaches every kind of remote (docs/decisions/0008), else isomorphic-git.

import { ArchiveError } from '../../core/error.ts';
import { isomorphicRepository } from './isomorphic-repository.ts';
import type { RecordsRepository, RepositoryPlace } from './records-repository.ts';
import { gitResult } from './run-git.ts';
import { systemRepository } from './system-repository.ts';

/** Which git: the one of the system, or the one that comes with this program. */
export type GitKind = 'system' | 'isomorphic';

/** The git to use here. */
export async function gitThatIsThere(): Promise<GitKind> {
  const found = await gitResult('.', ['--version']).catch(() => undefined);
  return found?.code === 0 ? 'system' : 'isomorphic';
}

/**
 * The repository at this place. For isomorphic-git its folder is one of its own, not a clone.
 *
 * @throws ArchiveError `usage` where isomorphic-git cannot reach the address.
 */
export function openRepository(place: RepositoryPlace, kind: GitKind): RecordsRepository {
  if (kind === 'system') return systemRepository(place);
  if (/^https?:\/\//.test(place.address)) return isomorphicRepository(place);
  throw new ArchiveError('usage', 'Without git only repositories at an http address can be used.', {
    hint: 'Install git, or name the https address of the repository.',
  });
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
