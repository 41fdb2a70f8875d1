// GitHub through its REST API. Files are written by the Git Data API, as text in one tree: no clone, no
// working copy, and one request for all files of a submission.

import { Octokit } from '@octokit/rest';
import { ArchiveError } from '../../core/error.ts';
import type {
  ChangedPath,
  Forge,
  ForgeAccount,
  ForgeBranch,
  ProposedChange,
  PullRequest,
  Remark,
} from './forge.ts';
import type { TreeEntry } from '../git/base-trees.ts';
import { forgeError, statusOf } from './github-error.ts';
import type { RepositoryAddress } from './repository-address.ts';

/** Larger texts are sent as separate blobs; GitHub accepts some 2 MB of text in one tree. */
const MAX_INLINE_TEXT = 1_000_000;
const TIMEOUT = 60_000;
/** A fork is created in the background: the number of attempts to read it, one second apart. */
const FORK_TRIES = 30;

interface Settings {
  address: RepositoryAddress;
  token?: string;
  /** Time between two attempts to read a fork, in milliseconds. */
  pause?: number;
}

type Place = { owner: string; repo: string };

function isBot(user: { type?: string; login?: string } | null | undefined): boolean {
  return user?.type === 'Bot' || user?.login?.endsWith('[bot]') === true;
}

function toAccount(
  user: { id: number; login: string } | null | undefined,
): ForgeAccount | undefined {
  return user ? { id: user.id, login: user.login } : undefined;
}

/** The members that lists of pull requests and single ones have in common. */
interface GivenPull {
  number: number;
  title: string;
  user: { id: number; login: string } | null;
  draft?: boolean;
  head: { sha: string };
  base: { ref: string };
  updated_at: string;
  html_url: string;
}

function toPullRequest(pull: GivenPull): PullRequest {
  return {
    number: pull.number,
    title: pull.title,
    author: toAccount(pull.user),
    isDraft: pull.draft === true,
    head: pull.head.sha,
    base: pull.base.ref,
    updatedAt: pull.updated_at,
    url: pull.html_url,
  };
}

/** Compares an object that the forge wrote with the one that was written here. */
function requireId(kind: string, made: string, wanted: string | undefined): void {
  if (wanted === undefined || made === wanted) return;
  const message = `The forge made the ${kind} ${made} where ${wanted} was submitted.`;
  throw new ArchiveError('forge-failed', message, {
    hint: 'Nothing was proposed. Try again; if it stays so, use --bundle and report it.',
  });
}

/** Who made a commit, and when; the committer is the same. */
function authorship({ commit }: ProposedChange): {
  author?: { name: string; email: string; date: string };
} {
  if (commit === undefined) return {};
  const date = commit.time.toISOString().replace(/\.\d+Z$/, 'Z');
  return { author: { ...commit.author, date } };
}

class GitHubForge implements Forge {
  readonly name: string;
  private readonly settings: Settings;
  private readonly rest: Octokit;
  private readonly here: Place;

  constructor(settings: Settings) {
    const { address, token } = settings;
    this.settings = settings;
    this.name = address.web;
    this.here = { owner: address.owner, repo: address.name };
    const silent = (): void => {};
    this.rest = new Octokit({
      baseUrl: address.api,
      userAgent: 'dandiset',
      ...(token === undefined ? {} : { auth: token }),
      log: { debug: silent, info: silent, warn: silent, error: silent },
      request: {
        fetch: (url: string, options: RequestInit) =>
          fetch(url, { ...options, signal: AbortSignal.timeout(TIMEOUT) }),
      },
    });
  }

  /** Runs a request and reports its failure in plain words. */
  private async ask<Answer>(what: string, question: () => Promise<Answer>): Promise<Answer> {
    try {
      return await question();
    } catch (error) {
      throw forgeError(what, error, this.settings.token);
    }
  }

  ownAccount(): Promise<(ForgeAccount & { email: string }) | undefined> {
    return this.ask('Asking whose token this is', async () => {
      try {
        const { id, login } = (await this.rest.users.getAuthenticated()).data;
        const { hostname } = new URL(this.name);
        return { id, login, email: `${id}+${login}@users.noreply.${hostname}` };
      } catch (error) {
        if (statusOf(error) === 403) return undefined;
        throw error;
      }
    });
  }

  treeOf(commit: string): Promise<string | undefined> {
    return this.ask('Reading the commit', async () => {
      try {
        const asked = { ...this.here, commit_sha: commit };
        return (await this.rest.git.getCommit(asked)).data.tree.sha;
      } catch (error) {
        if (statusOf(error) === 404 || statusOf(error) === 422) return undefined;
        throw error;
      }
    });
  }

  entries(tree: string): Promise<TreeEntry[]> {
    return this.ask('Reading a folder', async () => {
      const { data } = await this.rest.git.getTree({ ...this.here, tree_sha: tree });
      if (data.truncated) {
        throw new ArchiveError('forge-failed', 'A folder of the archive has too many files.');
      }
      return data.tree.map(({ mode, path, sha, type }) => ({
        mode,
        name: path,
        id: sha,
        type: type === 'tree' || type === 'commit' ? type : 'blob',
      }));
    });
  }

