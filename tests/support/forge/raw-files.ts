// The forge serves the bytes of files to pages of other sites, at any commit it has: also at those of pull
// requests from forks.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ForgeState } from './forge-state.ts';

const RAW = /^\/([^/]+\/[^/]+)\/raw\/([0-9a-f]{40})\/(.+)$/;

/** Answers a request for a file, `/lab/archive/raw/<commit>/<path>`; false for other requests. */
export function answerRawFile(
  state: ForgeState,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const [, name = '', commit = '', path = ''] = RAW.exec(decodeURIComponent(pathname)) ?? [];
  const repository = state.repositories.get(name);
  if (repository === undefined) return false;
  state.refreshAll();
  const headers = { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/plain' };
  const blob = repository.git.ask(['rev-parse', '--verify', '--quiet', `${commit}:${path}`]);
  if (blob === undefined) response.writeHead(404, headers).end('404: Not Found');
  else response.writeHead(200, headers).end(repository.git.run(['cat-file', 'blob', blob]));
  return true;
}
