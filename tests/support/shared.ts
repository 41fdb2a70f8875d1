// The reference material next to the repository: schema releases and real records.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { repository, type NeededPart } from './needed-part.ts';

const configured = process.env['SHARED_DIR'] ?? '../shared';
const folder = path.resolve(repository, configured);

/** SHARED_DIR, by default `../shared`. `SHARED_DIR=none` says that a machine intentionally lacks it. */
export const shared: NeededPart = {
  path: folder,
  absent: existsSync(path.join(folder, 'dandi-schema'))
    ? undefined
    : `no reference material at ${configured} (SHARED_DIR)`,
  isRefused: configured === 'none',
};
