// The Python environment of the conformance tests, which `node scripts/python.mjs` makes.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { repository, type NeededPart } from './needed-part.ts';

const folder = path.join(repository, '.cache', 'python');
const interpreter =
  process.platform === 'win32'
    ? path.join(folder, 'Scripts', 'python.exe')
    : path.join(folder, 'bin', 'python');

/** The interpreter that has dandi, dandischema, pynwb and nwbinspector. */
export const python: NeededPart = {
  path: interpreter,
  absent: existsSync(interpreter)
    ? undefined
    : 'no Python environment in .cache/python (node scripts/python.mjs)',
};
