// The valid archive at the double of the forge, and a clone of it that checks pull requests.

import path from 'node:path';
import { fetchPull } from '../../../src/adapters/git/fetch-pull.ts';
import {
  judgePullRequest,
  type JudgedPullRequest,
} from '../../../src/cli/support/judge-pull-request.ts';
import type { PullRequestAuthor } from '../../../src/core/submission/pull-request.ts';
import { ARCHIVE } from '../broken/records.ts';
import { TestArchive } from '../broken/test-archive.ts';
import { git } from './git-server.ts';
import { temporaryFolder, type Files } from '../temporary-folder.ts';
import { startForge, type ForgeDouble } from './forge-double.ts';

/** The files of an archive below content/, with settings that name this repository. */
export function filesAtForge(address: string, archive = new TestArchive()): Files {
  archive.files['archive.json'] =
    `${JSON.stringify({ ...ARCHIVE, repository: address }, null, 2)}\n`;
  return Object.fromEntries(
    Object.entries(archive.files).map(([name, data]) => [`content/${name}`, data]),
  );
}

/** Starts the forge with the valid archive and a clone of it. */
export async function archiveAtForge(
  archive = new TestArchive(),
): Promise<{ forge: ForgeDouble; clone: string }> {
  const forge = await startForge((address) => filesAtForge(address, archive));
  const clone = path.join(temporaryFolder(), 'clone');
  // From the folder: a synchronous git call could not be served by a server in this process.
  git('.', ['clone', '--quiet', forge.folder, clone]);
  git(clone, ['remote', 'set-url', 'origin', `${forge.repository}.git`]);
  return { forge, clone };
}

/** Fetches a pull request into the clone and checks it against the clone's main, as the command does. */
export async function checkedPull(
  clone: string,
  number: number,
  author?: PullRequestAuthor,
): Promise<JudgedPullRequest> {
  const content = path.join(clone, 'content');
  const headRef = await fetchPull(content, number);
  const who = author === undefined ? {} : { author };
  return judgePullRequest(content, 'origin/main', headRef, { today: '2026-11-24', ...who });
}
