// Which files of a Zarr are wanted, as `--zarr` of DANDI's client says it.

import picomatch from 'picomatch';
import { ArchiveError } from '../error.ts';

/** Whether a file of a Zarr is wanted, by its path inside of it. */
export type ZarrFilter = (path: string) => boolean;

function testOf(text: string): ZarrFilter {
  if (text === 'metadata') return picomatch(['**/.z*', '**/zarr.json'], { dot: true });
  if (text.startsWith('glob:')) return picomatch(text.slice('glob:'.length), { dot: true });
  if (text.startsWith('path:')) {
    const folder = text.slice('path:'.length).replace(/^\/+|\/+$/g, '');
    return (path) => path === folder || path.startsWith(`${folder}/`);
  }
  throw new ArchiveError('usage', `"${text}" is no filter for Zarrs.`, {
    hint: 'Write metadata, glob:PATTERN or path:FOLDER.',
  });
}

/**
 * Files that any of the texts names: `metadata` (of Zarr 2 and 3), `glob:` with a pattern, `path:` with a file or
 * a folder. Undefined without any: then all files are wanted.
 *
 * @throws ArchiveError `usage`
 */
export function zarrFilter(texts: readonly string[]): ZarrFilter | undefined {
  if (texts.length === 0) return undefined;
  const tests = texts.map(testOf);
  return (path) => tests.some((test) => test(path));
}
