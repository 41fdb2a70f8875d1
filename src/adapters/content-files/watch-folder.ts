// Tells when a file below a folder changes, also one that an editor replaces by renaming.

import { watch, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

export interface FolderWatch {
  close(): void;
}

// macOS and Windows watch whole trees themselves. On Linux Node watches each file, and loses those
// that are replaced; a watch on each folder does not.
const WATCHES_TREES = process.platform === 'darwin' || process.platform === 'win32';
// Saving takes an editor several steps: write beside, rename, remove.
const SETTLE_MS = 150;

/**
 * Calls `onChange` shortly after files or folders below `root` were changed, added or removed,
 * with the path of one of them relative to `root`. Several changes in a row are one call.
 */
export async function watchFolder(
  root: string,
  onChange: (changed: string) => void,
): Promise<FolderWatch> {
  const watchers = new Map<string, FSWatcher>();
  let pending: NodeJS.Timeout | undefined;
  let isClosed = false;

  function changed(relative: string): void {
    clearTimeout(pending);
    pending = setTimeout(() => onChange(relative), SETTLE_MS);
  }

  function forget(folder: string): void {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  }

  async function add(folder: string): Promise<void> {
    try {
      // A watch on a file would tell of it once more, as of a file in a folder of that name.
      if (!(await stat(path.join(root, folder))).isDirectory()) return;
      if (isClosed || watchers.has(folder)) return;
      const watcher = watch(
        path.join(root, folder),
        { recursive: WATCHES_TREES },
        (_event, name) => {
          const relative = name === null ? folder : path.join(folder, name);
          changed(relative);
          // It may be a new folder; whatever is in it by now is part of this change.
          if (!WATCHES_TREES) void add(relative);
        },
      );
      // A folder that goes away ends its watch: that is seen in the folder above.
      watcher.on('error', () => forget(folder));
      watchers.set(folder, watcher);
      if (WATCHES_TREES) return;
      const entries = await readdir(path.join(root, folder), { withFileTypes: true });
      const folders = entries.filter((entry) => entry.isDirectory());
      await Promise.all(folders.map((entry) => add(path.join(folder, entry.name))));
    } catch {
      // Gone again.
      forget(folder);
    }
  }

  await add('');
  return {
    close() {
      isClosed = true;
      clearTimeout(pending);
      for (const folder of [...watchers.keys()]) forget(folder);
    },
  };
}
