// Which Dandiset or version a DOI belongs to, by the records themselves: DOIs of copies, and those registered
// under a prefix that the settings no longer name, follow no pattern that could be computed.

import { readObject, type ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { DandiAddress } from '../../core/identifiers/dandi-address.ts';
import {
  dandisetFolder,
  parseDandisetNumber,
  type DandisetNumber,
} from '../../core/identifiers/dandiset-id.ts';
import { isPlaceholderDoi, parseDoi } from '../../core/identifiers/doi.ts';
import type { PublishedVersionId } from '../../core/identifiers/version-id.ts';
import { textMember } from '../../core/json/json-text.ts';
import { contentPlace, DANDISET_FILE, versionFolder } from '../../core/records/layout.ts';
import { MANIFEST_FILE } from '../../core/records/manifest.ts';
import { STATUS_FILE, toStatus } from '../../core/records/status.ts';

/** Published versions by Dandiset, below a folder. */
async function versionsBelow(
  tree: ContentTree,
  folder: string,
): Promise<Map<DandisetNumber, PublishedVersionId[]>> {
  const found = new Map<DandisetNumber, PublishedVersionId[]>();
  for (const { path } of await tree.list(folder)) {
    const place = contentPlace(path);
    if (place.kind !== 'version' || place.version === 'draft') continue;
    if (place.file !== DANDISET_FILE) continue;
    found.set(place.number, [...(found.get(place.number) ?? []), place.version]);
  }
  return found;
}

/** The DOI that a version was frozen with, in small letters. */
async function frozenDoi(
  tree: ContentTree,
  number: DandisetNumber,
  version: PublishedVersionId,
): Promise<string | undefined> {
  const folder = versionFolder(number, version);
  const manifest = await readObject(tree, `${folder}/${MANIFEST_FILE}`);
  const text =
    textMember(manifest, 'doi') ??
    textMember(await readObject(tree, `${folder}/${DANDISET_FILE}`), 'doi');
  const doi = parseDoi(text ?? '');
  return doi === undefined || isPlaceholderDoi(doi) ? undefined : doi.toLowerCase();
}

async function amongVersions(
  tree: ContentTree,
  number: DandisetNumber,
  versions: readonly PublishedVersionId[],
  doi: string,
): Promise<DandiAddress | undefined> {
  const status = toStatus(
    (await readObject(tree, `${dandisetFolder(number)}/${STATUS_FILE}`)) ?? {},
  );
  if (status.dandisetDoi?.doi.toLowerCase() === doi) return { number };
  for (const version of versions) {
    const own = await frozenDoi(tree, number, version);
    if (own === doi) return { number, version };
    // The DOI of a Dandiset is the part that those of its versions have in common.
    if (own === `${doi}/${version}`) return { number };
  }
  return undefined;
}

/** The version whose DOI a text is, or the Dandiset if it is that of all versions; undefined for any other text. */
export async function findDoi(tree: ContentTree, text: string): Promise<DandiAddress | undefined> {
  const doi = parseDoi(text)?.toLowerCase();
  if (doi === undefined) return undefined;
  // Nearly every DOI names the number, so that the rest of a large archive need not be read.
  const named = parseDandisetNumber(/\.(\d{6})(?:\/|$)/.exec(doi)?.[1] ?? '');
  if (named !== undefined) {
    const versions = (await versionsBelow(tree, dandisetFolder(named))).get(named) ?? [];
    const found = await amongVersions(tree, named, versions, doi);
    if (found !== undefined) return found;
  }
  for (const [number, versions] of await versionsBelow(tree, 'dandisets')) {
    const found = number === named ? undefined : await amongVersions(tree, number, versions, doi);
    if (found !== undefined) return found;
  }
  return undefined;
}
