// Pull requests as an outsider could make them: any tree that git can hold, on a branch of a fork.

import { gitHubForge } from '../../../src/adapters/forge/github-forge.ts';
import { parseRepository } from '../../../src/adapters/forge/repository-address.ts';
import type { ForgePull } from './forge-state.ts';
import type { ForgeDouble } from './forge-double.ts';

/** A file of the repository: text or bytes, null to remove it, or an entry with its mode. */
export type ProposedFile = string | Uint8Array | null | { mode: string; sha: string };

/** What is proposed. */
export interface Proposal {
  files?: Record<string, ProposedFile>;
  /** A tree made by hand, instead of files. */
  tree?: (write: (kind: 'blob' | 'tree', bytes: Buffer) => string, base: string) => string;
  /** Parents of the commit; by default the newest commit of main. */
  parents?: readonly string[];
}

/** Opens a pull request from a user's fork, through the API. */
export async function propose(
  forge: ForgeDouble,
  login: string,
  branch: string,
  proposal: Proposal,
): Promise<ForgePull> {
  const { state, archive } = forge;
  const user = state.users.get(forge.token(login));
  if (user === undefined) throw new Error(`nobody is called ${login}`);
  const { git } = state.fork(archive, user);
  const main = archive.git.commit('refs/heads/main') ?? '';
  const parents = proposal.parents ?? [main];
  const write = (kind: 'blob' | 'tree', bytes: Buffer): string =>
    // As it is: git would refuse to write some of the trees that it can receive.
    git.run(['hash-object', '-t', kind, '-w', '--literally', '--stdin'], { input: bytes }).trim();
  const entries = Object.entries(proposal.files ?? {}).map(([path, file]) => {
    if (file === null) return { path, mode: '100644', sha: null };
    if (typeof file === 'object' && !(file instanceof Uint8Array)) return { path, ...file };
    return { path, mode: '100644', sha: write('blob', Buffer.from(file)) };
  });
  const baseTree = git.treeOf(parents[0] ?? main);
  const tree = proposal.tree?.(write, baseTree) ?? git.writeTree(baseTree, entries);
  const commit = git.writeCommit(tree, parents, 'Proposed', login, state.now());
  git.setRef(`refs/heads/${branch}`, commit);
  const address = parseRepository(forge.repository);
  const rest = gitHubForge({ address, token: user.token });
  const words = { title: `From ${branch}`, body: '' };
  const opened = await rest.openPull({ owner: login, branch }, words);
  const pull = archive.pulls.find(({ number }) => number === opened?.number);
  if (pull === undefined) throw new Error(`the pull request of ${branch} was not opened`);
  return pull;
}
