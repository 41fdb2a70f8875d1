// The part of GitHub's REST API that is used here. Each route does what GitHub does, and refuses
// what it refuses, with the same status.

import { GitRefusal } from './bare-repository.ts';
import {
  checkRunAnswer,
  commentAnswer,
  commitAnswer,
  fileAnswers,
  listedPullAnswer,
  pullAnswer,
  refAnswer,
  repositoryAnswer,
  reviewAnswer,
  userAnswer,
  type AnswerSetting,
} from './answers.ts';
import type { ForgePull, ForgeRepository, ForgeState, ForgeUser } from './forge-state.ts';

/** A request, read. */
export interface ApiRequest {
  method: string;
  /** Below the API, without the leading slash. */
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  user: ForgeUser | undefined;
}

/** An answer to be sent. */
export interface ApiAnswer {
  status: number;
  body: unknown;
}

interface Context extends ApiRequest {
  state: ForgeState;
  setting: AnswerSetting;
  repository: ForgeRepository;
  /** What the pattern of the route caught. */
  part: (name: string) => string;
}

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function text(body: Record<string, unknown>, key: string): string {
  const value = body[key];
  if (typeof value !== 'string') throw new Refusal(422, `"${key}" wasn't supplied.`);
  return value;
}

function asked({ user }: Context): ForgeUser {
  if (user === undefined) throw new Refusal(401, 'Requires authentication');
  return user;
}

function writer(context: Context): ForgeUser {
  const user = asked(context);
  if (!context.state.mayWrite(user, context.repository)) {
    throw new Refusal(403, 'Resource not accessible by personal access token');
  }
  return user;
}

function pullOf({ repository, part }: Context): ForgePull {
  const pull = repository.pulls.find(({ number }) => number === Number(part('number')));
  if (pull === undefined) throw new Refusal(404, 'Not Found');
  return pull;
}

/** The same brought up to date, where its commits matter. */
function currentPull(context: Context): ForgePull {
  context.state.refreshAll();
  return pullOf(context);
}

function commitOf({ repository }: Context, sha: string): string {
  const found = /^[0-9a-f]{40}$/.test(sha) ? repository.git.commit(sha) : undefined;
  if (found === undefined) throw new Refusal(404, 'Not Found');
  return found;
}

function openPull(context: Context): ApiAnswer {
  const { state, repository, body, setting } = context;
  const user = asked(context);
  if (user.kind === 'fine-grained' && user.login !== repository.owner) {
    throw new Refusal(403, 'Resource not accessible by personal access token');
  }
  const [owner = '', branch = ''] = text(body, 'head').split(':');
  const from = state.repositories.get(`${owner}/${repository.name}`);
  const base = text(body, 'base');
  const sha = from?.git.commit(`refs/heads/${branch}`);
  const baseSha = repository.git.commit(`refs/heads/${base}`);
  if (sha === undefined || baseSha === undefined) throw new Refusal(422, 'Validation Failed');
  const isOpen = repository.pulls.some(
    ({ state: now, head }) => now === 'open' && head.owner === owner && head.branch === branch,
  );
  if (isOpen || sha === baseSha) throw new Refusal(422, 'Validation Failed');
  const pull: ForgePull = {
    number: repository.pulls.length + 1,
    title: text(body, 'title'),
    body: typeof body['body'] === 'string' ? body['body'] : '',
    author: user.login,
    draft: body['draft'] === true,
    head: { owner, repository: repository.name, branch, sha: '' },
    base: { branch: base, sha: baseSha },
    state: 'open',
    createdAt: state.time(),
    updatedAt: state.time(),
    comments: [],
    reviews: [],
    labels: [],
  };
  repository.pulls.push(pull);
  state.refreshAll();
  return { status: 201, body: pullAnswer(setting, repository, pull) };
}

function mergePull(context: Context): ApiAnswer {
  const { state, repository, body } = context;
  const user = writer(context);
  const pull = currentPull(context);
  const { git } = repository;
  if (pull.state !== 'open' || pull.draft) throw new Refusal(405, 'Pull Request is not mergeable');
  if (typeof body['sha'] === 'string' && body['sha'] !== pull.head.sha) {
    throw new Refusal(409, 'Head branch was modified. Review and try the merge again.');
  }
  const tree = git.mergedTree(pull.base.sha, pull.head.sha);
  if (tree === undefined) throw new Refusal(405, 'Pull Request is not mergeable');
  const title =
    typeof body['commit_title'] === 'string'
      ? body['commit_title']
      : `Merge pull request #${pull.number} from ${pull.head.owner}/${pull.head.branch}`;
  const parents = [pull.base.sha, pull.head.sha];
  const commit = git.writeCommit(
    tree,
    parents,
    `${title}\n\n${pull.title}\n`,
    user.login,
    state.now(),
  );
  git.setRef(`refs/heads/${pull.base.branch}`, commit, pull.base.sha);
  pull.state = 'closed';
  pull.merged = { by: user.login, at: state.time(), commit };
  pull.updatedAt = state.time();
  return {
    status: 200,
    body: { sha: commit, merged: true, message: 'Pull Request successfully merged' },
  };
}

