// A content tree on disk. Content may come from a stranger's pull request: links are never
// followed, and nothing outside the folder is ever opened.

import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { ArchiveError } from '../../core/error.ts';
import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import type { ContentEntry, ContentTree } from './content-tree.ts';

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP']);

function isAbsent(error: unknown): boolean {
  return ABSENT.has((error as NodeJS.ErrnoException).code ?? '');
}

/** The tree of files below a folder. */
export function folderTree(folder: string): ContentTree {
  const root = path.resolve(folder);

  const absolute = (relative: string): string => {
    const target = path.resolve(root, relative);
    if (target !== root && !target.startsWith(root + path.sep)) {
      throw new ArchiveError('content-not-found', `"${relative}" lies outside ${folder}`);
    }
    return target;
  };

  async function walk(relative: string, into: ContentEntry[]): Promise<void> {
    let names;
    try {
      names = await readdir(absolute(relative), { withFileTypes: true });
    } catch (error) {
      if (isAbsent(error)) return;
      throw error;
    }
    for (const entry of names) {
      const inner = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) await walk(inner, into);
      else if (!entry.isFile()) into.push({ path: inner, kind: 'other', size: 0 });
      else into.push({ path: inner, kind: 'file', size: (await lstat(absolute(inner))).size });
    }
  }

  /** Whether every folder on the way is a real one, not a link to elsewhere. */
  async function isInside(relative: string): Promise<boolean> {
    const parts = relative.split('/').slice(0, -1);
    for (let count = 1; count <= parts.length; count += 1) {
      const step = await lstat(absolute(parts.slice(0, count).join('/')));
      if (!step.isDirectory()) return false;
    }
    return true;
  }

  return {
    name: folder,
    async list(inside) {
      const entries: ContentEntry[] = [];
      await walk(inside, entries);
      return entries.sort((a, b) => compareUtf8(a.path, b.path));
    },
    async read(relative) {
      try {
        if (!(await isInside(relative))) return undefined;
        const file = await open(absolute(relative), constants.O_RDONLY | constants.O_NOFOLLOW);
        try {
          return await file.readFile();
        } finally {
          await file.close();
        }
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
  };
}
