// npm run demo: writes the records of the demo archive; with --storage its bytes. See demo/main.ts.
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const script = fileURLToPath(new URL('../demo/main.ts', import.meta.url));
process.exitCode = run(['node', '--no-warnings', script, ...process.argv.slice(2)], {
  cwd: process.cwd(),
});
