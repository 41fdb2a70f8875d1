// How to run the client that a site serves. No registry of packages is needed.

import { shellWord } from '../text/shell-word.ts';

/** Where every site serves its own client, below its root. */
export const CLIENT_FILE = 'cli/dandiset.tgz';

/** npm from 12 on takes a package from an address only with this option; earlier ones ignore it. */
const FROM_AN_ADDRESS = '--allow-remote=root';

/**
 * The beginning of a command of the client: `npx --allow-remote=root https://lab.example/cli/dandiset.tgz`, to
 * be followed by a verb. `site` is the address of the site, ending in `/`.
 */
export function clientCommand(site: string): string {
  return `npx ${FROM_AN_ADDRESS} ${shellWord(site + CLIENT_FILE)}`;
}

/** Installs the client of a site as the command `dandiset`. */
export function clientInstallCommand(site: string): string {
  return `npm install -g ${FROM_AN_ADDRESS} ${shellWord(site + CLIENT_FILE)}`;
}
