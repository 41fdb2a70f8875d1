// Who commits for the archive.

import type { CommitAuthor } from '../../adapters/git/records-repository.ts';

/** As git's variables name them, else the registrar. */
export function authorFromEnvironment(): CommitAuthor {
  return {
    name: process.env['GIT_COMMITTER_NAME'] || 'Registrar',
    email: process.env['GIT_COMMITTER_EMAIL'] || 'registrar@localhost',
  };
}
