// The one Astro integration: writes the files other than pages after a build; in development serves them,
// rereads changed records and reloads the page.

import { mkdir, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { answerStore } from '../adapters/static-server/answer-request.ts';
import { parseRequestPath } from '../adapters/static-server/request-path.ts';
import { DOTS_OF_STORE, servedFolder } from '../adapters/static-server/served-folder.ts';
import { watchFolder } from '../adapters/content-files/watch-folder.ts';
import { countOf, formatBytes } from '../core/text/format.ts';
import { storeAddress } from './catalog/addresses.ts';
import type { Catalog } from './catalog/catalog.ts';
import { siteContentFolder, forgetSiteCatalog, siteCatalog } from './catalog/site-catalog.ts';
import { writeOfflineFiles } from './offline/offline-files.ts';
import { writeSearchIndex } from './search/search-index.ts';
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

/** Where the pages of redacted versions are. */
function redactedFolders({ dandisets }: Catalog): string[] {
  return dandisets.flatMap(({ number, published, records }) =>
    published
      .filter(({ version }) => records.redactions.has(version))
      .map(({ version }) => `dandiset/${number}/${version}/`),
  );
}

const MEDIA_TYPES = new Map([
  ['.json', 'application/json'],
  ['.jsonl', 'application/jsonl; charset=utf-8'],
  ['.js', 'text/javascript'],
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
  const folder = servedFolder(path.resolve(siteContentFolder(), '..', store.path), DOTS_OF_STORE);
  const inStore = { ...target, names: target.names.slice(above.length) };
  await answerStore(folder, inStore, request, response);
  return true;
}

/** Answers a request for a generated file other than a page; false for any other. */
async function answerSiteFile(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const catalog = await siteCatalog();
  const { names, isFolder } = parseRequestPath(request.url ?? '') ?? { names: [], isFolder: true };
  // The API's documents are the pages of their folders.
  const isApi = isFolder && `/${names.join('/')}/`.startsWith(`${catalog.base}api/`);
  const relative = `/${names.join('/')}${isApi ? '/index.html' : ''}`;
  if ((isFolder && !isApi) || !relative.startsWith(catalog.base)) return false;
  const file = await siteFileAt(catalog, relative.slice(catalog.base.length));
  if (file === undefined) return false;
  response.setHeader('Content-Type', MEDIA_TYPES.get(path.extname(file.path)) ?? 'text/plain');
  response.end(file.contents);
  return true;
}

/** Adds the archive's records to an Astro build and to the development server. */
export function archiveSite(): AstroIntegration {
  return {
    name: 'archive-site',
    hooks: {
      'astro:server:setup': ({ server, logger }) => {
        // Before Astro's own handlers, which take the base path away and want a slash after names
        // without an extension. They are in place when the server begins to listen.
        server.httpServer?.once('listening', () => {
          server.middlewares.stack.unshift({
            route: '',
            handle(
              request: IncomingMessage,
              response: ServerResponse,
              next: (error?: unknown) => void,
            ) {
              answerFromStore(request, response)
                .then(async (isDone) => isDone || (await answerSiteFile(request, response)))
                .then((isDone) => isDone || next(), next);
            },
          });
        });
        const watching = watchFolder(siteContentFolder(), (changed) => {
          logger.info(`${changed} changed, reading the records again`);
          forgetSiteCatalog();
          // Astro caches what getStaticPaths returned; this makes it call again.
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
        logger.info(`${countOf(await writeSiteFiles(output), 'file')} beside the pages written`);
        const { dandisets, pages } = await writeSearchIndex(await siteCatalog(), output);
        logger.info(
          `${countOf(dandisets, 'Dandiset')} and ${countOf(pages, 'page')} indexed for search`,
        );
        // Last: it is made from the files as they will be served.
        const catalog = await siteCatalog();
        const kept = await writeOfflineFiles(output, catalog.archive, redactedFolders(catalog));
        logger.info(`${formatBytes(kept)} to keep for offline use`);
      },
    },
  };
}
