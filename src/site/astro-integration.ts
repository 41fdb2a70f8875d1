// The one Astro integration: writes the files that are no pages after a build, and in development
// serves them, reads changed records again and reloads the page.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { watchFolder } from '../adapters/content-files/watch-folder.ts';
import { toBasePath } from './addresses.ts';
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

/** Adds the archive's records to an Astro build and to the development server. */
export function archiveSite(): AstroIntegration {
  return {
    name: 'archive-site',
    hooks: {
      'astro:server:setup': ({ server, logger }) => {
        const base = toBasePath(process.env['BASE_PATH']);
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
        const output = fileURLToPath(dir);
        logger.info(`${await writeSiteFiles(output)} files beside the pages written`);
        // The bench measures pages alone.
        if (process.env['SITE_SEARCH'] === 'off') return;
        logger.info(
          `${await writeSearchIndex(await siteCatalog(), output)} Dandisets indexed for search`,
        );
      },
    },
  };
}
