// The Python environments of the tests, which `node scripts/python.mjs` makes.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { repository, type NeededPart } from '../needed-part.ts';

function environment(name: string): NeededPart {
  const folder = path.join(repository, '.cache', name);
  const interpreter =
    process.platform === 'win32'
      ? path.join(folder, 'Scripts', 'python.exe')
      : path.join(folder, 'bin', 'python');
  return {
    path: interpreter,
    absent: existsSync(interpreter)
      ? undefined
      : `no Python environment in .cache/${name} (node scripts/python.mjs)`,
  };
}

/** The interpreter that has dandi, dandischema, pynwb and nwbinspector. */
export const python = environment('python');

/**
 * The interpreter that has mlcroissant, roc-validator and cffconvert, which need other releases of
 * the same packages.
 */
export const pythonExports = environment('python-exports');

/** The interpreter next to zizmor, which looks for security problems in workflows. */
export const pythonWorkflows = environment('python-workflows');

/** The interpreter that has hdmf-zarr and LINDI, which need an older release of zarr. */
export const pythonZarr = environment('python-zarr');