function createTree(context: Context): ApiAnswer {
  const { repository, body } = context;
  writer(context);
  const entries = (Array.isArray(body['tree']) ? body['tree'] : []) as Record<string, unknown>[];
  const tree = repository.git.writeTree(
    typeof body['base_tree'] === 'string' ? body['base_tree'] : undefined,
    entries.map((entry) => ({
      path: text(entry, 'path'),
      mode: text(entry, 'mode'),
      sha:
        typeof entry['content'] === 'string'
          ? repository.git.writeBlob(Buffer.from(entry['content']))
          : entry['sha'] === null
            ? null
            : text(entry, 'sha'),
    })),
  );
  return { status: 201, body: { sha: tree } };
}

function setBranch(context: Context, ref: string, isNew: boolean): ApiAnswer {
  const { repository, body } = context;
  writer(context);
  const { git } = repository;
  const before = git.commit(ref);
  if (isNew && before !== undefined) throw new Refusal(422, 'Reference already exists');
  if (!isNew && before === undefined) throw new Refusal(422, 'Reference does not exist');
  const sha = git.commit(text(body, 'sha'));
  if (sha === undefined) throw new Refusal(422, 'Object does not exist');
  if (before !== undefined && body['force'] !== true && !git.isAncestor(before, sha)) {
    throw new Refusal(422, 'Update is not a fast forward');
  }
  git.setRef(ref, sha);
  return { status: isNew ? 201 : 200, body: refAnswer(ref, sha) };
}

function compare(context: Context): ApiAnswer {
  const { repository, part } = context;
  const [base = '', head = ''] = part('range')
    .split('...')
    .map((sha) => commitOf(context, sha));
  const { git } = repository;
  const status =
    base === head
      ? 'identical'
      : git.isAncestor(base, head)
        ? 'ahead'
        : git.isAncestor(head, base)
          ? 'behind'
          : 'diverged';
  return { status: 200, body: { status, files: [] } };
}

type Route = [method: string, pattern: RegExp, answer: (context: Context) => ApiAnswer];

function ok(body: unknown, status = 200): ApiAnswer {
  return { status, body };
}

