// npm run demo: writes the records of the demo archive; with --storage its bytes. See demo.ts.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'demo.ts');
process.exitCode = run(['node', '--no-warnings', script, ...process.argv.slice(2)], {
  cwd: process.cwd(),
});
