// A folder whose files are served. Nothing outside it is ever opened, neither through `..` in a name nor
// through a link that points outside.

import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

export interface ServedFile {
  handle: FileHandle;
  /** Relative to the folder, `/`-separated. */
  path: string;
  size: number;
  modified: Date;
  /** A strong validator: changes whenever the size or the modification time does. */
  etag: string;
}

export interface ServedFolder {
  /** Opens a file; the caller closes it. `folder` for a directory, undefined for what does not exist. */
  open(names: readonly string[]): Promise<ServedFile | 'folder' | undefined>;
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES', 'EINVAL', 'ENXIO']);

/** Whether a name is a plain one: not empty, not `.` or `..`, not a path. */
function isPlainName(name: string): boolean {
  return (
    !['', '.', '..'].includes(name) && !['/', path.sep, '\0'].some((sign) => name.includes(sign))
  );
}

/** Which names may begin with a dot: called with the index of the name among all names of a path. */
export type DotNames = (names: readonly string[], at: number) => boolean;

/** In a built site: the folder that standards name, and nothing in it. */
export const DOTS_OF_SITE: DotNames = (names, at) => at === 0 && names[0] === '.well-known';
/** In a store: files of Zarrs, such as `.zattrs`. */
export const DOTS_OF_STORE: DotNames = (names, at) => at >= 2 && names[0] === 'zarr';

/**
 * The folder at `root`, which need not exist yet. Names that begin with a dot are not served, since a system
 * or a program left them there, except those that `dots` allows.
 */
export function servedFolder(root: string, dots: DotNames): ServedFolder {
  const isServed = (name: string, at: number, names: readonly string[]): boolean =>
    isPlainName(name) && (!name.startsWith('.') || dots(names, at));
  return {
    async open(names) {
      if (!names.every(isServed)) return undefined;
      try {
        const base = await realpath(root);
        const target = await realpath(path.join(base, ...names));
        if (target !== base && !target.startsWith(base + path.sep)) return undefined;
        // Checked first: opening a pipe would wait for its other end.
        const status = await stat(target);
        if (status.isDirectory()) return 'folder';
        if (!status.isFile()) return undefined;
        const handle = await open(target, 'r');
        const etag = `"${status.size.toString(36)}-${Math.round(status.mtimeMs * 1000).toString(36)}"`;
        return {
          handle,
          path: names.join('/'),
          size: status.size,
          modified: status.mtime,
          etag,
        };
      } catch (error) {
        if (ABSENT.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
        throw error;
      }
    },
  };
}
