// Wiring only: where the site is, what is left out of Vite's sight, and what follows a build. The root
// is the archive's folder, which is this one or another: sources are named from here, the rest from there.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { clientFile, ensureCurrentCli } from './scripts/current-cli.mjs';
import { archiveSite } from './src/site/astro-integration.ts';
import { browserEntities } from './src/site/browser/browser-entities-plugin.ts';
import { siteBasePath } from './src/site/catalog/site-catalog.ts';
import { precompiledValidators } from './src/site/edit/precompiled-validators-plugin.ts';

const program = path.dirname(fileURLToPath(import.meta.url));
// Every site serves the client of the program that built it.
await ensureCurrentCli();
process.env.CLIENT_PACKAGE ??= clientFile;

const content = path.resolve(process.env.ARCHIVE_CONTENT || 'content');

export default defineConfig({
  srcDir: path.join(program, 'src'),
  publicDir: path.join(program, 'public'),
  site: 'https://archive.invalid', // canonical addresses come from content/archive.json instead
  base: await siteBasePath(),
  outDir: process.env.OUT_DIR ?? 'dist',
  trailingSlash: 'always',
  build: { format: 'directory', concurrency: 16, inlineStylesheets: 'never' },
  compressHTML: true,
  devToolbar: { enabled: false },
  integrations: [mdx(), archiveSite()],
  markdown: { syntaxHighlight: false },
  vite: {
    plugins: [precompiledValidators(), browserEntities()],
    resolve: { alias: { '@archive-pages': path.join(content, 'pages') } },
    build: { assetsInlineLimit: 0, cssMinify: true },
    // Records are many and are watched by the integration, not by Vite.
    server: {
      watch: {
        ignored: ['**/content/dandisets/**', '**/storage/**', '**/dist/**', '**/.cache/**'],
      },
    },
    ssr: { external: ['h5wasm'] },
  },
});
