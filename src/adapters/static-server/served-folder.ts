// A folder whose files are served. Nothing outside of it is ever opened, neither through `..` in
// a name nor through a link that leads out.

import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

export interface ServedFile {
  handle: FileHandle;
  /** Relative to the folder, `/`-separated. */
  path: string;
  size: number;
  modified: Date;
  /** A strong validator: changes whenever size or time of change do. */
  etag: string;
}

export interface ServedFolder {
  /** Opens a file; the caller closes it. `folder` for a directory, undefined for what is not there. */
  open(names: readonly string[]): Promise<ServedFile | 'folder' | undefined>;
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES', 'EINVAL', 'ENXIO']);

/** Whether a name stands for itself: not empty, not `.` or `..`, not a path. */
function isPlainName(name: string): boolean {
  return (
    name !== '' && name !== '.' && name !== '..' && !name.includes('/') && !name.includes(path.sep)
  );
}

/** The folder at `root`, which need not be there yet. */
export function servedFolder(root: string): ServedFolder {
  return {
    async open(names) {
      if (!names.every(isPlainName)) return undefined;
      try {
        const base = await realpath(root);
        const target = await realpath(path.join(base, ...names));
        if (target !== base && !target.startsWith(base + path.sep)) return undefined;
        // Asked first: to open a pipe would wait for its other end.
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
