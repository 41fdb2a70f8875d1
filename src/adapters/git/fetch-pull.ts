// The newest commit of a pull request, as the forge stores it.

import { REMOTE_TIME_LIMIT, runGit, type GitRun } from './run-git.ts';

/**
 * Fetches a pull request into a repository, objects only; returns the id of its newest commit. It gets a ref
 * of its own, so that it is not garbage-collected before it is judged.
 *
 * @param from A remote of the repository, or the address to fetch from.
 * @throws ArchiveError `git-failed` if the forge has no such pull request.
 */
export async function fetchPull(
  folder: string,
  number: number,
  from = 'origin',
  remote: GitRun = { timeLimit: REMOTE_TIME_LIMIT },
): Promise<string> {
  const name = `refs/dandiset/pull/${number}`;
  const quiet = ['--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'];
  await runGit(folder, ['fetch', ...quiet, from, `+refs/pull/${number}/head:${name}`], remote);
  return (await runGit(folder, ['rev-parse', `${name}^{commit}`])).toString().trim();
}
