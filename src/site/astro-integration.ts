// The one Astro integration: writes the files that are no pages after a build, and in development
// serves them, reads changed records again and reloads the page.

import { mkdir, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Connect } from 'vite';
import { answerStore } from '../adapters/static-server/answer-request.ts';
import { parseRequestPath } from '../adapters/static-server/request-path.ts';
import { servedFolder } from '../adapters/static-server/served-folder.ts';
import { watchFolder } from '../adapters/content-files/watch-folder.ts';
import { storeAddress, toBasePath } from './addresses.ts';
import { contentFolder, forgetSiteCatalog, siteCatalog } from './site-catalog.ts';
import { writeSearchIndex } from './search-index.ts';
import { siteFileAt, siteFiles } from './site-files.ts';

async function writeSiteFiles(output: string): Promise<number> {
  let count = 0;
  for await (const { path: relative, contents } of siteFiles(await siteCatalog())) {
    const target = path.join(output, relative);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, contents);
    count += 1;
  }
  return count;
}

const MEDIA_TYPES = new Map([
  ['.json', 'application/json'],
  ['.jsonl', 'application/jsonl; charset=utf-8'],
]);

/** Answers a request for a file of the folder store as the local server does; false for any other. */
async function answerFromStore(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { archive, base } = await siteCatalog();
  const store = archive.stores.find(({ kind }) => kind === 'folder');
  const target = parseRequestPath(request.url ?? '');
  if (store?.path === undefined || target === undefined) return false;
  const above = storeAddress(base, store)
    .split('/')
    .filter((name) => name !== '');
  if (!above.every((name, index) => target.names[index] === name)) return false;
  const folder = servedFolder(path.resolve(contentFolder(), '..', store.path));
  const inStore = { ...target, names: target.names.slice(above.length) };
  await answerStore(folder, inStore, request, response);
  return true;
}

/** Adds the archive's records to an Astro build and to the development server. */
export function archiveSite(): AstroIntegration {
  return {
    name: 'archive-site',
    hooks: {
      'astro:server:setup': ({ server, logger }) => {
        const base = toBasePath(process.env['BASE_PATH']);
        // Before Astro's own handlers, which want a slash after names without an extension: the
        // keys of the store. They are in place when the server begins to listen.
        server.httpServer?.once('listening', () => {
          const handle: Connect.NextHandleFunction = (request, response, next) => {
            answerFromStore(request, response).then((isDone) => isDone || next(), next);
          };
          server.middlewares.stack.unshift({ route: '', handle });
        });
        server.middlewares.use((request, response, next) => {
          const { pathname } = new URL(request.url ?? '/', 'http://localhost');
          if (!pathname.startsWith(base)) return next();
          siteCatalog()
            .then((catalog) => siteFileAt(catalog, decodeURIComponent(pathname.slice(base.length))))
            .then((file) => {
              if (file === undefined) return next();
              response.setHeader(
                'Content-Type',
                MEDIA_TYPES.get(path.extname(file.path)) ?? 'text/plain',
              );
              response.end(file.contents);
            })
            .catch(next);
        });
        const watching = watchFolder(contentFolder(), (changed) => {
          logger.info(`${changed} changed, reading the records again`);
          forgetSiteCatalog();
          // Astro keeps what getStaticPaths gave; this is how it is told to ask again.
          for (const environment of Object.values(server.environments)) {
            environment.hot.send('astro:content-changed', {});
          }
          server.ws.send({ type: 'full-reload' });
        });
        server.httpServer?.once('close', () => void watching.then((folder) => folder.close()));
      },
      'astro:build:done': async ({ dir, logger }) => {
        // The bench measures pages alone.
        if (process.env['SITE_EXTRAS'] === 'off') return;
        const output = fileURLToPath(dir);
        logger.info(`${await writeSiteFiles(output)} files beside the pages written`);
        logger.info(
          `${await writeSearchIndex(await siteCatalog(), output)} Dandisets indexed for search`,
        );
      },
    },
  };
}
