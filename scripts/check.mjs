// npm run check: everything that needs no build and no browser. Runs all checks, then reports which failed.
import './accepted-node.mjs';
import { install } from './install.mjs';
import { run } from './run.mjs';

const CHECKS = [
  ['types', ['tsc']],
  ['types of the core, without Node and browser', ['tsc', '-p', 'src/core']],
  ['types of the pages', ['astro', 'check', '--minimumFailingSeverity', 'error']],
  ['lint', ['eslint', '.']],
  ['layout', ['prettier', '--check', '--log-level', 'warn', '.']],
  [
    'import arrows and lockfile',
    ['vitest', 'run', 'scripts/architecture.test.ts', 'tests/commands/lockfile.test.ts'],
  ],
  ['content', ['node', 'scripts/dandiset.mjs', 'check', 'content']],
];

const installed = install();
if (installed !== 0) process.exit(installed);

const failed = [];
for (const [name, argv] of CHECKS) {
  console.log(`\n# ${name}: ${argv.join(' ')}`);
  const code = run(argv, { env: { ASTRO_TELEMETRY_DISABLED: '1' } });
  if (code === 130) process.exit(130);
  if (code !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join('; ')}.`);
process.exit(failed.length === 0 ? 0 : 1);