  mainBranch(): Promise<{ name: string; commit: string }> {
    return this.ask(`Reading ${this.name}`, async () => {
      const { data } = await this.rest.repos.get(this.here);
      const name = data.default_branch;
      const ref = await this.rest.git.getRef({ ...this.here, ref: `heads/${name}` });
      return { name, commit: ref.data.object.sha };
    });
  }

  /** Where the user may write: the repository itself, or a fork, which is created if there is none. */
  private async writablePlace(): Promise<Place> {
    const { data } = await this.rest.repos.get(this.here);
    if (data.permissions?.push === true) return this.here;
    const fork = (await this.rest.repos.createFork(this.here)).data;
    const place = { owner: fork.owner.login, repo: fork.name };
    for (let tries = 1; ; tries += 1) {
      try {
        await this.rest.git.getRef({ ...place, ref: `heads/${fork.default_branch}` });
        return place;
      } catch (error) {
        // GitHub answers 409 for a repository that is still empty.
        if (tries >= FORK_TRIES || ![404, 409].includes(statusOf(error) ?? 0)) throw error;
        await new Promise((resolve) => setTimeout(resolve, this.settings.pause ?? 1000));
      }
    }
  }

  /** The commit to build on, which must be in the history of the main branch. */
  private async baseCommit(asked: string | undefined): Promise<{ base: string; branch: string }> {
    const main = await this.mainBranch();
    if (asked === undefined || asked === main.commit)
      return { base: main.commit, branch: main.name };
    const basehead = `${asked}...${main.commit}`;
    const { data } = await this.rest.repos.compareCommitsWithBasehead({
      ...this.here,
      basehead,
      per_page: 1,
    });
    if (data.status === 'ahead' || data.status === 'identical')
      return { base: asked, branch: main.name };
    throw new ArchiveError('forge-failed', 'What was edited is no state of this archive.', {
      hint: 'Open the form again, or take the newest state of the archive, and repeat the change.',
    });
  }

  private async treeOfCommit(place: Place, commit: string, branch: string): Promise<string> {
    const read = async (): Promise<string> =>
      (await this.rest.git.getCommit({ ...place, commit_sha: commit })).data.tree.sha;
    try {
      return await read();
    } catch (error) {
      if (statusOf(error) !== 404 && statusOf(error) !== 422) throw error;
      // An older fork does not have it yet.
      await this.rest.repos.mergeUpstream({ ...place, branch });
      return read();
    }
  }

  private async treeEntry(place: Place, { path, text }: ProposedChange['files'][number]) {
    const file = { path, mode: '100644', type: 'blob' } as const;
    if (text === null) return { ...file, sha: null };
    if (text.length <= MAX_INLINE_TEXT) return { ...file, content: text };
    const content = Buffer.from(text, 'utf8').toString('base64');
    const blob = await this.rest.git.createBlob({ ...place, content, encoding: 'base64' });
    return { ...file, sha: blob.data.sha };
  }

  propose(change: ProposedChange): Promise<ForgeBranch> {
    return this.ask('Submitting the files', async () => {
      const { base, branch } = await this.baseCommit(change.base);
      const place = await this.writablePlace();
      const baseTree = await this.treeOfCommit(place, base, branch);
      const entries = [];
      for (const file of change.files) entries.push(await this.treeEntry(place, file));
      const tree = await this.rest.git.createTree({ ...place, base_tree: baseTree, tree: entries });
      if (tree.data.sha === baseTree) {
        throw new ArchiveError('usage', 'There is nothing to submit: the archive has these files.');
      }
      requireId('tree', tree.data.sha, change.commit?.tree);
      const commit = await this.rest.git.createCommit({
        ...place,
        message: change.message,
        tree: tree.data.sha,
        parents: [base],
        ...authorship(change),
      });
      requireId('commit', commit.data.sha, change.commit?.id);
      await this.setBranch(place, change.branch, commit.data.sha);
      return { owner: place.owner, branch: change.branch };
    });
  }

  private async setBranch(place: Place, branch: string, sha: string): Promise<void> {
    try {
      await this.rest.git.createRef({ ...place, ref: `refs/heads/${branch}`, sha });
    } catch (error) {
      if (statusOf(error) !== 422) throw error;
      await this.rest.git.updateRef({ ...place, ref: `heads/${branch}`, sha, force: true });
    }
  }

  openPull(
    head: ForgeBranch,
    words: { title: string; body: string },
  ): Promise<{ number: number; url: string; isNew: boolean } | undefined> {
    return this.ask('Opening the pull request', async () => {
      const name = `${head.owner}:${head.branch}`;
      const open = await this.rest.pulls.list({ ...this.here, state: 'open', head: name });
      const [there] = open.data;
      if (there !== undefined) return { number: there.number, url: there.html_url, isNew: false };
      const base = (await this.rest.repos.get(this.here)).data.default_branch;
      try {
        const { data } = await this.rest.pulls.create({ ...this.here, ...words, head: name, base });
        return { number: data.number, url: data.html_url, isNew: true };
      } catch (error) {
        // A fine-grained token reaches only what its owner owns: the user finishes on the forge's page.
        if (statusOf(error) === 403 || statusOf(error) === 404) return undefined;
        throw error;
      }
    });
  }

