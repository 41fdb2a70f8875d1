// The part of GitHub's REST API that is used here. Each route does what GitHub does, and refuses
// what it refuses, with the same status.

import {
  comparisonAnswer,
  ownUserAnswer,
  repositoryAnswer,
  type AnswerSetting,
} from './answers.ts';
import {
  asked,
  commitOf,
  ok,
  Refusal,
  writer,
  type ApiAnswer,
  type ApiRequest,
  type Context,
  type Route,
} from './api-request.ts';
import { GitRefusal } from './bare-repository.ts';
import type { ForgeState } from './forge-state.ts';
import { GIT_ROUTES } from './git-routes.ts';
import { PULL_ROUTES } from './pull-routes.ts';

function compare(context: Context): ApiAnswer {
  const { repository, part, setting } = context;
  const [base = '', head = ''] = part('range')
    .split('...')
    .map((sha) => commitOf(context, sha));
  return ok(comparisonAnswer(setting, repository, [base, head]));
}

/** Routes below a repository, by method and the rest of the path. */
export const REPOSITORY_ROUTES: readonly Route[] = [
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
      if (parent === undefined) throw new Refusal(422, 'Not a fork');
      git.run(['fetch', '--quiet', parent.git.folder, 'refs/heads/main:refs/heads/main']);
      const words = { message: 'Successfully fetched', base_branch: `${parent.owner}:main` };
      return ok({ ...words, merge_type: 'fast-forward' });
    },
  ],
  ['GET', /^compare\/(?<range>[0-9a-f]{40}\.\.\.[0-9a-f]{40})$/, compare],
  ...GIT_ROUTES,
  ...PULL_ROUTES,
];

/** A refusal as GitHub words it. */
export function refusalAnswer(status: number, message: string): ApiAnswer {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest' } };
}

/** Answers a request to the API. */
export function answerApi(
  state: ForgeState,
  setting: AnswerSetting,
  request: ApiRequest,
): ApiAnswer {
  try {
    if (request.path === 'user') {
      if (request.user === undefined) throw new Refusal(401, 'Requires authentication');
      if (request.user.kind === 'bot') {
        throw new Refusal(403, 'Resource not accessible by integration');
      }
      return ok(ownUserAnswer(setting, request.user.login));
    }
    const login = /^users\/([^/]+)$/.exec(request.path)?.[1]?.toLowerCase();
    if (login !== undefined) {
      const found = [...state.users.values()].find((user) => user.login.toLowerCase() === login);
      if (found === undefined) throw new Refusal(404, 'Not Found');
      return ok(ownUserAnswer(setting, found.login));
    }
    const [, owner, name, rest = ''] =
      /^repos\/([^/]+)\/([^/]+)(?:\/(.*))?$/.exec(request.path) ?? [];
    const repository = state.repositories.get(`${owner}/${name}`);
    if (repository === undefined) throw new Refusal(404, 'Not Found');
    for (const [method, pattern, answer] of REPOSITORY_ROUTES) {
      const found = method === request.method ? pattern.exec(rest) : null;
      if (found === null) continue;
      const part = (key: string): string => found.groups?.[key] ?? '';
      return answer({ ...request, state, setting, repository, part });
    }
    throw new Refusal(404, 'Not Found');
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error.status, error.message);
    if (error instanceof GitRefusal) return refusalAnswer(422, error.message);
    throw error;
  }
}
