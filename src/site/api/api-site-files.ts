// The API's documents of the archive as a whole: discovery, the Dandisets and their versions, the schemas,
// and its own description.

import { CURRENT_RELEASE, RELEASES } from '../../core/schema/differences.ts';
import { RECORD_KINDS } from '../../core/schema/record-models.ts';
import { schemaFor } from '../../core/schema/schema-for.ts';
import { absoluteStoreAddress } from '../../core/records/archive.ts';
import { readableAssets } from '../../core/records/asset-list.ts';
import { apiAssetId, placeOfBytes } from '../../core/records/asset.ts';
import { versionFolder } from '../../core/records/layout.ts';
import { readList, type Catalog } from '../catalog/catalog.ts';
import type { SiteFile } from '../site-file.ts';
import {
  dandisetDocument,
  offeredDandisets,
  offeredVersions,
  versionItem,
} from './api-dandisets.ts';
import { apiDocument, apiPages, namedDocument } from './api-document.ts';
import { openApiDocument, type ApiExamples } from './openapi.ts';

/** The version of these documents, like the `version` that a server reports to its clients. */
export const API_VERSION = '1.0.0';

/** What a client requests first: where the API is, and which clients it accepts. */
export function serverInfo({ archive }: Pick<Catalog, 'archive'>): object {
  const { site, identifierPrefix, doiPrefix, licenses, stores } = archive;
  const withoutSlash = site.replace(/\/$/, '');
  return {
    instance_config: {
      instance_name: identifierPrefix,
      instance_identifier: null,
      instance_url: site,
      doi_prefix: doiPrefix ?? null,
      licenses,
    },
    schema_version: CURRENT_RELEASE,
    schema_url: `${site}api/schemas/PublishedDandiset.json`,
    allowed_schema_versions: RELEASES,
    version: API_VERSION,
    'cli-minimal-version': '0.60.0',
    'cli-requires-python': '>=3.9',
    'cli-bad-versions': [],
    services: {
      api: { url: `${site}api` },
      webui: { url: withoutSlash },
      // The frozen records by their own addresses: `<url><number>/<version>/dandiset.json`.
      records: { url: `${site}dandiset/` },
      // Where the bytes are: `<url>blobs/…`, `zarr/…`, `lists/…`; the first is preferred.
      stores: stores.map((store) => ({ url: absoluteStoreAddress(archive, store) })),
    },
  };
}

function stats(catalog: Catalog): object {
  const dandisets = offeredDandisets(catalog);
  const owners = new Set(
    dandisets.flatMap(({ records }) => records.owners.map(({ login }) => login.toLowerCase())),
  );
  return {
    dandiset_count: dandisets.length,
    published_dandiset_count: dandisets.filter(({ newest }) => newest !== undefined).length,
    user_count: owners.size,
    size: dandisets.reduce((sum, { shown }) => sum + (shown.summary.bytes ?? 0), 0),
  };
}

function schemaFiles({ archive }: Catalog): SiteFile[] {
  const { identifierPrefix, site, doiPrefix, licenses } = archive;
  const settings = {
    prefix: identifierPrefix,
    site,
    licenses,
    ...(doiPrefix === undefined ? {} : { doiPrefix }),
  };
  const schemas = RECORD_KINDS.map((kind) => {
    const schema = schemaFor({ release: CURRENT_RELEASE, kind, settings });
    return namedDocument(`api/schemas/${kind}.json`, JSON.stringify(schema, undefined, 1));
  });
  return [...schemas, apiDocument('schemas/available', RECORD_KINDS)];
}

/** A version with files, and one of its files, for the examples. */
async function examplesOf(catalog: Catalog): Promise<ApiExamples> {
  for (const { newest } of catalog.dandisets) {
    if (newest === undefined || (newest.summary.files ?? 0) === 0) continue;
    const { list } = await readList(catalog, versionFolder(newest.number, newest.version));
    for (const asset of list === undefined ? [] : readableAssets(list)) {
      const key = asset.zarr === undefined ? placeOfBytes(asset) : undefined;
      const assetId = key === undefined ? undefined : apiAssetId(key);
      if (assetId !== undefined) {
        const { number, version } = newest;
        return { number, version, assetId, uuid: asset.assetId };
      }
    }
  }
  const shown = catalog.dandisets[0]?.shown;
  return { number: shown?.number ?? '000001', version: shown?.version ?? 'draft' };
}

/** The documents of the archive, one Dandiset at a time. */
export async function* apiSiteFiles(catalog: Catalog): AsyncGenerator<SiteFile> {
  const { archive } = catalog;
  yield namedDocument('server-info', JSON.stringify(serverInfo(catalog)));
  yield apiDocument('info', serverInfo(catalog));
  // Whoever opens the API itself finds out what it is.
  yield namedDocument('api/index.html', JSON.stringify(serverInfo(catalog)));
  yield apiDocument('stats', stats(catalog));
  yield* schemaFiles(catalog);
  const described = openApiDocument(archive, API_VERSION, await examplesOf(catalog));
  yield namedDocument('api/openapi.json', JSON.stringify(described, undefined, 2));
  const dandisets = offeredDandisets(catalog);
  const items = dandisets.map((one) => JSON.stringify(dandisetDocument(one)));
  yield* apiPages(archive.site, 'dandisets', items.length, items);
  for (const dandiset of dandisets) {
    const path = `dandisets/${dandiset.number}`;
    yield apiDocument(path, dandisetDocument(dandiset));
    const versions = offeredVersions(dandiset);
    const texts = versions.map((entry) => JSON.stringify(versionItem(dandiset, entry)));
    yield* apiPages(archive.site, `${path}/versions`, versions.length, texts);
  }
}
