// npm run bench: installs what is missing and measures. See bench/main.ts for its options, and
// bench/transfers/main.ts for those of `npm run bench -- transfers`.
import path from 'node:path';
import { install, root } from './install.mjs';
import { run } from './run.mjs';

const [what, ...rest] = process.argv.slice(2);
const isTransfers = what === 'transfers';
const script = path.join(root, 'bench', isTransfers ? 'transfers/main.ts' : 'main.ts');
const args = isTransfers ? rest : process.argv.slice(2);
process.exitCode = install() || run(['node', '--no-warnings', script, ...args]);
