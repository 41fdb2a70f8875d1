// Files for `sha256sum -c`: over the frozen files of a version, and over its data files. With them, files can
// be checked without this program.

import { checksumLine } from '../../core/digests/checksum-line.ts';
import { checkableDigest } from '../../core/records/checkable-file.ts';
import { ASSETS_FILE, ASSETS_REFERENCE_FILE, DANDISET_FILE } from '../../core/records/layout.ts';
import { MANIFEST_FILE, type FrozenFile } from '../../core/records/manifest.ts';
import type { VersionEntry } from '../catalog/catalog.ts';
import type { SiteFile } from '../site-file.ts';
import type { VersionMaterial } from '../catalog/version-material.ts';

/** Over the frozen files. */
export const FROZEN_SUMS = 'sha256sums.txt';
/** Over the data files, by their paths. */
export const DATA_SUMS = 'files.sha256';

// A manifest could name anything; these are the files next to the page.
const FROZEN_NAMES: readonly string[] = [ASSETS_FILE, ASSETS_REFERENCE_FILE, DANDISET_FILE];

/** The frozen files of a version as its manifest names them, and the digest of the manifest. */
export function frozenFiles({
  manifest,
  digest,
}: Pick<VersionEntry, 'manifest' | 'digest'>): Pick<FrozenFile, 'name' | 'sha256'>[] {
  if (manifest === undefined || digest === undefined) return [];
  const named = manifest.files.filter(({ name }) => FROZEN_NAMES.includes(name));
  return [...named, { name: MANIFEST_FILE, sha256: digest }];
}

/** How many data files of a version `files.sha256` names; the files of a withdrawn one are not offered. */
export function checkableFiles({ status, summary }: VersionEntry): number {
  return status === 'withdrawn' ? 0 : summary.checkable;
}

/** `sha256sums.txt` and `files.sha256` of a version, where there is something to check. */
export function fixityFiles({ entry, assets }: VersionMaterial): SiteFile[] {
  const folder = `dandiset/${entry.number}/${entry.version}`;
  const frozen = frozenFiles(entry).map(({ sha256, name }) => checksumLine(sha256, name));
  const data: string[] = [];
  for (const asset of checkableFiles(entry) === 0 ? [] : assets()) {
    const sha256 = checkableDigest(asset);
    if (sha256 !== undefined) data.push(checksumLine(sha256, asset.path));
  }
  // sha256sum treats an empty file as an error.
  return [
    { path: `${folder}/${FROZEN_SUMS}`, lines: frozen },
    { path: `${folder}/${DATA_SUMS}`, lines: data },
  ]
    .filter(({ lines }) => lines.length > 0)
    .map(({ path, lines }) => ({ path, contents: lines.join('') }));
}
