// Citations for reference managers and other programs, next to the page of a version.

import { CITATION_FORMATS } from '../../core/citations/index.ts';
import type { SiteFile } from '../site-file.ts';
import type { VersionMaterial } from '../catalog/version-material.ts';

/** A file for every format that has one. A draft has none: it is not citable. */
export function citationFiles({ entry, facts }: VersionMaterial): SiteFile[] {
  if (entry.status === 'draft') return [];
  return CITATION_FORMATS.flatMap(({ file, write }) => {
    if (file === undefined) return [];
    const text = write(facts);
    const path = `dandiset/${entry.number}/${entry.version}/${file}`;
    return [{ path, contents: text.endsWith('\n') ? text : `${text}\n` }];
  });
}
