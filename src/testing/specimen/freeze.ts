// Freezing a release of the demo as a published version: what an author wrote, completed by what
// the archive computes, and the manifest over it.

import { summarizeAssets } from '../../core/assets/summary.ts';
import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import {
  formatDandisetIdentifier,
  type DandisetNumber,
} from '../../core/identifiers/dandiset-id.ts';
import { versionFromDate, type PublishedVersionId } from '../../core/identifiers/version-id.ts';
import { listMember, member, textMember, type JsonObject } from '../../core/json/json-text.ts';
import type { Archive } from '../../core/records/archive.ts';
import { ASSETS_FILE, DANDISET_FILE } from '../../core/records/layout.ts';
import {
  formatManifest,
  frozenFile,
  MANIFEST_FILE,
  MANIFEST_SCHEMA,
  versionDigest,
} from '../../core/records/manifest.ts';
import {
  assetLine,
  describeAsset,
  SCHEMA_VERSION,
  type DescribedAsset,
} from './described-asset.ts';
import type { Release } from './story.ts';
import { uuidOf } from './uuid.ts';

const CONTEXT = `https://raw.githubusercontent.com/dandi/schema/master/releases/${SCHEMA_VERSION}/context.json`;

export const OPEN_ACCESS: JsonObject[] = [
  { schemaKey: 'AccessRequirements', status: 'dandi:OpenAccess' },
];

export interface FreezeOrder {
  archive: Archive;
  number: DandisetNumber;
  created: string;
  release: Release;
  /** Digest of the version before; null for the first. */
  previous: string | null;
  /** Metadata of assets as frozen by earlier versions, by asset id: an asset is published once. */
  published: Map<string, JsonObject>;
}

export interface FrozenVersion {
  version: PublishedVersionId;
  /** File name → text. */
  files: Map<string, string>;
  digest: string;
}

/** "A; B (YEAR) NAME (Version V) [Data set]. ARCHIVE. URL", of those who want to be cited. */
function citation(
  archive: Archive,
  authored: JsonObject,
  version: string,
  url: string,
  year: string,
): string {
  const names = listMember(authored, 'contributor')
    .filter((contributor) => member(contributor, 'includeInCitation') === true)
    .map((contributor) => textMember(contributor, 'name') ?? '');
  const title = (textMember(authored, 'name') ?? '').replace(/\.$/, '');
  return `${names.join('; ')} (${year}) ${title} (Version ${version}) [Data set]. ${archive.name}. ${url}`;
}

function publishActivity(archive: Archive, subject: string, at: string): JsonObject {
  return {
    schemaKey: 'PublishActivity',
    id: `urn:uuid:${uuidOf('publish', subject)}`,
    name: `${archive.identifierPrefix} publish`,
    startDate: at,
    endDate: at,
    wasAssociatedWith: [
      {
        schemaKey: 'Software',
        id: `urn:uuid:${uuidOf('software', archive.identifierPrefix)}`,
        name: `${archive.identifierPrefix} specimen script`,
        version: '1.0.0',
      },
    ],
  };
}

function frozenAsset(order: FreezeOrder, asset: DescribedAsset, activity: JsonObject): JsonObject {
  const { archive, release, published } = order;
  const before = published.get(asset.assetId);
  if (before !== undefined) return before;
  const stored = `${archive.site}storage/${asset.storedAt}`;
  const frozen: JsonObject = {
    '@context': CONTEXT,
    id: `dandiasset:${asset.assetId}`,
    identifier: asset.assetId,
    ...asset.metadata,
    access: OPEN_ACCESS,
    dateModified: asset.asset.modified,
    contentUrl: [`${archive.site}api/assets/${asset.key}/download/`, stored],
    publishedBy: activity,
    datePublished: release.publishedAt,
  };
  published.set(asset.assetId, frozen);
  return frozen;
}

/** The files of the published version of a release, and its digest. */
export function freeze(order: FreezeOrder): FrozenVersion {
  const { archive, number, release } = order;
  const identifier = formatDandisetIdentifier({ prefix: archive.identifierPrefix, number });
  const version = versionFromDate(new Date(release.publishedAt));
  const url = `${archive.site}dandiset/${number}/${version}`;
  const activity = publishActivity(archive, `${identifier}/${version}`, release.publishedAt);

  const assets = release.assets
    .map((asset) => describeAsset(identifier, asset))
    .sort((a, b) => compareUtf8(a.asset.path, b.asset.path));
  const summary = summarizeAssets(
    assets.map(({ asset, size, metadata }) => ({ path: asset.path, size, metadata })),
  );
  const dandiset: JsonObject = {
    '@context': CONTEXT,
    id: `${identifier}/${version}`,
    identifier,
    schemaKey: 'Dandiset',
    schemaVersion: SCHEMA_VERSION,
    version,
    ...release.dandiset,
    access: OPEN_ACCESS,
    url,
    repository: archive.site,
    citation: citation(archive, release.dandiset, version, url, release.publishedAt.slice(0, 4)),
    assetsSummary: summary,
    manifestLocation: [`${url}/${ASSETS_FILE}`],
    dateCreated: order.created,
    dateModified: release.publishedAt,
    datePublished: release.publishedAt,
    publishedBy: activity,
    releaseNotes: release.releaseNotes,
  };
  const records = new Map([
    [
      ASSETS_FILE,
      assets.map((asset) => assetLine(asset, frozenAsset(order, asset, activity))).join(''),
    ],
    [DANDISET_FILE, `${JSON.stringify(dandiset, null, 2)}\n`],
  ]);
  const manifest = formatManifest({
    schema: MANIFEST_SCHEMA,
    identifier,
    version,
    datePublished: release.publishedAt,
    files: [...records].map(([name, text]) => frozenFile(name, new TextEncoder().encode(text))),
    assets: { count: assets.length, bytes: assets.reduce((sum, { size }) => sum + size, 0) },
    previous: order.previous,
  });
  return {
    version,
    files: new Map([...records, [MANIFEST_FILE, manifest]]),
    digest: versionDigest(manifest),
  };
}
