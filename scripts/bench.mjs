// npm run bench: measures builds and pages. See bench/main.ts for its options.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'bench', 'main.ts');
process.exitCode = run(['node', '--no-warnings', script, ...process.argv.slice(2)]);
