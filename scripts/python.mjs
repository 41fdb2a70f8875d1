// Makes the Python environments of the tests, .cache/python, .cache/python-exports,
// .cache/python-workflows and .cache/python-zarr, from their lists of requirements. Does nothing where they exist
// already. PYTHON names the interpreter to use.
//   node scripts/python.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';

const lists = path.join(root, 'tests', 'conformance');
const isWindows = process.platform === 'win32';

// The packages in the second list of an environment are installed without their dependencies: only their data
// files are read, and the dependencies would replace packages of the first list.
const environments = [
  { name: 'python', requirements: 'requirements.txt', alone: 'requirements-alone.txt' },
  {
    name: 'python-exports',
    requirements: 'requirements-exports.txt',
    alone: 'requirements-exports-alone.txt',
  },
  { name: 'python-workflows', requirements: 'requirements-workflows.txt' },
  // hdmf-zarr and LINDI need zarr 2; the first environment has zarr 3.
  { name: 'python-zarr', requirements: 'requirements-zarr.txt' },
];

function runOrExit(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', timeout: 20 * 60_000 });
  if (result.status === 0) return;
  console.error(result.error?.message ?? `${command} ${args[0]} failed.`);
  process.exit(1);
}

for (const { name, ...files } of environments) {
  const requirements = path.join(lists, files.requirements);
  const alone = files.alone === undefined ? undefined : path.join(lists, files.alone);
  const folder = path.join(root, '.cache', name);
  const python = isWindows
    ? path.join(folder, 'Scripts', 'python.exe')
    : path.join(folder, 'bin', 'python');
  const note = path.join(folder, 'requirements.sha256');
  const digest = createHash('sha256')
    .update(readFileSync(requirements))
    .update(alone === undefined ? '' : readFileSync(alone))
    .digest('hex');
  if (existsSync(python) && existsSync(note) && readFileSync(note, 'utf8').trim() === digest) {
    console.log(`The Python environment .cache/${name} is current.`);
    continue;
  }
  console.log(`Making the Python environment .cache/${name} …`);
  rmSync(folder, { recursive: true, force: true });
  runOrExit(process.env.PYTHON || (isWindows ? 'python' : 'python3'), ['-m', 'venv', folder]);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  runOrExit(python, [...install, '-r', requirements]);
  if (alone !== undefined) runOrExit(python, [...install, '--no-deps', '-r', alone]);
  writeFileSync(note, `${digest}\n`);
}
