// Serves a built site and the archive's folder store as a static host with a few redirect rules would, and
// answers what DANDI's API answers to queries, which no such host could.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ArchiveError } from '../../core/error.ts';
import type { AddressSettings } from '../../core/identifiers/dandi-address.ts';
import { AssetLists } from './asset-lists.ts';
import { AssetLookup } from './asset-lookup.ts';
import { answerRequest, type Site } from './answer-request.ts';
import { formatPath } from './request-path.ts';
import { DOTS_OF_SITE, DOTS_OF_STORE, servedFolder } from './served-folder.ts';

export interface ServerSettings extends AddressSettings {
  /** The built site. */
  dist: string;
  /** The folder store; without it there is nothing at `storageUrl`. */
  storage?: string;
  /** Where the store is served, below the base path. Default `/storage/`. */
  storageUrl?: string;
  /** The address of a remote store that keys are appended to: downloads of what is not in `storage`. */
  remoteStore?: string;
  /** The base path the site was built for. Default `/`. */
  base?: string;
  /** 0 lets the system choose. If taken, the next free one of twenty is used. Default 8000. */
  port?: number;
  /** Default 127.0.0.1: reachable from this machine only. */
  host?: string;
  /** Called for each request with its target. */
  onRequest?: (target: string) => void;
  /** Called for each request that failed inside the server. */
  onFailure?: (error: unknown) => void;
}

export interface RunningServer {
  /** Address of the home page, ending in `/`. */
  url: string;
  port: number;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

const PORTS_TO_TRY = 20;

function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '');
}

/** Listens on the first free port from `port` upwards. */
async function listen(server: Server, port: number, host: string): Promise<number> {
  const last = port === 0 ? 0 : Math.min(port + PORTS_TO_TRY - 1, 65_535);
  for (let candidate = port; candidate <= last; candidate += 1) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(candidate, host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE') continue;
      throw new ArchiveError('usage', `Cannot listen on ${host}, port ${candidate}: ${message}`, {
        hint: 'Choose another port or host.',
        cause: error,
      });
    }
  }
  throw new ArchiveError('usage', `The ports from ${port} to ${last} are all taken.`, {
    hint: 'Choose another one with --port.',
  });
}

/**
 * Serves a built site until it is closed. Reads files anew for each request, so a rebuilt site shows at once.
 * Throws an ArchiveError if the site does not exist or no port is free.
 */
export async function startServer(options: ServerSettings): Promise<RunningServer> {
  const {
    host = '127.0.0.1',
    port = 8000,
    base = '/',
    storageUrl = '/storage/',
    onRequest,
    onFailure,
  } = options;
  const dist = servedFolder(options.dist, DOTS_OF_SITE);
  const home = await dist.open(['index.html']);
  if (home === undefined || home === 'folder') {
    throw new ArchiveError('content-not-found', `There is no built site in ${options.dist}`, {
      hint: 'Build it with: npm run build',
    });
  }
  await home.handle.close();
  const lists = new AssetLists(dist);
  const site: Site = {
    dist,
    lists,
    lookup: new AssetLookup(dist, lists),
    storage:
      options.storage === undefined ? undefined : servedFolder(options.storage, DOTS_OF_STORE),
    storageNames: namesOf(storageUrl),
    remoteStore: options.remoteStore,
    baseNames: namesOf(base),
    settings: options,
    calledBy: { host, site: options.site },
  };
  const server = createServer((request, response) => {
    onRequest?.(request.url ?? '');
    answerRequest(site, request, response).catch((error: unknown) => {
      onFailure?.(error);
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(500, { 'Content-Type': 'text/plain' })
          .end('The server failed on this request.\n');
    });
  });
  const chosen = await listen(server, port, host);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${chosen}${formatPath(site.baseNames, true)}`,
    port: chosen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
