// npm run demo: writes the records of the demo archive; with --storage its bytes, and the indexes of its files. See
// demo/main.ts.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const script = fileURLToPath(new URL('../demo/main.ts', import.meta.url));
const dandiset = fileURLToPath(new URL('./dandiset.mjs', import.meta.url));
const content = fileURLToPath(new URL('../content', import.meta.url));
const args = process.argv.slice(2);

/** Makes what is derived from the bytes; they are of use without it, so that it fails alone. */
function makeIndexes() {
  const command = [dandiset, 'index', '--content', content, '--json'];
  const made = spawnSync(process.execPath, command, { encoding: 'utf8' });
  if (made.status === 0) return;
  process.stderr.write(`The indexes of the demo could not be made.\n${made.stdout}${made.stderr}`);
}

process.exitCode = run(['node', '--no-warnings', script, ...args], { cwd: process.cwd() });
const isDemo = !args.includes('--content') && !args.includes('--into');
if (process.exitCode === 0 && args.includes('--storage') && isDemo) makeIndexes();
