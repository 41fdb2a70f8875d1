// A content tree in memory: for tests, previews and plans that were not carried out.

import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import type { ContentEntry, ContentTree } from './content-tree.ts';

/** A tree of the given files (path → text or bytes). */
export function memoryTree(
  files: Record<string, string | Uint8Array>,
  name = 'memory',
): ContentTree {
  const bytes = new Map<string, Uint8Array>();
  for (const [path, data] of Object.entries(files)) {
    bytes.set(path, typeof data === 'string' ? new TextEncoder().encode(data) : data);
  }
  return {
    name,
    async list(folder) {
      const inside = folder === '' ? '' : `${folder}/`;
      const entries: ContentEntry[] = [];
      for (const [path, data] of bytes) {
        if (path.startsWith(inside)) entries.push({ path, kind: 'file', size: data.length });
      }
      return entries.sort((a, b) => compareUtf8(a.path, b.path));
    },
    async read(path) {
      return bytes.get(path);
    },
  };
}
