// Routes of pull requests: opening, reading, commenting, merging.

import {
  changedFileAnswer,
  checkRunAnswer,
  commentAnswer,
  labelAnswer,
  listedPullAnswer,
  pullAnswer,
  reviewAnswer,
} from './answers.ts';
import {
  asked,
  ok,
  Refusal,
  text,
  writer,
  type ApiAnswer,
  type Context,
  type Route,
} from './api-request.ts';
import type { ForgePull } from './forge-state.ts';

function pullOf({ repository, part }: Context): ForgePull {
  const pull = repository.pulls.find(({ number }) => number === Number(part('number')));
  if (pull === undefined) throw new Refusal(404, 'Not Found');
  return pull;
}

/** The same, updated, where its commits matter. */
function currentPull(context: Context): ForgePull {
  context.state.refreshAll();
  return pullOf(context);
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

const STATUSES: Record<string, string> = { A: 'added', D: 'removed' };

function changedFiles(context: Context): ApiAnswer {
  const { repository, query, setting } = context;
  const { base, head } = pullOf(context);
  const { git } = repository;
  const ancestor = git.ask(['merge-base', base.sha, head.sha]) ?? base.sha;
  const options = ['-r', '-z', '--raw', '--no-renames', '--no-abbrev'];
  const parts = git.run(['diff-tree', ...options, ancestor, head.sha]).split('\0');
  const files: unknown[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [, , before = '', after = '', mark = ''] = (parts[at] ?? '').split(' ');
    const status = STATUSES[mark] ?? 'modified';
    const file = { path: parts[at + 1] ?? '', status, sha: mark === 'D' ? before : after };
    files.push(changedFileAnswer(setting, repository, file));
  }
  return ok(files.slice(0, Number(query.get('per_page') ?? 30)));
}

/** Routes below a repository. */
export const PULL_ROUTES: readonly Route[] = [
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
  ['GET', /^pulls\/(?<number>\d+)\/files$/, changedFiles],
  [
    'GET',
    /^pulls\/(?<number>\d+)$/,
    (c) => ok(pullAnswer(c.setting, c.repository, currentPull(c))),
  ],
  ['PUT', /^pulls\/(?<number>\d+)\/merge$/, mergePull],
  ['GET', /^pulls\/(?<number>\d+)\/comments$/, (c) => ok(pullOf(c) && [])],
  [
    'GET',
    /^pulls\/(?<number>\d+)\/reviews$/,
    (c) => {
      const pull = pullOf(c);
      return ok(pull.reviews.map((one) => reviewAnswer(c.setting, c.repository, pull, one)));
    },
  ],
  [
    'POST',
    /^pulls\/(?<number>\d+)\/reviews$/,
    (c) => {
      const { login } = asked(c);
      const pull = currentPull(c);
      const event = text(c.body, 'event');
      // As at GitHub: authors cannot approve their own.
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
      return ok(reviewAnswer(c.setting, c.repository, pull, review));
    },
  ],
  [
    'GET',
    /^issues\/(?<number>\d+)\/comments$/,
    (c) => ok(pullOf(c).comments.map((comment) => commentAnswer(c.setting, c.repository, comment))),
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
      return ok(commentAnswer(c.setting, c.repository, comment), 201);
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
      return ok(commentAnswer(c.setting, c.repository, comment));
    },
  ],
  [
    'POST',
    /^issues\/(?<number>\d+)\/labels$/,
    (c) => {
      writer(c);
      const pull = pullOf(c);
      pull.labels = [...new Set([...pull.labels, ...(c.body['labels'] as string[])])];
      return ok(pull.labels.map((name) => labelAnswer(c.setting, c.repository, name)));
    },
  ],
  [
    'GET',
    /^commits\/(?<sha>[0-9a-f]{40})\/pulls$/,
    (c) => {
      c.state.refreshAll();
      const sha = c.part('sha');
      const pulls = c.repository.pulls.filter(
        ({ state, head, merged }) =>
          merged?.commit === sha || (state === 'open' && head.sha === sha),
      );
      return ok(pulls.map((pull) => listedPullAnswer(c.setting, c.repository, pull)));
    },
  ],
  [
    'GET',
    /^commits\/(?<sha>[0-9a-f]{40})\/check-runs$/,
    (c) => {
      const runs = c.repository.checkRuns.filter(({ commit }) => commit === c.part('sha'));
      return ok({
        total_count: runs.length,
        check_runs: runs.map((run) => checkRunAnswer(c.setting, c.repository, run)),
      });
    },
  ],
];
