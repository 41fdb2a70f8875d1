// Real git over HTTP on loopback: bare repositories below a folder, served by `git http-backend`.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder, type Files } from '../temporary-folder.ts';

/** The author of every commit a test makes by the system's git. */
const TEST_IDENTITY: NodeJS.ProcessEnv = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@lab.example',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@lab.example',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};

/** The output of the system's git in a folder, as UTF-8 without the last line break. */
export function git(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const options = { stdio: 'pipe', env: { ...process.env, ...TEST_IDENTITY, ...env } } as const;
  const settings = ['-c', 'core.autocrlf=false', '-c', 'commit.gpgsign=false'];
  const output = execFileSync('git', ['-C', folder, ...settings, ...args], options);
  return output.toString().replace(/\n$/, '');
}

/** The environment that gives a commit its time, both of author and committer. */
export function commitTime(time: string): NodeJS.ProcessEnv {
  return { GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time };
}

/**
 * A new bare repository below `root` whose branch `main` holds these files in one commit. It accepts pushes
 * and refuses those that rewrite history, as a protected branch does.
 */
export function bareRepository(
  root: string,
  name: string,
  files: Files = {},
  time = '2026-01-01T00:00:00Z',
): string {
  const bare = path.join(root, name);
  mkdirSync(path.dirname(bare), { recursive: true });
  git(root, ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  git(bare, ['config', 'http.receivepack', 'true']);
  git(bare, ['config', 'receive.denyNonFastForwards', 'true']);
  git(bare, ['config', 'uploadpack.allowFilter', 'true']);
  if (Object.keys(files).length > 0) {
    const work = temporaryFolder(files);
    git(work, ['init', '--quiet', '--initial-branch=main']);
    git(work, ['add', '--all']);
    git(work, ['commit', '--quiet', '--message=Base'], commitTime(time));
    git(work, ['push', '--quiet', bare, 'main']);
  }
  return bare;
}

/** The access of the request's user: the name it is done as, or nothing. */
export type GitAccess = (
  request: IncomingMessage,
  asked: { repository: string; service: 'read' | 'write' },
) => string | undefined;

interface CgiHead {
  status: number;
  headers: [string, string][];
}

function cgiHead(text: string): CgiHead {
  const head: CgiHead = { status: 200, headers: [] };
  for (const line of text.split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (name.toLowerCase() === 'status') head.status = Number.parseInt(value, 10);
    else if (name !== '') head.headers.push([name, value]);
  }
  return head;
}

/** Passes the program's output on: a head as CGI writes it, an empty line, the body. */
function answerFrom(output: NodeJS.ReadableStream, response: ServerResponse): void {
  let head: Buffer | undefined = Buffer.alloc(0);
  output.on('data', (chunk: Buffer) => {
    if (head === undefined) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = /\r?\n\r?\n/.exec(head.toString('latin1'));
    if (end === null) return;
    const { status, headers } = cgiHead(head.toString('latin1', 0, end.index));
    const body = head.subarray(end.index + end[0].length);
    head = undefined;
    response.writeHead(status, headers.flat());
    if (body.length > 0) response.write(body);
  });
  output.on('end', () => {
    if (head !== undefined) response.writeHead(502);
    response.end();
  });
}

/** Whether a request is one of git's: `/owner/name.git/info/refs`, `…/git-upload-pack`. */
export function isGitRequest(request: IncomingMessage): boolean {
  const [address = ''] = (request.url ?? '').split('?');
  return /\/(?:info\/refs|git-upload-pack|git-receive-pack|HEAD|objects\/.*)$/.test(address);
}

/** Answers git's requests for the bare repositories below `root`; without `access` all may push. */
export function gitBackend(
  root: string,
  access: GitAccess = () => 'test',
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const place = decodeURIComponent(url.pathname);
    const [, repository = ''] =
      /^\/(.+?)\/(?:info\/refs|git-[a-z]+-pack|HEAD|objects\/)/.exec(place) ?? [];
    const isWrite = `${place}${url.search}`.includes('git-receive-pack');
    const user = access(request, { repository, service: isWrite ? 'write' : 'read' });
    if (user === undefined) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const header = (name: string): string => String(request.headers[name] ?? '');
    const child = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        ...TEST_IDENTITY,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: place,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: header('content-type'),
        CONTENT_LENGTH: header('content-length'),
        HTTP_CONTENT_ENCODING: header('content-encoding'),
        HTTP_GIT_PROTOCOL: header('git-protocol'),
        REMOTE_USER: user,
        REMOTE_ADDR: '127.0.0.1',
      },
    });
    child.on('error', () => response.destroy());
    // The client may be gone, and the program may have read enough.
    child.stdin.on('error', () => {});
    child.stderr.resume();
    request.pipe(child.stdin);
    answerFrom(child.stdout, response);
  };
}

/** Starts a server on loopback that is closed when the running test has finished; returns its address. */
export async function listenForTest(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Serves the bare repositories below `root`; a repository's address is `<address>/<name>`. */
export async function startGitServer(root: string, access?: GitAccess): Promise<string> {
  return listenForTest(createServer(gitBackend(root, access)));
}
