// Makes the Python environment of the conformance tests, .cache/python, from their lists of
// requirements. Does nothing where it is there already. PYTHON names the interpreter to use.
//   node scripts/python.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';

const lists = path.join(root, 'tests', 'conformance');
const requirements = path.join(lists, 'requirements.txt');
// Only their data files are read; what they depend on would replace packages of the first list.
const alone = path.join(lists, 'requirements-alone.txt');
const folder = path.join(root, '.cache', 'python');
const isWindows = process.platform === 'win32';
const python = isWindows
  ? path.join(folder, 'Scripts', 'python.exe')
  : path.join(folder, 'bin', 'python');
const note = path.join(folder, 'requirements.sha256');
const digest = createHash('sha256')
  .update(readFileSync(requirements))
  .update(readFileSync(alone))
  .digest('hex');

function runOrExit(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', timeout: 20 * 60_000 });
  if (result.status === 0) return;
  console.error(result.error?.message ?? `${command} ${args[0]} failed.`);
  process.exit(1);
}

if (existsSync(python) && existsSync(note) && readFileSync(note, 'utf8').trim() === digest) {
  console.log('The Python environment is current.');
} else {
  console.log('Making the Python environment .cache/python …');
  rmSync(folder, { recursive: true, force: true });
  runOrExit(process.env.PYTHON || (isWindows ? 'python' : 'python3'), ['-m', 'venv', folder]);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  runOrExit(python, [...install, '-r', requirements]);
  runOrExit(python, [...install, '--no-deps', '-r', alone]);
  writeFileSync(note, `${digest}\n`);
}
