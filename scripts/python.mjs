// Makes the Python environment of the conformance tests, .cache/python, from their list of
// requirements. Does nothing where it is there already. PYTHON names the interpreter to use.
//   node scripts/python.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';

const requirements = path.join(root, 'tests', 'conformance', 'requirements.txt');
const folder = path.join(root, '.cache', 'python');
const isWindows = process.platform === 'win32';
const python = isWindows
  ? path.join(folder, 'Scripts', 'python.exe')
  : path.join(folder, 'bin', 'python');
const note = path.join(folder, 'requirements.sha256');
const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex');

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
  runOrExit(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '-r',
    requirements,
  ]);
  writeFileSync(note, `${digest}\n`);
}
