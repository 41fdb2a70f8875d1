// Wiring only: where the site lies, what is left out of Vite's sight, and what follows a build.
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { archiveSite } from './src/site/astro-integration.ts';
import { toBasePath } from './src/site/catalog/addresses.ts';
import { givenValidators } from './src/site/edit/precompiled-validators-plugin.ts';

export default defineConfig({
  site: 'https://archive.invalid', // canonical addresses come from content/archive.json instead
  base: toBasePath(process.env.BASE_PATH),
  outDir: process.env.OUT_DIR ?? 'dist',
  trailingSlash: 'always',
  build: { format: 'directory', concurrency: 16, inlineStylesheets: 'never' },
  compressHTML: true,
  devToolbar: { enabled: false },
  integrations: [mdx(), archiveSite()],
  markdown: { syntaxHighlight: false },
  vite: {
    plugins: [givenValidators()],
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
