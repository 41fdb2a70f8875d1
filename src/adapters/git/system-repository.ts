// The records' repository through the system's git: fast with any history, and it supports every transport
// and credential helper that its user has set up.

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ArchiveError } from '../../core/error.ts';
import { treeOfCommit, type CommitTree } from './commit-tree.ts';
import { fetchPull } from './fetch-pull.ts';
import {
  addressForShow,
  authorizationOf,
  HISTORY_STEP,
  type CommitAuthor,
  type CommitFacts,
  type CommitOrder,
  type MergeOrder,
  type PushOrder,
  type RecordsRepository,
  type RepositoryPlace,
} from './records-repository.ts';
import { gitResult, REMOTE_TIME_LIMIT, requireGit, runGit, type GitRun } from './run-git.ts';

// Messages of git and its servers when another push came first.
const OVERTAKEN =
  /fetch first|non-fast-forward|stale info|cannot lock ref|failed to (?:lock|update ref)|incorrect old value|transaction failed/i;

/** Settings passed through the environment: arguments could be read by everyone on the machine. */
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

/** Commits in the language of `git fast-import`, which replies with the id of each. */
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

class SystemRepository implements RecordsRepository {
  readonly name: string;
  private readonly place: RepositoryPlace;
  private readonly remote: GitRun;
  /** The tip gets a ref of its own: it is not garbage-collected, and no branch of the user's moves. */
  private readonly kept: string;
  private isShallow: boolean | undefined;
  private shallowFile: string | undefined;

  constructor(place: RepositoryPlace) {
    this.place = place;
    this.name = addressForShow(place.address);
    this.remote = { env: credentials(place), timeLimit: REMOTE_TIME_LIMIT };
    this.kept = `refs/dandiset/${place.branch}`;
  }

  private git(args: readonly string[], run?: GitRun): Promise<Buffer> {
    return runGit(this.place.folder, args, run);
  }

  private async line(args: readonly string[], run?: GitRun): Promise<string> {
    return (await this.git(args, run)).toString().trim();
  }

  private async prepare(): Promise<void> {
    if (this.isShallow !== undefined) return;
    await requireGit();
    const { folder } = this.place;
    const isNew = !existsSync(folder) || !(await this.isRepository());
    if (isNew) {
      await mkdir(folder, { recursive: true });
      await this.git(['init', '--quiet', '--bare']);
    }
    this.isShallow = isNew;
  }

  private async isRepository(): Promise<boolean> {
    return (await gitResult(this.place.folder, ['rev-parse', '--git-dir'])).code === 0;
  }

  private async shallowCommits(): Promise<ReadonlySet<string>> {
    this.shallowFile ??= await this.line(['rev-parse', '--git-path', 'shallow']);
    const file = path.resolve(this.place.folder, this.shallowFile);
    const text = await readFile(file, 'utf8').catch(() => '');
    return new Set(text.split('\n'));
  }

  private async fetchBranch(...options: string[]): Promise<void> {
    const { address, branch } = this.place;
    const quiet = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', ...options];
    await this.git([...quiet, address, `+refs/heads/${branch}:${this.kept}`], this.remote);
  }

  private async remoteTip(): Promise<string | undefined> {
    const { address, branch } = this.place;
    const found = await this.line(['ls-remote', address, `refs/heads/${branch}`], this.remote);
    return found.split('\t')[0] || undefined;
  }

  async fetch(): Promise<string> {
    await this.prepare();
    await this.fetchBranch(...(this.isShallow === true ? [`--depth=${HISTORY_STEP}`] : []));
    // Later fetches only add to the existing history.
    this.isShallow = false;
    return this.line(['rev-parse', this.kept]);
  }

  async tags(): Promise<string[]> {
    await this.prepare();
    const list = ['ls-remote', '--refs', '--tags', this.place.address];
    const listed = await this.line(list, this.remote);
    return [...listed.matchAll(/\trefs\/tags\/(.+)$/gm)].map(([, name = '']) => name);
  }

  async files(commit: string): Promise<Map<string, string>> {
    const list = ['ls-tree', '-r', '-z', '--full-tree', `${commit}:${this.place.content}`];
    const lines = (await this.git(list)).toString().split('\0').slice(0, -1);
    // Each line is `100644 blob <id>\t<path>`.
    return new Map(
      lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.split(/[ \t]/, 3)[2] ?? '']),
    );
  }

  contentAt(commit: string): Promise<CommitTree> {
    return treeOfCommit(this.place.folder, commit, this.place.content);
  }

  async lastChange(commit: string, file: string): Promise<CommitFacts | undefined> {
    const log = ['log', '-1', '--first-parent', '--format=%H %ct', commit, '--'];
    for (;;) {
      const found = await this.line([...log, `${this.place.content}/${file}`]);
      const [id = '', seconds = ''] = found.split(' ');
      if (id !== '' && (await this.shallowCommits()).has(id)) {
        // At the end of a shallow history everything looks new.
        await this.fetchBranch(`--deepen=${HISTORY_STEP}`);
        continue;
      }
      return id === '' ? undefined : { id, time: new Date(Number(seconds) * 1000) };
    }
  }

  async commit(parent: string, orders: readonly CommitOrder[]): Promise<string[]> {
    if (orders.length === 0) return [];
    const ref = `refs/dandiset/${randomUUID()}`;
    const input = importCommands(ref, this.place.content, parent, orders);
    const ids = await this.line(['fast-import', '--quiet', '--done'], { input });
    await this.git(['update-ref', '-d', ref]);
    return ids.split('\n');
  }

  async fetchPull(number: number): Promise<string> {
    await this.prepare();
    return fetchPull(this.place.folder, number, this.place.address, this.remote);
  }

  async merge({ parents, tree, message, author, time }: MergeOrder): Promise<string> {
    const people = {
      ...personOf(author, 'AUTHOR', time),
      ...personOf(author, 'COMMITTER', time),
    };
    const args = ['commit-tree', tree, ...parents.flatMap((one) => ['-p', one]), '-F', '-'];
    return this.line(args, { env: people, input: Buffer.from(message) });
  }

  async push({ from, to, tags }: PushOrder): Promise<'pushed' | 'refused'> {
    const { folder, address, branch } = this.place;
    const updates = [`${to}:refs/heads/${branch}`];
    for (const [tag, commit] of tags) updates.push(`${commit}:refs/tags/${tag}`);
    // All judging and planning refers to one commit of the branch, which serves as the lease.
    const lease = `--force-with-lease=refs/heads/${branch}:${from}`;
    const push = ['push', '--quiet', '--atomic', '--porcelain', lease, address, ...updates];
    const { code, stdout, said } = await gitResult(folder, push, this.remote);
    if (code === 0) return 'pushed';
    const rejected = stdout.toString().match(/^!.*$/gm) ?? [];
    const taken = rejected.find((line) => /refs\/tags\/.*already exists/.test(line));
    if (taken === undefined && OVERTAKEN.test(`${rejected.join('\n')} ${said}`)) return 'refused';
    const tip = await this.remoteTip();
    if (tip !== from) return 'refused';
    const why = taken ?? ([...rejected, said].join(' ').trim() || 'no reason was given');
    throw new ArchiveError('git-failed', `${this.name} did not take it: ${why}`, {
      hint: 'Look whether the token may push to this branch and make tags.',
    });
  }
}

/** The repository at this location, through the system's git. */
export function systemRepository(place: RepositoryPlace): RecordsRepository {
  return new SystemRepository(place);
}