/** Routes below a repository, by method and the rest of the path. */
const ROUTES: readonly Route[] = [
  [
    'GET',
    /^$/,
    (c) => ok(repositoryAnswer(c.setting, c.repository, c.state.mayWrite(c.user, c.repository))),
  ],
  [
    'POST',
    /^forks$/,
    (c) => ok(repositoryAnswer(c.setting, c.state.fork(c.repository, asked(c)), true), 202),
  ],
  [
    'POST',
    /^merge-upstream$/,
    (c) => {
      writer(c);
      const { parent, git } = c.repository;
      const sha = parent?.git.commit('refs/heads/main');
      if (sha === undefined) throw new Refusal(422, 'Not a fork');
      git.setRef('refs/heads/main', sha);
      return ok({ message: 'Successfully fetched', merge_type: 'fast-forward' });
    },
  ],
  [
    'GET',
    /^git\/ref\/(?<ref>heads\/.+)$/,
    (c) => {
      const ref = `refs/${c.part('ref')}`;
      const sha = c.repository.git.commit(ref);
      if (sha === undefined) throw new Refusal(404, 'Not Found');
      return ok(refAnswer(ref, sha));
    },
  ],
  ['POST', /^git\/refs$/, (c) => setBranch(c, text(c.body, 'ref'), true)],
  ['PATCH', /^git\/refs\/(?<ref>heads\/.+)$/, (c) => setBranch(c, `refs/${c.part('ref')}`, false)],
  [
    'GET',
    /^git\/commits\/(?<sha>\w+)$/,
    (c) => ok(commitAnswer(c.repository.git, commitOf(c, c.part('sha')))),
  ],
  [
    'POST',
    /^git\/commits$/,
    (c) => {
      const { login } = writer(c);
      const parents = (c.body['parents'] as string[]).map((sha) => commitOf(c, sha));
      const { git } = c.repository;
      const message = text(c.body, 'message');
      const sha = git.writeCommit(text(c.body, 'tree'), parents, message, login, c.state.now());
      return ok(commitAnswer(git, sha), 201);
    },
  ],
  [
    'POST',
    /^git\/blobs$/,
    (c) => {
      writer(c);
      const encoding = c.body['encoding'] === 'base64' ? 'base64' : 'utf8';
      return ok(
        { sha: c.repository.git.writeBlob(Buffer.from(text(c.body, 'content'), encoding)) },
        201,
      );
    },
  ],
  ['POST', /^git\/trees$/, createTree],
  ['GET', /^compare\/(?<range>[0-9a-f]{40}\.\.\.[0-9a-f]{40})$/, compare],
  [
    'GET',
    /^pulls$/,
    (c) => {
      const [state, head, base] = ['state', 'head', 'base'].map((key) => c.query.get(key));
      c.state.refreshAll();
      const pulls = c.repository.pulls
        .filter((pull) => state === 'all' || pull.state === (state ?? 'open'))
        .filter((pull) => !head || `${pull.head.owner}:${pull.head.branch}` === head)
        .filter((pull) => !base || pull.base.branch === base);
      return ok(pulls.map((pull) => listedPullAnswer(c.setting, c.repository, pull)));
    },
  ],
  ['POST', /^pulls$/, openPull],
  [
    'GET',
    /^pulls\/(?<number>\d+)$/,
    (c) => ok(pullAnswer(c.setting, c.repository, currentPull(c))),
  ],
  ['GET', /^pulls\/(?<number>\d+)\/files$/, (c) => ok(fileAnswers(c.repository, currentPull(c)))],
  ['PUT', /^pulls\/(?<number>\d+)\/merge$/, mergePull],
  ['GET', /^pulls\/(?<number>\d+)\/comments$/, (c) => ok(pullOf(c) && [])],
  [
    'GET',
    /^pulls\/(?<number>\d+)\/reviews$/,
    (c) => ok(pullOf(c).reviews.map((review) => reviewAnswer(c.setting, review))),
  ],
  [
    'POST',
    /^pulls\/(?<number>\d+)\/reviews$/,
    (c) => {
      const { login } = asked(c);
      const pull = currentPull(c);
      const event = text(c.body, 'event');
      // As at GitHub: nobody approves what is their own.
      if (pull.author === login && event !== 'COMMENT')
        throw new Refusal(422, 'Unprocessable Entity');
      const state =
        event === 'APPROVE' ? 'APPROVED' : event === 'COMMENT' ? 'COMMENTED' : 'CHANGES_REQUESTED';
      const body = typeof c.body['body'] === 'string' ? c.body['body'] : '';
      const at = c.state.time();
      const review = {
        id: c.state.nextId(),
        user: login,
        body,
        at,
        state,
        commit: pull.head.sha,
      } as const;
      pull.reviews.push(review);
      pull.updatedAt = at;
      return ok(reviewAnswer(c.setting, review));
    },
  ],
  [
    'GET',
    /^issues\/(?<number>\d+)\/comments$/,
    (c) => ok(pullOf(c).comments.map((comment) => commentAnswer(c.setting, comment))),
  ],
  [
    'POST',
    /^issues\/(?<number>\d+)\/comments$/,
    (c) => {
      const pull = pullOf(c);
      const at = c.state.time();
      const comment = {
        id: c.state.nextId(),
        user: asked(c).login,
        body: text(c.body, 'body'),
        at,
      };
      pull.comments.push(comment);
      pull.updatedAt = at;
      return ok(commentAnswer(c.setting, comment), 201);
    },
  ],
  [
    'PATCH',
    /^issues\/comments\/(?<id>\d+)$/,
    (c) => {
      const { login } = asked(c);
      const comment = c.repository.pulls
        .flatMap(({ comments }) => comments)
        .find(({ id }) => id === Number(c.part('id')));
      if (comment === undefined) throw new Refusal(404, 'Not Found');
      if (comment.user !== login && !c.state.mayWrite(c.user, c.repository))
        throw new Refusal(403, 'Forbidden');
      comment.body = text(c.body, 'body');
      return ok(commentAnswer(c.setting, comment));
    },
  ],
  [
    'POST',
    /^issues\/(?<number>\d+)\/labels$/,
    (c) => {
      writer(c);
      const pull = pullOf(c);
      pull.labels = [...new Set([...pull.labels, ...(c.body['labels'] as string[])])];
      return ok(pull.labels.map((name) => ({ name })));
    },
  ],
  [
    'GET',
    /^commits\/(?<sha>[0-9a-f]{40})\/pulls$/,
    (c) => {
      const pulls = c.repository.pulls.filter(({ merged }) => merged?.commit === c.part('sha'));
      return ok(pulls.map((pull) => listedPullAnswer(c.setting, c.repository, pull)));
    },
  ],
  [
    'GET',
    /^commits\/(?<sha>[0-9a-f]{40})\/check-runs$/,
    (c) => {
      const runs = c.repository.checkRuns.filter(({ commit }) => commit === c.part('sha'));
      return ok({ total_count: runs.length, check_runs: runs.map(checkRunAnswer) });
    },
  ],
];

/** Answers a request to the API. */
export function answerApi(
  state: ForgeState,
  setting: AnswerSetting,
  request: ApiRequest,
): ApiAnswer {
  try {
    if (request.path === 'user') {
      if (request.user === undefined) throw new Refusal(401, 'Requires authentication');
      return ok(userAnswer(setting, request.user.login));
    }
    const [, owner, name, rest = ''] =
      /^repos\/([^/]+)\/([^/]+)(?:\/(.*))?$/.exec(request.path) ?? [];
    const repository = state.repositories.get(`${owner}/${name}`);
    if (repository === undefined) throw new Refusal(404, 'Not Found');
    for (const [method, pattern, answer] of ROUTES) {
      const found = method === request.method ? pattern.exec(rest) : null;
      if (found === null) continue;
      const part = (key: string): string => found.groups?.[key] ?? '';
      return answer({ ...request, state, setting, repository, part });
    }
    throw new Refusal(404, 'Not Found');
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: { message: error.message } };
    if (error instanceof GitRefusal) return { status: 422, body: { message: error.message } };
    throw error;
  }
}
