// npm run bench: installs what is missing and measures. See bench/main.ts for its options.
import path from 'node:path';
import { install, root } from './install.mjs';
import { run } from './run.mjs';

const script = path.join(root, 'bench', 'main.ts');
process.exitCode = install() || run(['node', '--no-warnings', script, ...process.argv.slice(2)]);
