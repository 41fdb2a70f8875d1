// A forge on loopback: GitHub's REST API and git over HTTP on one port, over real bare repositories. No
// maintained emulator supports pull requests from forks; this one supports what the archive needs.

import { createServer, type IncomingMessage } from 'node:http';
import { expect, onTestFinished } from 'vitest';
import {
  bareRepository,
  gitBackend,
  isGitRequest,
  listenForTest,
  type GitAccess,
} from './git-server.ts';
import { temporaryFolder, type Files } from '../temporary-folder.ts';
import { answerRawFile } from './raw-files.ts';
import { ForgeState, type ForgeRepository, type ForgeUser } from './forge-state.ts';
import type { ApiAnswer, ApiRequest } from './api-request.ts';
import { describedRoute } from './github-description.ts';
import { answerApi, refusalAnswer } from './routes.ts';

/** A running forge. */
export interface ForgeDouble {
  /** Address of its pages and of git, without a slash at the end. */
  web: string;
  /** Web address of the archive's repository: `<web>/lab/archive`. */
  repository: string;
  /** The folder of the archive's bare repository. */
  folder: string;
  state: ForgeState;
  archive: ForgeRepository;
  /** Tokens by login: `curator`, who may write, `github-actions[bot]`, and contributors. */
  token(login: string): string;
  /** Every request to the API: `POST repos/lab/archive/pulls`. */
  asked: string[];
  /** The rest of each of them except headers: its query and its body as text. */
  sent: string[];
  /** The routes of GitHub's description that were requested: `GET /repos/{owner}/{repo}/pulls`. */
  routes: Set<string>;
  /** What in requests and responses is not as GitHub describes it; any problem fails the test. */
  faults: string[];
}

function tokenOf(request: IncomingMessage): string | undefined {
  const header = request.headers.authorization ?? '';
  const basic = /^basic (.+)$/i.exec(header)?.[1];
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString().split(':')[1];
  return /^(?:token|bearer) (.+)$/i.exec(header)?.[1];
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** The requested page of a list, with the address of the next one as GitHub gives it. */
function paged(address: URL, items: readonly unknown[]): { items: unknown[]; next?: URL } {
  const number = (key: string, otherwise: number): number =>
    Number(address.searchParams.get(key) ?? otherwise);
  const [size, page] = [Math.min(number('per_page', 30), 100), number('page', 1)];
  const shown = items.slice((page - 1) * size, page * size);
  if (page * size >= items.length) return { items: shown };
  const next = new URL(address);
  next.searchParams.set('page', String(page + 1));
  return { items: shown, next };
}

/**
 * Starts a forge whose repository `lab/archive` holds the files, with `archive.json` adapted to name it. It
 * ends with the running test, which fails where any request or response is not as GitHub describes it. `ada`
 * and `mallory` have classic tokens, `fine` has a fine-grained one.
 */
export async function startForge(files: (repository: string) => Files): Promise<ForgeDouble> {
  const root = temporaryFolder();
  const state = new ForgeState(root);
  const logins: [string, ForgeUser['kind']][] = [
    ['curator', 'classic'],
    ['github-actions[bot]', 'bot'],
    ['ada', 'classic'],
    ['mallory', 'classic'],
    ['fine', 'fine-grained'],
  ];
  const users = new Map(logins.map(([login, kind]) => [login, state.addUser(login, kind)]));
  const access: GitAccess = (request, { repository, service }) => {
    state.refreshAll();
    const user = state.users.get(tokenOf(request) ?? '');
    if (service === 'read') return user?.login ?? 'anonymous';
    const found = state.repositories.get(repository.replace(/\.git$/, ''));
    return found !== undefined && state.mayWrite(user, found) ? user?.login : undefined;
  };
  const serveGit = gitBackend(root, access);
  const asked: string[] = [];
  const sent: string[] = [];
  const routes = new Set<string>();
  const faults: string[] = [];
  onTestFinished(() => expect(faults).toEqual([]));
  let web = '';
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (isGitRequest(request)) {
      serveGit(request, response);
      return;
    }
    if (answerRawFile(state, request, response)) return;
    const path = decodeURIComponent(url.pathname)
      .replace(/^\/api\/v3\//, '')
      .replace(/\/$/, '');
    const method = request.method ?? 'GET';
    const token = tokenOf(request);
    asked.push(`${method} ${path}`);
    const answer = async (): Promise<ApiAnswer & { next?: URL }> => {
      const route = describedRoute(method, `/${path}`);
      if (route === undefined) return refusalAnswer(404, 'Not Found');
      routes.add(route.name);
      const text = await textOf(request);
      sent.push(url.search + text);
      const body = JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>;
      const user = state.users.get(token ?? '');
      const api: ApiRequest = { method, path, query: url.searchParams, body, user };
      const { users: known, accounts, repositories } = state;
      const setting = { web, users: known, accounts, repositories };
      const whole =
        token !== undefined && user === undefined
          ? refusalAnswer(401, 'Bad credentials')
          : answerApi(state, setting, api);
      const list = Array.isArray(whole.body) && method === 'GET';
      const { items, next } = paged(
        new URL(url.pathname + url.search, web),
        list ? (whole.body as unknown[]) : [],
      );
      const given = list ? { ...whole, body: items } : whole;
      const found = [
        ...route.faultsOfRequest(url.searchParams, body),
        ...route.faultsOfAnswer(given.status, given.body),
      ].map((fault) => `${route.name} ${fault}`);
      faults.push(...found);
      if (found.length > 0) return { status: 500, body: { message: found.join('; ') } };
      return next === undefined ? given : { ...given, next };
    };
    answer().then(
      ({ status, body, next }) => {
        const link = next === undefined ? {} : { Link: `<${next.href}>; rel="next"` };
        response.writeHead(status, {
          'Content-Type': 'application/json; charset=utf-8',
          'Access-Control-Allow-Origin': '*',
          ...link,
        });
        response.end(JSON.stringify(body));
      },
      (error: unknown) => {
        faults.push(String(error));
        response.writeHead(500).end(String(error));
      },
    );
  });
  web = await listenForTest(server);
  const repository = `${web}/lab/archive`;
  const folder = bareRepository(root, 'lab/archive.git', files(repository));
  const archive = state.addRepository('lab', 'archive', folder);
  archive.writers.add('curator').add('github-actions[bot]');
  const token = (login: string): string => users.get(login)?.token ?? '';
  return { web, repository, folder, state, archive, token, asked, sent, routes, faults };
}
