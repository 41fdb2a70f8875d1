// The records' repository by isomorphic-git: for machines without a git, over http and https. It is
// slower than the system's git, and it keeps what it fetches in a folder of its own.

import fs from 'node:fs';
import { mkdir } from 'node:fs/promises';
import http from 'isomorphic-git/http/node';
import {
  addRemote,
  fetch as fetchObjects,
  init,
  listServerRefs,
  packObjects,
  readCommit,
  writeCommit,
} from 'isomorphic-git';
import { ArchiveError } from '../../core/error.ts';
import { changedTree, filesOfTree, isomorphicTree, objectAt } from './isomorphic-tree.ts';
import { pushByHttp } from './push-by-http.ts';
import {
  addressForShow,
  authorizationOf,
  HISTORY_STEP,
  type CommitAuthor,
  type RecordsRepository,
  type RepositoryPlace,
} from './records-repository.ts';

/** The repository at this place; its folder is made if it is not there, and holds objects only. */
export function isomorphicRepository(place: RepositoryPlace): RecordsRepository {
  const { folder, address, branch, content } = place;
  const name = addressForShow(address);
  const objects = { gitdir: folder, cache: {} };
  const authorization = authorizationOf(place);
  // Made anew for each request: isomorphic-git adds to the object what one request needs and the
  // next must not have.
  const headers = (): Record<string, string> =>
    authorization === undefined ? {} : { Authorization: authorization };
  /** Objects that were written here and never pushed. */
  const fresh = new Set<string>();
  let depth = HISTORY_STEP;

  async function asked<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof ArchiveError) throw cause;
      const reason =
        cause instanceof Error ? cause.message.replaceAll(address, name) : String(cause);
      throw new ArchiveError('git-failed', `${what} ${name} failed: ${reason}`);
    }
  }

  const fetchBranch = (): Promise<string> =>
    asked('Fetching from', async () => {
      await mkdir(folder, { recursive: true });
      await init({ fs, gitdir: folder, bare: true, defaultBranch: branch });
      await addRemote({ fs, gitdir: folder, remote: 'origin', url: name, force: true });
      const { fetchHead } = await fetchObjects({
        fs,
        http,
        ...objects,
        remote: 'origin',
        url: address,
        ref: branch,
        remoteRef: branch,
        singleBranch: true,
        tags: false,
        depth,
        headers: headers(),
      });
      if (fetchHead === null) throw new Error(`there is no branch "${branch}"`);
      return fetchHead;
    });

  const treeOf = async (commit: string): Promise<string> =>
    (await readCommit({ fs, ...objects, oid: commit })).commit.tree;

  const person = ({ name: who, email }: CommitAuthor, time: Date): object => ({
    name: who,
    email,
    timestamp: Math.floor(time.getTime() / 1000),
    timezoneOffset: 0,
  });

  /** The commit before on the branch's own line; undefined where the history begins. */
  async function parentOf(commit: string): Promise<string | undefined> {
    const { parent } = (await readCommit({ fs, ...objects, oid: commit })).commit;
    const [first] = parent;
    if (first === undefined) return undefined;
    for (;;) {
      const isHere = await readCommit({ fs, ...objects, oid: first }).catch(() => undefined);
      if (isHere !== undefined) return first;
      // The history that is here ends too early.
      depth += HISTORY_STEP;
      objects.cache = {};
      await fetchBranch();
    }
  }

  return {
    name,
    fetch: fetchBranch,

    tags: () =>
      asked('Asking', async () => {
        const asks = { http, url: address, headers: headers() };
        const refs = await listServerRefs({ ...asks, prefix: 'refs/tags/' });
        return refs.map(({ ref }) => ref.slice('refs/tags/'.length));
      }),

    async files(commit) {
      const tree = await objectAt(objects, await treeOf(commit), content);
      const files = await filesOfTree(objects, tree);
      return new Map([...files].map(([path, { id }]) => [path, id]));
    },

    async contentAt(commit) {
      const tree = await objectAt(objects, await treeOf(commit), content);
      return isomorphicTree(objects, tree, `${commit}:${content}`);
    },

    async lastChange(commit, path) {
      const at = async (one: string): Promise<string | undefined> =>
        objectAt(objects, await treeOf(one), `${content}/${path}`);
      const found = await at(commit);
      if (found === undefined) return undefined;
      let id = commit;
      for (;;) {
        const parent = await parentOf(id);
        if (parent === undefined || (await at(parent)) !== found) break;
        id = parent;
      }
      const { committer } = (await readCommit({ fs, ...objects, oid: id })).commit;
      return { id, time: new Date(committer.timestamp * 1000) };
    },

    async commit(parent, orders) {
      const ids: string[] = [];
      let before = parent;
      for (const { message, author, time, changes } of orders) {
        const paths = changes.map(({ path, bytes }) => [`${content}/${path}`, bytes] as const);
        const tree = await changedTree(objects, await treeOf(before), paths, fresh);
        if (tree === undefined) throw new ArchiveError('git-failed', 'A commit would be empty.');
        const who = person(author, time) as Parameters<typeof writeCommit>[0]['commit']['author'];
        const commit = { tree, parent: [before], message, author: who, committer: who };
        before = await writeCommit({ fs, ...objects, commit });
        fresh.add(before);
        ids.push(before);
      }
      return ids;
    },

    push: ({ from, to, tags }) =>
      asked('Pushing to', async () => {
        const { packfile } = await packObjects({ fs, ...objects, oids: [...fresh], write: false });
        const updates = [
          { ref: `refs/heads/${branch}`, from, to },
          ...[...tags].map(([tag, id]) => ({ ref: `refs/tags/${tag}`, from: null, to: id })),
        ];
        const remote = { address, authorization };
        const reason = await pushByHttp(remote, updates, packfile ?? new Uint8Array());
        if (reason === undefined) {
          fresh.clear();
          return 'pushed';
        }
        if (!/refs\/tags\//.test(reason)) return 'refused';
        throw new ArchiveError('git-failed', `${name} did not take it: ${reason}`);
      }),
  };
}