  openPulls(): Promise<PullRequest[]> {
    return this.ask('Listing the pull requests', async () => {
      const { name } = await this.mainBranch();
      const asked = { ...this.here, state: 'open', base: name, per_page: 100 } as const;
      const pulls = await this.rest.paginate(this.rest.pulls.list, asked);
      return pulls.map(toPullRequest);
    });
  }

  openPullAt(number: number): Promise<PullRequest | undefined> {
    return this.ask('Reading the pull request', async () => {
      const { data } = await this.rest.pulls.get({ ...this.here, pull_number: number });
      return data.state === 'open' ? toPullRequest(data) : undefined;
    });
  }

  changedPaths(number: number): Promise<ChangedPath[]> {
    return this.ask('Asking what is changed', async () => {
      const asked = { ...this.here, pull_number: number, per_page: 100 };
      const { data } = await this.rest.pulls.listFiles(asked);
      return data.map(({ filename, status }) => ({
        path: filename,
        isRemoved: status === 'removed',
      }));
    });
  }

  remarks(number: number): Promise<Remark[]> {
    return this.ask('Reading the comments', async () => {
      const page = { ...this.here, per_page: 100 };
      const comments = await this.rest.paginate(this.rest.issues.listComments, {
        ...page,
        issue_number: number,
      });
      const reviews = await this.rest.paginate(this.rest.pulls.listReviews, {
        ...page,
        pull_number: number,
      });
      const inline = await this.rest.paginate(this.rest.pulls.listReviewComments, {
        ...page,
        pull_number: number,
      });
      const remarks = [
        ...[...comments, ...inline].map(({ user, created_at: at, body }) => ({ user, at, body })),
        ...reviews.map(({ user, submitted_at: at, body, state }) => ({
          user,
          at: at ?? '',
          // A review that requests changes counts even without a text.
          body: body === '' && state === 'CHANGES_REQUESTED' ? 'asks for changes' : body,
        })),
      ];
      return remarks
        .filter(({ body }) => (body ?? '') !== '')
        .map(({ user, at, body }) => ({
          author: user?.login ?? '',
          isBot: isBot(user),
          at,
          text: body ?? '',
        }))
        .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    });
  }

  authorsOf(commit: string): Promise<ForgeAccount[]> {
    return this.ask('Asking who submitted', async () => {
      const asked = { ...this.here, commit_sha: commit, per_page: 100 };
      const { data } = await this.rest.repos.listPullRequestsAssociatedWithCommit(asked);
      const merged = data.filter((pull) => pull.merged_at !== null && !isBot(pull.user));
      const authors = merged.flatMap(({ user }) => toAccount(user) ?? []);
      return [...new Map(authors.map((author) => [author.id, author])).values()];
    });
  }

  accountOf(login: string): Promise<ForgeAccount | undefined> {
    return this.ask('Looking for an account', async () => {
      try {
        return toAccount((await this.rest.users.getByUsername({ username: login })).data);
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    });
  }

  checksOf(commit: string): Promise<'none' | 'running' | 'green' | 'red'> {
    return this.ask('Asking for the checks', async () => {
      const asked = { ...this.here, ref: commit, per_page: 100 };
      const runs = await this.rest.paginate(this.rest.checks.listForRef, asked);
      if (runs.length === 0) return 'none';
      const good = ['success', 'neutral', 'skipped'];
      if (runs.some(({ status }) => status !== 'completed')) return 'running';
      return runs.every(({ conclusion }) => good.includes(conclusion ?? '')) ? 'green' : 'red';
    });
  }

  say(number: number, mark: string, text: string): Promise<void> {
    return this.ask('Writing the comment', async () => {
      const asked = { ...this.here, issue_number: number, per_page: 100 };
      const comments = await this.rest.paginate(this.rest.issues.listComments, asked);
      // Anybody may write the mark: only a bot's comment is replaced.
      const own = comments.find(({ body, user }) => isBot(user) && body?.startsWith(mark) === true);
      if (own === undefined) {
        await this.rest.issues.createComment({ ...this.here, issue_number: number, body: text });
      } else if (own.body !== text) {
        await this.rest.issues.updateComment({ ...this.here, comment_id: own.id, body: text });
      }
    });
  }

  label(number: number, labels: readonly string[]): Promise<void> {
    return this.ask('Setting the label', async () => {
      await this.rest.issues.addLabels({ ...this.here, issue_number: number, labels: [...labels] });
    });
  }
}

/** A repository at GitHub, with a token or, for reading public data, without. */
export function gitHubForge(settings: Settings): Forge {
  return new GitHubForge(settings);
}
