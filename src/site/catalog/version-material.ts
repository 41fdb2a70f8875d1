// A version's records, read once for all files made from them along with its page.

import { versionFolder } from '../../core/records/layout.ts';
import { citableRecord, type CitableRecord } from '../../core/metadata/citable-record.ts';
import { readableAssets } from '../../core/records/asset-list.ts';
import { registeredDoi as frozenDoi } from '../../core/records/registered-doi.ts';
import type { AssetRecord } from '../../core/records/asset.ts';
import type { JsonObject } from '../../core/json/json-text.ts';
import {
  readList,
  readRecord,
  type Catalog,
  type DandisetEntry,
  type VersionEntry,
} from './catalog.ts';

export interface VersionMaterial {
  catalog: Catalog;
  dandiset: DandisetEntry;
  entry: VersionEntry;
  record: JsonObject;
  facts: CitableRecord;
  /** The bytes of the list of assets; undefined where it is not held or cannot be reached. */
  list: Uint8Array | undefined;
  /** The assets of the list, in path order; none where there is no list. */
  assets(): Iterable<AssetRecord>;
}

/** A registered DOI of a published version; imported ones count as registered (DESIGN section 3). */
export function registeredVersionDoi(
  dandiset: DandisetEntry,
  entry: VersionEntry,
  record: JsonObject,
): string | undefined {
  return frozenDoi(record, {
    isDraft: entry.version === 'draft',
    isImported: entry.manifest?.source !== undefined,
    isRegistered: dandiset.records.doiRegistered.has(entry.version),
  });
}

/** The absolute address of the page of a version. */
export function absoluteVersionAddress(
  catalog: Pick<Catalog, 'archive'>,
  number: string,
  version: string,
): string {
  return `${catalog.archive.site}dandiset/${number}/${version}/`;
}

/** Facts of a version whose record was read already. */
export function citableRecordOf(
  catalog: Catalog,
  dandiset: DandisetEntry,
  entry: VersionEntry,
  record: JsonObject,
): CitableRecord {
  return citableRecord(record, {
    identifier: dandiset.identifier,
    version: entry.version,
    status: entry.status,
    doi: registeredVersionDoi(dandiset, entry, record),
    isImported: entry.manifest?.source !== undefined,
    url: absoluteVersionAddress(catalog, entry.number, entry.version),
    archive: catalog.archive.name,
    summary: entry.summary.assetsSummary,
    files: entry.summary.files,
    bytes: entry.summary.bytes,
  });
}

/** Reads the records of a version. */
export async function readMaterial(
  catalog: Catalog,
  dandiset: DandisetEntry,
  entry: VersionEntry,
): Promise<VersionMaterial> {
  const record = await readRecord(catalog, entry.number, entry.version);
  const { list } = await readList(catalog, versionFolder(entry.number, entry.version));
  return {
    catalog,
    dandiset,
    entry,
    record,
    facts: citableRecordOf(catalog, dandiset, entry, record),
    list,
    assets: () => (list === undefined ? [] : readableAssets(list)),
  };
}
