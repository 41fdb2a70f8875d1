// The responses of the double: GitHub's own examples, so that no member is missing that GitHub gives,
// overlaid with what the double knows.

import { exampleText } from './github-description.ts';
import type {
  ForgePull,
  ForgeRemark,
  ForgeRepository,
  ForgeReview,
  ForgeUser,
} from './forge-state.ts';

/** A response, or a part of one. */
export type Answer = Record<string, unknown>;

/** Where the forge is, and who is known there. */
export interface AnswerSetting {
  /** Address of its pages, without a slash at the end. */
  web: string;
  users: ReadonlyMap<string, ForgeUser>;
  /** Numbers of accounts that tests have set. */
  accounts: ReadonlyMap<string, number>;
  /** By `owner/name`. */
  repositories: ReadonlyMap<string, ForgeRepository>;
}

/** The target of the example. */
interface Place {
  owner: string;
  name?: string;
}

const examples = new Map<string, Answer>();

/**
 * An example with the addresses of this forge, and the intended owner and repository; `number` replaces that
 * of the pull request in addresses. It is shared: responses are made by overlaying it.
 */
function example(
  { web }: AnswerSetting,
  which: string,
  { owner, name = '' }: Place,
  number?: number,
): Answer {
  const key = JSON.stringify([web, which, owner, name, number]);
  const there = examples.get(key);
  if (there !== undefined) return there;
  const text = exampleText(which)
    .replaceAll('https://api.github.com', `${web}/api/v3`)
    .replaceAll('https://github.com', web)
    .replaceAll('Hello-World', name)
    .replaceAll('octocat', owner)
    .replaceAll(/(pulls?|issues)\/\d+/g, number === undefined ? '$&' : `$1/${number}`);
  const value = JSON.parse(text) as Answer | Answer[];
  const made = (Array.isArray(value) ? value[0] : value) ?? {};
  examples.set(key, made);
  return made;
}

function placeOf({ owner, name }: ForgeRepository): Place {
  return { owner, name };
}

function pageOf({ web }: AnswerSetting, { owner, name }: ForgeRepository): string {
  return `${web}/${owner}/${name}`;
}

/** The address of a repository in the API. */
function apiOf({ web }: AnswerSetting, { owner, name }: ForgeRepository): string {
  return `${web}/api/v3/repos/${owner}/${name}`;
}

/** A number that is always the same for a name. */
function idOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
}

/** A user as part of other responses. */
export function userAnswer(setting: AnswerSetting, login: string): Answer {
  const isBot = [...setting.users.values()].some(
    (user) => user.login === login && user.kind === 'bot',
  );
  const html_url = `${setting.web}/${isBot ? `apps/${login.replace('[bot]', '')}` : login}`;
  const id = setting.accounts.get(login) ?? idOf(login);
  const facts = { login, id, type: isBot ? 'Bot' : 'User', html_url };
  // A bot's name has brackets, which an address cannot have.
  const owner = encodeURIComponent(login);
  return { ...example(setting, 'simple-user', { owner }), ...facts };
}

/** The user who owns the token. */
export function ownUserAnswer(setting: AnswerSetting, login: string): Answer {
  const which = 'private-user-response-with-public-profile-information';
  const owner = encodeURIComponent(login);
  return { ...example(setting, which, { owner }), ...userAnswer(setting, login), name: login };
}

function repositoryFacts(setting: AnswerSetting, repository: ForgeRepository): Answer {
  return {
    id: idOf(`${repository.owner}/${repository.name}`),
    owner: userAnswer(setting, repository.owner),
    fork: repository.parent !== undefined,
    default_branch: 'main',
    language: null,
  };
}

/** A repository. */
export function repositoryAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  mayWrite: boolean,
): Answer {
  const whole = example(setting, 'full-repository-default-response', placeOf(repository));
  const others = ['template_repository', 'parent', 'source'];
  return {
    ...Object.fromEntries(Object.entries(whole).filter(([key]) => !others.includes(key))),
    ...repositoryFacts(setting, repository),
    permissions: { admin: false, maintain: false, push: mayWrite, triage: mayWrite, pull: true },
  };
}

/** One end of a pull request. */
function endAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  { branch, sha }: { branch: string; sha: string },
): Answer {
  const pull = example(setting, 'pull-request', placeOf(repository));
  return {
    label: `${repository.owner}:${branch}`,
    ref: branch,
    sha,
    user: userAnswer(setting, repository.owner),
    repo: { ...(pull['head'] as { repo: Answer }).repo, ...repositoryFacts(setting, repository) },
  };
}

/** A label. */
export function labelAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  name: string,
): Answer {
  const url = `${apiOf(setting, repository)}/labels`;
  const facts = { id: idOf(name), name, url: `${url}/${encodeURIComponent(name)}`, default: false };
  return { ...example(setting, 'label-items', placeOf(repository)), ...facts };
}

function pullFacts(setting: AnswerSetting, repository: ForgeRepository, pull: ForgePull): Answer {
  const from = `${pull.head.owner}/${pull.head.repository}`;
  const fork = setting.repositories.get(from) ?? repository;
  return {
    id: pull.number,
    number: pull.number,
    state: pull.state,
    locked: false,
    active_lock_reason: null,
    title: pull.title,
    body: pull.body,
    draft: pull.draft,
    user: userAnswer(setting, pull.author),
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.merged?.at ?? null,
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged?.commit ?? null,
    head: endAnswer(setting, fork, pull.head),
    base: endAnswer(setting, repository, pull.base),
    labels: pull.labels.map((name) => labelAnswer(setting, repository, name)),
    author_association: repository.writers.has(pull.author) ? 'COLLABORATOR' : 'NONE',
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    milestone: null,
  };
}

