// Reports when a file below a folder changes, including one that an editor replaces by renaming.

import { watch, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

export interface FolderWatch {
  close(): void;
}

// macOS and Windows watch whole trees natively. On Linux Node watches each file, and loses those that are
// replaced; a watch on each folder does not.
const WATCHES_TREES = process.platform === 'darwin' || process.platform === 'win32';
// Saving takes an editor several steps: write a copy, rename, remove.
const SETTLE_MS = 150;

/**
 * Calls `onChange` shortly after files or folders below `root` were changed, added or removed, with the path
 * of one of them relative to `root`. Several changes in a row result in one call.
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
      // A watch on a file would report it once more, as a file in a folder of that name.
      if (!(await stat(path.join(root, folder))).isDirectory()) return;
      if (isClosed || watchers.has(folder)) return;
      const watcher = watch(
        path.join(root, folder),
        { recursive: WATCHES_TREES },
        (_event, name) => {
          const relative = name === null ? folder : path.join(folder, name);
          changed(relative);
          // It may be a new folder; its present contents are part of this change.
          if (!WATCHES_TREES) void add(relative);
        },
      );
      // A watch ends when its folder is removed; the watch on the parent folder reports that.
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
