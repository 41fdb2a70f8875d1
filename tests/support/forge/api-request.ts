// A request to the API as its routes receive it, and how they refuse one.

import type { AnswerSetting } from './answers.ts';
import type { ForgeRepository, ForgeState, ForgeUser } from './forge-state.ts';

/** A parsed request. */
export interface ApiRequest {
  method: string;
  /** Below the API, without the leading slash. */
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  user: ForgeUser | undefined;
}

/** A response to be sent. */
export interface ApiAnswer {
  status: number;
  body: unknown;
}

/** What a route below a repository works on. */
export interface Context extends ApiRequest {
  state: ForgeState;
  setting: AnswerSetting;
  repository: ForgeRepository;
  /** The captures of the route's pattern. */
  part: (name: string) => string;
}

/** A route below a repository: method, the rest of the path, its response. */
export type Route = [method: string, pattern: RegExp, answer: (context: Context) => ApiAnswer];

/** A successful response. */
export function ok(body: unknown, status = 200): ApiAnswer {
  return { status, body };
}

/** A refusal, with GitHub's status for it. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A text that a request must contain. */
export function text(body: Record<string, unknown>, key: string): string {
  const value = body[key];
  if (typeof value !== 'string') throw new Refusal(422, `"${key}" wasn't supplied.`);
  return value;
}

/** The user of the request; refuses anonymous ones. */
export function asked({ user }: Context): ForgeUser {
  if (user === undefined) throw new Refusal(401, 'Requires authentication');
  return user;
}

/** The user of the request, who must have write access. */
export function writer(context: Context): ForgeUser {
  const user = asked(context);
  if (!context.state.mayWrite(user, context.repository)) {
    throw new Refusal(403, 'Resource not accessible by personal access token');
  }
  return user;
}

/** A commit that must exist. */
export function commitOf({ repository }: Context, sha: string): string {
  const found = /^[0-9a-f]{40}$/.test(sha) ? repository.git.commit(sha) : undefined;
  if (found === undefined) throw new Refusal(404, 'Not Found');
  return found;
}
