// Machine-readable descriptions next to the page of a version.

import { exportFiles as filesOf } from '../../core/exports/index.ts';
import { exportInput } from './export-input.ts';
import type { SiteFile } from '../site-file.ts';
import type { VersionMaterial } from '../catalog/version-material.ts';

/** One file per format, and the linkset. A draft has none: it is not citable and can change any time. */
export async function versionExportFiles(material: VersionMaterial): Promise<SiteFile[]> {
  const { entry, record } = material;
  if (entry.status === 'draft') return [];
  const files = filesOf(await exportInput(material), record, entry.number);
  return files.map(({ name, contents }) => ({
    path: `dandiset/${entry.number}/${entry.version}/${name}`,
    contents,
  }));
}
