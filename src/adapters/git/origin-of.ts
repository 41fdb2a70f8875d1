// Where the repository of a clone comes from.

import { ArchiveError } from '../../core/error.ts';
import { gitResult } from './run-git.ts';

/**
 * The address of the remote `origin` of the clone that contains a folder.
 *
 * @throws ArchiveError `git-failed` if the folder is in no clone.
 */
export async function originOf(folder: string): Promise<string> {
  const { code, stdout } = await gitResult(folder, ['remote', 'get-url', 'origin']);
  const address = stdout.toString().trim();
  if (code === 0 && address !== '') return address;
  throw new ArchiveError('git-failed', `${folder} is in no clone with a remote "origin".`, {
    hint: 'Run this in a clone of the archive, or name its repository.',
  });
}
