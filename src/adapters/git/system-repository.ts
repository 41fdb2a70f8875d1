// The records' repository by the system's git: fast with any history, and it knows every way to
// reach a remote that its user has set up.

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ArchiveError } from '../../core/error.ts';
import { treeOfCommit } from './commit-tree.ts';
import {
  addressForShow,
  authorizationOf,
  HISTORY_STEP,
  type CommitAuthor,
  type CommitOrder,
  type PushOrder,
  type RecordsRepository,
  type RepositoryPlace,
} from './records-repository.ts';
import { gitResult, REMOTE_TIME_LIMIT, requireGit, runGit } from './run-git.ts';

// What git and its servers say where another push came first.
const OVERTAKEN =
  /fetch first|non-fast-forward|stale info|cannot lock ref|failed to (?:lock|update ref)|incorrect old value|transaction failed/i;

/** Settings given by the environment: arguments could be read by everyone on the machine. */
function credentials(place: RepositoryPlace): NodeJS.ProcessEnv {
  const authorization = authorizationOf(place);
  if (authorization === undefined) return {};
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${place.address}.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: ${authorization}`,
  };
}

function personOf({ name, email }: CommitAuthor, role: string, time: Date): NodeJS.ProcessEnv {
  return {
    [`GIT_${role}_NAME`]: name,
    [`GIT_${role}_EMAIL`]: email,
    [`GIT_${role}_DATE`]: `${Math.floor(time.getTime() / 1000)} +0000`,
  };
}

/** Commits in the language of `git fast-import`, which answers with the id of each. */
function importCommands(
  ref: string,
  content: string,
  parent: string,
  orders: readonly CommitOrder[],
): Buffer {
  const pieces: Buffer[] = [];
  const say = (line: string): number => pieces.push(Buffer.from(`${line}\n`));
  const data = (bytes: Uint8Array): void => {
    say(`data ${bytes.length}`);
    pieces.push(Buffer.from(bytes), Buffer.from('\n'));
  };
  const person = ({ name, email }: CommitOrder['author']): string =>
    `${name.replace(/[<>\n]/g, '')} <${email.replace(/[<>\n]/g, '')}>`;
  for (const [index, { message, author, time, changes }] of orders.entries()) {
    const mark = `:${index + 1}`;
    say(`commit ${ref}`);
    say(`mark ${mark}`);
    say(`committer ${person(author)} ${Math.floor(time.getTime() / 1000)} +0000`);
    data(Buffer.from(message));
    if (index === 0) say(`from ${parent}`);
    for (const { path: file, bytes } of changes) {
      if (bytes === undefined) say(`D ${content}/${file}`);
      else {
        say(`M 100644 inline ${content}/${file}`);
        data(bytes);
      }
    }
    say(`get-mark ${mark}`);
  }
  say('done');
  return Buffer.concat(pieces);
}

/** The repository at this place, by the system's git. */
export function systemRepository(place: RepositoryPlace): RecordsRepository {
  const { folder, address, branch, content } = place;
  const env = credentials(place);
  const remote = { env, timeLimit: REMOTE_TIME_LIMIT };
  let isShallow: boolean | undefined;
  let shallowFile: string | undefined;

  async function prepare(): Promise<void> {
    if (isShallow !== undefined) return;
    await requireGit();
    const isNew = !existsSync(folder) || !(await isRepository());
    if (isNew) {
      await mkdir(folder, { recursive: true });
      await runGit(folder, ['init', '--quiet', '--bare']);
    }
    isShallow = isNew;
  }

  async function isRepository(): Promise<boolean> {
    return (await gitResult(folder, ['rev-parse', '--git-dir'])).code === 0;
  }

  async function shallowCommits(): Promise<ReadonlySet<string>> {
    shallowFile ??= (await runGit(folder, ['rev-parse', '--git-path', 'shallow']))
      .toString()
      .trim();
    const text = await readFile(path.resolve(folder, shallowFile), 'utf8').catch(() => '');
    return new Set(text.split('\n'));
  }

  async function fetchBranch(...options: string[]): Promise<void> {
    const quiet = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', ...options];
    await runGit(folder, [...quiet, address, `+refs/heads/${branch}:${kept}`], remote);
  }

  // The tip is kept under a name of its own: it is not collected, and no branch of a user's moves.
  const kept = `refs/dandiset/${branch}`;

  async function remoteTip(): Promise<string | undefined> {
    const found = await runGit(folder, ['ls-remote', address, `refs/heads/${branch}`], remote);
    return found.toString().split('\t')[0] || undefined;
  }

  return {
    name: addressForShow(address),

    async fetch() {
      await prepare();
      await fetchBranch(...(isShallow === true ? [`--depth=${HISTORY_STEP}`] : []));
      // Later fetches only add to what is there.
      isShallow = false;
      return (await runGit(folder, ['rev-parse', kept])).toString().trim();
    },

    async tags() {
      await prepare();
      const listed = await runGit(folder, ['ls-remote', '--refs', '--tags', address], remote);
      return [...listed.toString().matchAll(/\trefs\/tags\/(.+)$/gm)].map(([, name = '']) => name);
    },

    async files(commit) {
      const list = ['ls-tree', '-r', '-z', '--full-tree', `${commit}:${content}`];
      const lines = (await runGit(folder, list)).toString().split('\0').slice(0, -1);
      // Each line is `100644 blob <id>\t<path>`.
      return new Map(
        lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.split(/[ \t]/, 3)[2] ?? '']),
      );
    },

    contentAt: (commit) => treeOfCommit(folder, commit, content),

    async lastChange(commit, file) {
      const log = ['log', '-1', '--first-parent', '--format=%H %ct', commit, '--'];
      for (;;) {
        const found = (await runGit(folder, [...log, `${content}/${file}`])).toString().trim();
        const [id = '', seconds = ''] = found.split(' ');
        if (id !== '' && (await shallowCommits()).has(id)) {
          // Where the history ends, everything seems to be new.
          await fetchBranch(`--deepen=${HISTORY_STEP}`);
          continue;
        }
        return id === '' ? undefined : { id, time: new Date(Number(seconds) * 1000) };
      }
    },

    async commit(parent, orders) {
      if (orders.length === 0) return [];
      const ref = `refs/dandiset/${randomUUID()}`;
      const input = importCommands(ref, content, parent, orders);
      const ids = await runGit(folder, ['fast-import', '--quiet', '--done'], { input });
      await runGit(folder, ['update-ref', '-d', ref]);
      return ids.toString().trim().split('\n');
    },

    async fetchPull(number) {
      await prepare();
      // Under a name of its own, so that nothing collects it before it is judged.
      const name = `refs/dandiset/pull/${number}`;
      const quiet = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules'];
      const refs = `+refs/pull/${number}/head:${name}`;
      await runGit(folder, [...quiet, '--no-write-fetch-head', address, refs], remote);
      return (await runGit(folder, ['rev-parse', `${name}^{commit}`])).toString().trim();
    },

    async merge({ parents, tree, message, author, time }) {
      const people = {
        ...personOf(author, 'AUTHOR', time),
        ...personOf(author, 'COMMITTER', time),
      };
      const args = ['commit-tree', tree, ...parents.flatMap((one) => ['-p', one]), '-F', '-'];
      const written = await runGit(folder, args, { env: people, input: Buffer.from(message) });
      return written.toString().trim();
    },

    async push({ from, to, tags }: PushOrder) {
      const updates = [`${to}:refs/heads/${branch}`];
      for (const [tag, commit] of tags) updates.push(`${commit}:refs/tags/${tag}`);
      // Whatever is judged or planned holds for one commit of the branch: it is the lease.
      const lease = `--force-with-lease=refs/heads/${branch}:${from}`;
      const push = ['push', '--quiet', '--atomic', '--porcelain', lease, address, ...updates];
      const { code, stdout, said } = await gitResult(folder, push, remote);
      if (code === 0) return 'pushed';
      const rejected = stdout.toString().match(/^!.*$/gm) ?? [];
      const taken = rejected.find((line) => /refs\/tags\/.*already exists/.test(line));
      if (taken === undefined && OVERTAKEN.test(`${rejected.join('\n')} ${said}`)) return 'refused';
      const tip = await remoteTip();
      if (tip !== from) return 'refused';
      const why = taken ?? ([...rejected, said].join(' ').trim() || 'no reason was given');
      throw new ArchiveError('git-failed', `${addressForShow(address)} did not take it: ${why}`, {
        hint: 'Look whether the token may push to this branch and make tags.',
      });
    },
  };
}
