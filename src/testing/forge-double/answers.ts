// What the double answers, each part held by the compiler against GitHub's own description of its
// API: a field that the double gives has GitHub's name, place and type. It gives those that are used.

import type { components } from '@octokit/openapi-types';
import type { BareRepository } from './bare-repository.ts';
import type {
  ForgePull,
  ForgeRemark,
  ForgeRepository,
  ForgeReview,
  ForgeUser,
} from './forge-state.ts';

type Schemas = components['schemas'];

/** Some of the fields of an answer, at any depth. */
export type PartOf<Answer> = Answer extends readonly (infer Item)[]
  ? readonly PartOf<Item>[]
  : Answer extends object
    ? { [Key in keyof Answer]?: PartOf<Answer[Key]> | undefined }
    : Answer;

/** Where the forge is, and who is known there. */
export interface AnswerSetting {
  /** Address of its pages, without a slash at the end. */
  web: string;
  users: ReadonlyMap<string, ForgeUser>;
}

/** A user as part of other answers. */
export function userAnswer(
  { web, users }: AnswerSetting,
  login: string,
): PartOf<Schemas['simple-user']> {
  const isBot = [...users.values()].some((user) => user.login === login && user.kind === 'bot');
  const type = isBot ? 'Bot' : 'User';
  return { login, id: login.length, type, html_url: `${web}/${login}`, site_admin: false };
}

/** A repository. */
export function repositoryAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  mayWrite: boolean,
): PartOf<Schemas['full-repository']> {
  const name = `${repository.owner}/${repository.name}`;
  return {
    name: repository.name,
    full_name: name,
    private: false,
    fork: repository.parent !== undefined,
    owner: userAnswer(setting, repository.owner),
    html_url: `${setting.web}/${name}`,
    clone_url: `${setting.web}/${name}.git`,
    default_branch: 'main',
    permissions: { admin: false, maintain: false, push: mayWrite, triage: mayWrite, pull: true },
  };
}

/** A pull request in a list, which does not say whether it can be merged. */
export function listedPullAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  pull: ForgePull,
): PartOf<Schemas['pull-request-simple']> {
  const place = `${setting.web}/${repository.owner}/${repository.name}`;
  return {
    number: pull.number,
    state: pull.state,
    title: pull.title,
    body: pull.body,
    draft: pull.draft,
    user: userAnswer(setting, pull.author),
    html_url: `${place}/pull/${pull.number}`,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    head: {
      label: `${pull.head.owner}:${pull.head.branch}`,
      ref: pull.head.branch,
      sha: pull.head.sha,
      user: userAnswer(setting, pull.head.owner),
    },
    base: {
      label: `${repository.owner}:${pull.base.branch}`,
      ref: pull.base.branch,
      sha: pull.base.sha,
      user: userAnswer(setting, repository.owner),
    },
    labels: pull.labels.map((name) => ({ name })),
    author_association: repository.writers.has(pull.author) ? 'COLLABORATOR' : 'NONE',
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged?.commit ?? null,
  };
}

/** A pull request by itself. */
export function pullAnswer(
  setting: AnswerSetting,
  repository: ForgeRepository,
  pull: ForgePull,
): PartOf<Schemas['pull-request']> {
  const mergeable =
    pull.state === 'open'
      ? repository.git.mergedTree(pull.base.sha, pull.head.sha) !== undefined
      : null;
  return {
    ...(listedPullAnswer(setting, repository, pull) as PartOf<Schemas['pull-request']>),
    merged: pull.merged !== undefined,
    mergeable,
    mergeable_state: mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty',
    comments: pull.comments.length,
  };
}

/** A comment. */
export function commentAnswer(
  setting: AnswerSetting,
  { id, user, body, at }: ForgeRemark,
): PartOf<Schemas['issue-comment']> {
  return { id, body, user: userAnswer(setting, user), created_at: at, updated_at: at };
}

/** A review. */
export function reviewAnswer(
  setting: AnswerSetting,
  { id, user, body, at, state, commit }: ForgeReview,
): PartOf<Schemas['pull-request-review']> {
  return { id, body, state, user: userAnswer(setting, user), submitted_at: at, commit_id: commit };
}

/** A branch. */
export function refAnswer(ref: string, sha: string): PartOf<Schemas['git-ref']> {
  return { ref, object: { sha, type: 'commit' } };
}

/** A commit. */
export function commitAnswer(git: BareRepository, sha: string): PartOf<Schemas['git-commit']> {
  const [tree = '', parents = ''] = git.run(['show', '-s', '--format=%T%n%P', sha]).split('\n');
  return {
    sha,
    tree: { sha: tree },
    parents: parents.split(' ').flatMap((parent) => (parent === '' ? [] : [{ sha: parent }])),
  };
}

/** A check that ran. */
export function checkRunAnswer(
  run: ForgeRepository['checkRuns'][number],
): PartOf<Schemas['check-run']> {
  return {
    id: run.id,
    name: run.name,
    head_sha: run.commit,
    status: run.status as Schemas['check-run']['status'],
    conclusion: run.conclusion as Schemas['check-run']['conclusion'],
  };
}

/** Files of a pull request. */
export function fileAnswers(
  repository: ForgeRepository,
  pull: ForgePull,
): PartOf<Schemas['diff-entry']>[] {
  return repository.git
    .changedFiles(pull.base.sha, pull.head.sha)
    .map((file) => ({ ...file, status: file.status as Schemas['diff-entry']['status'] }));
}
