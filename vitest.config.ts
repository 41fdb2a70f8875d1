import { defineConfig } from 'vitest/config';

// Five suites, so that one kind can be run alone: npx vitest --project unit
const node = { environment: 'node', testTimeout: 300_000, hookTimeout: 600_000 } as const;
export default defineConfig({
  test: {
    // As many as there are cores; files that build a site wait for each other.
    maxWorkers: '100%',
    env: { TZ: 'Pacific/Auckland', NO_COLOR: '1' },
    projects: [
      {
        test: {
          ...node,
          name: 'unit',
          include: ['{src,scripts,bench,demo,tests/support}/**/*.test.ts'],
        },
      },
      { test: { ...node, name: 'commands', include: ['tests/commands/**/*.test.ts'] } },
      { test: { ...node, name: 'conformance', include: ['tests/conformance/**/*.test.ts'] } },
      {
        test: {
          ...node,
          name: 'large',
          include: ['tests/large/**/*.test.ts'],
          globalSetup: ['tests/support/sites/browser-server.ts'],
        },
      },
      {
        test: {
          ...node,
          name: 'site',
          include: ['tests/site/**/*.test.ts'],
          globalSetup: ['tests/support/sites/browser-server.ts'],
        },
      },
    ],
  },
});
