// What the exports of a version need, gathered from the catalogue.

import { isSha256 } from '../../core/digests/sha256-text.ts';
import { readObject } from '../../adapters/content-files/content-tree.ts';
import { exportFile } from '../../core/exports/export-file.ts';
import {
  MAX_LISTED_FILES,
  type ExportFile,
  type ExportInput,
  type ListFile,
  type OtherVersion,
} from '../../core/exports/export-input.ts';
import { preferredStoreAddress } from '../../core/records/archive.ts';
import { listKeyPath } from '../../core/records/asset-list.ts';
import type { AssetRecord } from '../../core/records/asset.ts';
import { listMember, textMember } from '../../core/json/json-text.ts';
import { ASSETS_FILE, ASSETS_REFERENCE_FILE, versionFolder } from '../../core/records/layout.ts';
import { MANIFEST_FILE } from '../../core/records/manifest.ts';
import { registeredDandisetDoi } from '../../core/records/registered-doi.ts';
import { canonicalAddress } from '../catalog/addresses.ts';
import {
  readRecord,
  type Catalog,
  type DandisetEntry,
  type VersionEntry,
} from '../catalog/catalog.ts';
import { timeOfWithdrawal } from '../catalog/record-times.ts';
import {
  absoluteVersionAddress,
  registeredVersionDoi,
  type VersionMaterial,
} from '../catalog/version-material.ts';

const API_ADDRESS = /\/api\/assets\/[^?#]+\/download\/?$/;

/** Whether the lines of a list give the API's address after the store's; the first line is representative. */
function namesStoreFirst(assets: Iterable<AssetRecord>): boolean {
  for (const { metadata } of assets) {
    const last = listMember(metadata, 'contentUrl').at(-1);
    return typeof last === 'string' && API_ADDRESS.test(last);
  }
  return false;
}

async function listFile({
  catalog,
  dandiset,
  entry,
  assets,
}: VersionMaterial): Promise<ListFile | undefined> {
  if (entry.list === 'record') {
    // A notice that replaces frozen bytes does not have their digest.
    const isRedacted = dandiset.records.redactions.has(entry.version);
    const frozen = isRedacted
      ? undefined
      : entry.manifest?.files.find(({ name }) => name === ASSETS_FILE);
    return {
      url: absoluteVersionAddress(catalog, entry.number, entry.version) + ASSETS_FILE,
      encoding: 'application/jsonl',
      ...(frozen === undefined ? {} : { bytes: frozen.size, sha256: frozen.sha256 }),
      storedFirst: namesStoreFirst(assets()),
    };
  }
  if (entry.list !== 'store') return undefined;
  const folder = versionFolder(entry.number, entry.version);
  const reference = await readObject(catalog.tree, `${folder}/${ASSETS_REFERENCE_FILE}`);
  const sha256 = textMember(reference, 'sha256');
  if (!isSha256(sha256)) return undefined;
  // The digest is that of the list before compression, so it is not given with the address.
  return {
    url: preferredStoreAddress(catalog.archive) + listKeyPath(sha256),
    encoding: 'application/gzip',
  };
}

function listedFiles({ catalog, entry, assets }: VersionMaterial): ExportFile[] {
  // A list longer than what formats can hold need not be read.
  if ((entry.summary.files ?? 0) > MAX_LISTED_FILES) return [];
  const store = preferredStoreAddress(catalog.archive);
  const files: ExportFile[] = [];
  for (const asset of assets()) {
    const file = exportFile(asset, store);
    if (file !== undefined) files.push(file);
    if (files.length > MAX_LISTED_FILES) return [];
  }
  return files;
}

async function otherVersion(
  catalog: Catalog,
  dandiset: DandisetEntry,
  entry: VersionEntry | undefined,
): Promise<OtherVersion | undefined> {
  if (entry === undefined) return undefined;
  const url = absoluteVersionAddress(catalog, entry.number, entry.version);
  const record = await readRecord(catalog, entry.number, entry.version);
  const doi = registeredVersionDoi(dandiset, entry, record);
  return doi === undefined ? { url } : { url, doi };
}

/** Gathers the input. Before a draft is the newest published version. */
export async function exportInput(material: VersionMaterial): Promise<ExportInput> {
  const { catalog, dandiset, entry, facts } = material;
  const { published } = dandiset;
  const { archive, base } = catalog;
  const here = published.indexOf(entry);
  const isUnpublished = entry.status === 'draft' && published.length === 0;
  // What was never published has one page for search engines, that of the Dandiset.
  const page = `dandiset/${entry.number}/${isUnpublished ? '' : `${entry.version}/`}`;
  const [predecessor, successor, latest] = await Promise.all([
    otherVersion(catalog, dandiset, published[here + 1]),
    otherVersion(catalog, dandiset, here > 0 ? published[here - 1] : undefined),
    otherVersion(catalog, dandiset, dandiset.newest),
  ]);
  const isOffered = entry.status !== 'withdrawn';
  const list = isOffered ? await listFile(material) : undefined;
  const dandisetDoi = registeredDandisetDoi(dandiset.records);
  const withdrawn = timeOfWithdrawal(dandiset, entry.version);
  return {
    facts,
    site: { name: archive.name, url: archive.site },
    landing: canonicalAddress(archive, base, base + page),
    ...(isUnpublished ? { page: archive.site + page } : {}),
    files: isOffered ? listedFiles(material) : [],
    history: `${archive.site}dandiset/${entry.number}/versions/`,
    ...(list === undefined ? {} : { list }),
    ...(entry.manifest === undefined ? {} : { manifest: facts.url + MANIFEST_FILE }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
    ...(predecessor === undefined ? {} : { predecessor }),
    ...(successor === undefined ? {} : { successor }),
    ...(latest === undefined ? {} : { latest }),
    ...(dandisetDoi === undefined
      ? {}
      : { dandiset: { url: `${archive.site}dandiset/${entry.number}/`, doi: dandisetDoi } }),
  };
}
