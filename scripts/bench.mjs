// npm run bench: installs what is missing and measures. See bench/main.ts for its options, and
// bench/transfers/main.ts and bench/look/main.ts for those of `npm run bench -- transfers` and `-- look`.
import path from 'node:path';
import { install, root } from './install.mjs';
import { run } from './run.mjs';

const [what, ...rest] = process.argv.slice(2);
const isPart = what === 'transfers' || what === 'look';
const script = path.join(root, 'bench', isPart ? `${what}/main.ts` : 'main.ts');
const args = isPart ? rest : process.argv.slice(2);
process.exitCode = install() || run(['node', '--no-warnings', script, ...args]);
