// npm start: installs and builds what is missing or stale, then serves the archive on this machine.
//   npm start -- --port 9000
// Plain syntax and no import but this one until Node is known to be new enough.
import './accepted-node.mjs';

async function start() {
  const parent = process.ppid;
  const { install, root } = await import('./install.mjs');
  // The folder of the archive, which the other scripts take from the working folder.
  process.chdir(root);
  let code = install({ dev: false });
  if (code !== 0) return code;

  // The bytes of another archive are not made here; the demo's are.
  if (!process.env.ARCHIVE_CONTENT) {
    const { spawnSync } = await import('node:child_process');
    const made = spawnSync(process.execPath, ['scripts/demo.mjs', '--storage'], {
      stdio: 'inherit',
    });
    if (made.status !== 0) return made.status || 1;
  }

  const { buildSite, isBuilt, output } = await import('./build.mjs');
  if (!isBuilt()) {
    console.log('Building the site …');
    code = buildSite();
    if (code !== 0) return code;
  }

  // If npm was ended during the build, no server is wanted now.
  if (process.ppid !== parent) return 130;

  // The command line serves in this process, so that signals reach it.
  process.argv.splice(2, 0, 'serve', output);
  await import('./dandiset.mjs');
  return process.exitCode || 0;
}

start().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
