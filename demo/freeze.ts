// Freezing a release of the demo as a published version, as the registrar would.

import { compareUtf8 } from '../src/core/identifiers/asset-path.ts';
import {
  formatDandisetIdentifier,
  type DandisetNumber,
} from '../src/core/identifiers/dandiset-id.ts';
import { versionFromDate } from '../src/core/identifiers/version-id.ts';
import { freezeVersion, type FrozenVersion } from '../src/core/publishing/freeze-version.ts';
import type { Archive } from '../src/core/records/archive.ts';
import { ASSETS_FILE } from '../src/core/records/layout.ts';
import { assetLine, describeAsset, SCHEMA_VERSION } from './described-asset.ts';
import type { Contents, Release } from './story.ts';

/** What a draft contains: what its authors wrote, and nothing that the archive computes. */
export interface DraftTexts {
  dandiset: string;
  assets: string;
}

/** The files of a draft with these contents. */
export function draftTexts(identifier: string, contents: Contents): DraftTexts {
  const { schemaVersion = SCHEMA_VERSION } = contents;
  const dandiset = {
    identifier,
    schemaKey: 'Dandiset',
    schemaVersion,
    ...contents.dandiset,
    access: [{ schemaKey: 'AccessRequirements', status: 'dandi:OpenAccess' }],
  };
  const lines = contents.assets
    .map((asset) => describeAsset(identifier, asset, schemaVersion))
    .sort((a, b) => compareUtf8(a.asset.path, b.asset.path))
    .map((described) => assetLine(described, described.metadata));
  return { dandiset: `${JSON.stringify(dandiset, null, 2)}\n`, assets: lines.join('') };
}

export interface FreezeOrder {
  archive: Archive;
  number: DandisetNumber;
  created: string;
  release: Release;
  /** The previous versions, newest first. */
  before: readonly FrozenVersion[];
}

/** The published version of a release. */
export function freeze(order: FreezeOrder): FrozenVersion {
  const { archive, number, created, release, before } = order;
  const identifier = formatDandisetIdentifier({ prefix: archive.identifierPrefix, number });
  return freezeVersion({
    archive,
    number,
    version: versionFromDate(new Date(release.publishedAt)),
    time: release.publishedAt,
    created,
    draft: draftTexts(identifier, release),
    releaseNotes: release.releaseNotes,
    previous: before[0]?.digest ?? null,
    before: before.map(({ files }) => files.get(ASSETS_FILE) ?? ''),
    publisher: { name: `${archive.identifierPrefix} specimen script`, version: '1.0.0' },
  });
}
