// Where an asset goes in the folder of a download.

import { baseName } from '../identifiers/asset-path.ts';
import type { Part } from './resource.ts';

/**
 * Where an asset goes, relative to the target. As with DANDI's client: a whole version and the matches of a
 * pattern keep their paths, one asset its name alone, and of a folder or prefix the parents are left out.
 */
export function targetOf(path: string, part: Part, keepsTree: boolean): string {
  if (keepsTree || part.kind === 'all' || part.kind === 'glob') return path;
  if (part.kind === 'path' || part.kind === 'id') return baseName(path);
  const named = part.path.replace(/^\/+|\/+$/g, '');
  return path.slice(named.lastIndexOf('/') + 1);
}
