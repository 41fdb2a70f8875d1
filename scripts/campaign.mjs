// npm run campaign: races, stops and random histories at every point; npm test tries only some of them.
//   npm run campaign -- tests/commands/merge-histories.test.ts
import './accepted-node.mjs';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { install, root } from './install.mjs';
import { run } from './run.mjs';

/** The test files that take their points from tests/support/campaign.ts. */
function campaignFiles() {
  return ['src', 'tests']
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true })
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => path.join(folder, name)),
    )
    .filter((file) => readFileSync(path.join(root, file), 'utf8').includes('/campaign.ts'));
}

const installed = install();
if (installed !== 0) process.exit(installed);
const named = process.argv.slice(2);
const files = named.length > 0 ? named : campaignFiles();
process.exit(run(['vitest', 'run', ...files], { env: { CAMPAIGN: '1' } }));
