// npm test: installs what is missing, including a browser, runs every test and ends with one plain line:
// `N passed, N failed` or `N passed, N failed, N skipped`.
//   npm test -- --project unit
//   npm run campaign            every point where other runs try only some
//   npm test -- --all           large sizes too: what takes minutes and says little about a small change
// Plain syntax and no import but this one until Node is known to be new enough.
import './accepted-node.mjs';

/** The suites that run by default. */
const SUITES = ['unit', 'commands', 'conformance', 'site'];

/** The arguments of vitest. */
function suitesIn(args) {
  if (args.includes('--all')) return args.filter((argument) => argument !== '--all');
  if (args.some((argument) => argument.startsWith('--project'))) return args;
  return [...SUITES.flatMap((suite) => ['--project', suite]), ...args];
}

async function test(args) {
  const { install, root } = await import('./install.mjs');
  const installed = install();
  if (installed !== 0) return { code: installed, line: '0 passed, 1 failed' };

  const { ensureBrowser } = await import('./browser.mjs');
  const browser = await ensureBrowser();
  if (browser === undefined)
    console.log('There is no browser: the tests that need one are skipped.');

  // Tests download the demo's files; they are made once and are not in git.
  const { spawnSync } = await import('node:child_process');
  const made = spawnSync(process.execPath, ['scripts/demo.mjs', '--storage'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (made.status !== 0) return { code: made.status || 1, line: '0 passed, 1 failed' };

  const path = await import('node:path');
  const { rmSync } = await import('node:fs');
  const { run } = await import('./run.mjs');
  const { readReport } = await import('./test-report.mjs');
  const file = path.join(root, '.cache', 'test-report.json');
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const env = browser === undefined ? {} : { CHROMIUM_PATH: browser };
  const code = run(['vitest', 'run', ...reporters, ...suitesIn(args)], { env });

  const report = readReport(file, code);
  for (const { count, title } of report.skipped) console.log(`skipped ${count}: ${title}`);
  for (const title of report.unrun) console.log(`could not run: ${title}`);
  return report;
}

test(process.argv.slice(2)).then(
  ({ code, line }) => {
    console.log(line);
    process.exit(code);
  },
  (error) => {
    console.error(error);
    console.log('0 passed, 1 failed');
    process.exit(1);
  },
);
