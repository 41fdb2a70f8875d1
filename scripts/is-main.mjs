// Whether a script is run rather than imported. Node names the running file as it was typed, which may be a
// link, such as npm makes for commands; modules are named by their real path.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export function isMain(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === realpathSync(fileURLToPath(moduleUrl));
}
