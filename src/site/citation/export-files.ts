// Machine-readable descriptions next to the pages of a version and of a Dandiset.

import { describingFiles, exportFiles as filesOf, LINKSET_FILE } from '../../core/exports/index.ts';
import { dandisetLinksetJson } from '../../core/exports/signposting.ts';
import { exportInput } from './export-input.ts';
import type { SiteFile } from '../site-file.ts';
import type { VersionMaterial } from '../catalog/version-material.ts';

/**
 * One file per format, and the linkset; of a draft those that cite nothing. The version that the page of the
 * Dandiset shows has the linkset of that page too.
 */
export async function versionExportFiles(material: VersionMaterial): Promise<SiteFile[]> {
  const { catalog, dandiset, entry, facts, record } = material;
  const { number, version } = entry;
  const input = await exportInput(material);
  const files: SiteFile[] = filesOf(input, record, number).map(({ name, contents }) => ({
    path: `dandiset/${number}/${version}/${name}`,
    contents,
  }));
  if (entry !== dandiset.shown) return files;
  const page = `dandiset/${number}/`;
  const siblings = describingFiles(facts.url, number, version);
  const contents = dandisetLinksetJson(catalog.archive.site + page, input, siblings);
  return [...files, { path: page + LINKSET_FILE, contents }];
}
