// How much memory a build may take. V8 does not collect garbage as long as there is room; a limit near what
// is needed holds a build of 10,000 versions (38,000 pages) below 1 GB. The limit grows with the archive, so
// that it never stops a build, and a limit set in NODE_OPTIONS takes precedence.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const LEAST_MEGABYTES = 640;
/** Measured: some 30 kB of live heap per version, doubled. */
const MEGABYTES_A_VERSION = 0.06;

function countVersions(content) {
  const home = path.join(content, 'dandisets');
  if (!existsSync(home)) return 0;
  return readdirSync(home, { recursive: true }).filter((name) => name.endsWith('dandiset.json'))
    .length;
}

/** NODE_OPTIONS for building the archive in a content folder. */
export function nodeOptionsFor(content, given = process.env.NODE_OPTIONS ?? '') {
  if (given.includes('--max-old-space-size')) return given;
  const needed = Math.ceil(countVersions(content) * MEGABYTES_A_VERSION);
  const limit = `--max-old-space-size=${Math.max(LEAST_MEGABYTES, needed)}`;
  return `${given} ${limit}`.trim();
}