/** A pull request in a list, which does not say whether it can be merged. */
export function listedPullAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  pull: ForgePull,
): Answer {
  const whole = example(setting, 'pull-request-simple-items', placeOf(repository), pull.number);
  return { ...whole, ...pullFacts(setting, repository, pull) };
}

/** A pull request by itself. */
export function pullAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  pull: ForgePull,
): Answer {
  const mergeable =
    pull.state === 'open'
      ? repository.git.mergedTree(pull.base.sha, pull.head.sha) !== undefined
      : null;
  const by = pull.merged?.by;
  return {
    ...example(setting, 'pull-request', placeOf(repository), pull.number),
    ...pullFacts(setting, repository, pull),
    merged: pull.merged !== undefined,
    merged_by: by === undefined ? null : userAnswer(setting, by),
    mergeable,
    rebaseable: mergeable,
    mergeable_state: mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty',
    comments: pull.comments.length,
    review_comments: 0,
  };
}

/** A comment. */
export function commentAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  { id, user, body, at }: ForgeRemark,
): Answer {
  const whole = example(setting, 'issue-comment', placeOf(repository));
  const facts = { id, body, created_at: at, updated_at: at };
  return { ...whole, ...facts, user: userAnswer(setting, user) };
}

/** A review. */
export function reviewAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  pull: ForgePull,
  { id, user, body, at, state, commit }: ForgeReview,
): Answer {
  const whole = example(setting, 'pull-request-review', placeOf(repository), pull.number);
  const facts = { id, body, state, submitted_at: at, commit_id: commit };
  return { ...whole, ...facts, user: userAnswer(setting, user) };
}

/** A file that a pull request changes. */
export function changedFileAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  { path, status, sha }: { path: string; status: string; sha: string },
): Answer {
  const api = apiOf(setting, repository);
  return {
    sha,
    filename: path,
    status,
    additions: 1,
    deletions: 0,
    changes: 1,
    blob_url: `${api}/blob/${sha}`,
    raw_url: `${api}/raw/${sha}`,
    contents_url: `${api}/contents/${sha}`,
  };
}

/** A branch. */
export function refAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  ref: string,
  sha: string,
): Answer {
  const api = `${apiOf(setting, repository)}/git`;
  return {
    ...example(setting, 'git-ref', placeOf(repository)),
    ref,
    url: `${api}/${ref}`,
    object: { sha, type: 'commit', url: `${api}/commits/${sha}` },
  };
}

/** A commit. */
export function commitAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  sha: string,
): Answer {
  const shown = repository.git.run(['show', '-s', '--format=%T%n%P%n%an%n%ae%n%aI%n%B', sha]);
  const [tree = '', parents = '', name, email, date, ...message] = shown.split('\n');
  const api = `${apiOf(setting, repository)}/git`;
  const page = pageOf(setting, repository);
  return {
    ...example(setting, 'git-commit-2', placeOf(repository)),
    sha,
    url: `${api}/commits/${sha}`,
    html_url: `${page}/commit/${sha}`,
    author: { name, email, date },
    committer: { name, email, date },
    message: message.join('\n').trimEnd(),
    tree: { sha: tree, url: `${api}/trees/${tree}` },
    parents: parents.split(' ').flatMap((parent) => {
      const [url, html_url] = [`${api}/commits/${parent}`, `${page}/commit/${parent}`];
      return parent === '' ? [] : [{ sha: parent, url, html_url }];
    }),
  };
}

/** A created blob. */
export function blobAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  sha: string,
): Answer {
  const api = `${apiOf(setting, repository)}/git`;
  return { sha, url: `${api}/blobs/${sha}` };
}

/** A tree: its first level. */
export function treeAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  sha: string,
): Answer {
  const api = `${apiOf(setting, repository)}/git`;
  const lines = repository.git.run(['ls-tree', '-z', '--long', sha]).split('\0').filter(Boolean);
  const tree = lines.map((line) => {
    const [head = '', path = ''] = line.split('\t');
    const [mode, type, id, size] = head.split(/ +/);
    const bytes = size === '-' ? {} : { size: Number(size) };
    return { path, mode, type, sha: id, ...bytes, url: `${api}/${type}s/${id}` };
  });
  return { sha, url: `${api}/trees/${sha}`, tree, truncated: false };
}

/** How two commits relate; which files differ is not included. */
export function comparisonAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  [base, head]: readonly [string, string],
): Answer {
  const { git } = repository;
  const status =
    base === head
      ? 'identical'
      : git.isAncestor(base, head)
        ? 'ahead'
        : git.isAncestor(head, base)
          ? 'behind'
          : 'diverged';
  const whole = example(setting, 'commit-comparison', placeOf(repository));
  return { ...whole, status, commits: [], files: [] };
}

/** A check that ran. */
export function checkRunAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  run: ForgeRepository['checkRuns'][number],
): Answer {
  const pages = example(setting, 'check-run-paginated', placeOf(repository));
  const [whole = {}] = pages['check_runs'] as Answer[];
  const { id, name, commit: head_sha, status, conclusion } = run;
  return { ...whole, id, name, head_sha, status, conclusion, pull_requests: [] };
}
