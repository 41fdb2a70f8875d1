// A forge on loopback: GitHub's REST API and git over HTTP on one port, over real bare repositories.
// No kept emulator knows pull requests from forks; this one knows what the archive asks for.

import { createServer, type IncomingMessage } from 'node:http';
import {
  bareRepository,
  gitBackend,
  isGitRequest,
  listenForTest,
  type GitAccess,
} from '../git-server.ts';
import { temporaryFolder, type Files } from '../temporary-folder.ts';
import { ForgeState, type ForgeRepository, type ForgeUser } from './forge-state.ts';
import { answerApi, type ApiRequest } from './routes.ts';

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
}

function tokenOf(request: IncomingMessage): string | undefined {
  const header = request.headers.authorization ?? '';
  const basic = /^basic (.+)$/i.exec(header)?.[1];
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString().split(':')[1];
  return /^(?:token|bearer) (.+)$/i.exec(header)?.[1];
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/**
 * Starts a forge whose repository `lab/archive` holds the files, `archive.json` made to name it. It
 * ends with the running test. `ada` and `mallory` have classic tokens, `fine` has a fine-grained one.
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
  let web = '';
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (isGitRequest(request)) {
      serveGit(request, response);
      return;
    }
    const path = decodeURIComponent(url.pathname)
      .replace(/^\/api\/v3\//, '')
      .replace(/\/$/, '');
    const method = request.method ?? 'GET';
    const token = tokenOf(request);
    asked.push(`${method} ${path}`);
    const answer = async (): Promise<{ status: number; body: unknown }> => {
      const user = state.users.get(token ?? '');
      if (token !== undefined && user === undefined)
        return { status: 401, body: { message: 'Bad credentials' } };
      const body = await bodyOf(request);
      const api: ApiRequest = { method, path, query: url.searchParams, body, user };
      return answerApi(state, { web, users: state.users }, api);
    };
    answer().then(
      ({ status, body }) => {
        response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
        response.end(JSON.stringify(body));
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  web = await listenForTest(server);
  const repository = `${web}/lab/archive`;
  const folder = bareRepository(root, 'lab/archive.git', files(repository));
  const archive = state.addRepository('lab', 'archive', folder);
  archive.writers.add('curator').add('github-actions[bot]');
  const token = (login: string): string => users.get(login)?.token ?? '';
  return { web, repository, folder, state, archive, token, asked };
}
