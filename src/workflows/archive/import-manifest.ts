// The manifest an imported version is frozen with.
//
// Imported DOIs count as registered (DESIGN section 3): a manifest with `source` and `doi` is enough to show
// and link it. So status.json is not written for them, and its absence still means "nothing special".

import {
  formatDandisetIdentifier,
  type DandisetNumber,
} from '../../core/identifiers/dandiset-id.ts';
import { isPlaceholderDoi, parseDoi } from '../../core/identifiers/doi.ts';
import type { PublishedVersionId } from '../../core/identifiers/version-id.ts';
import { textMember, type JsonValue } from '../../core/json/json-text.ts';
import { MANIFEST_SCHEMA, type FrozenFile, type Manifest } from '../../core/records/manifest.ts';

/** The moment in a version's identifier, for records that do not say when they were published. */
function dateOfVersion(version: PublishedVersionId): string {
  const [, year, month, day, hour, minute] = /^0\.(..)(..)(..)\.(..)(..)$/.exec(version) ?? [];
  return `20${year}-${month}-${day}T${hour}:${minute}:00+00:00`;
}

function realDoi(record: JsonValue): string | undefined {
  const doi = parseDoi(textMember(record, 'doi') ?? '');
  return doi === undefined || isPlaceholderDoi(doi) ? undefined : doi;
}

/** The contents of a frozen version's manifest, from its record and the files it is frozen in. */
export function importedManifest(
  version: {
    number: DandisetNumber;
    version: PublishedVersionId;
    prefix: string;
    sourceKind: string;
  },
  record: JsonValue,
  files: FrozenFile[],
  assets: Manifest['assets'],
): Manifest {
  const { number, prefix } = version;
  const doi = realDoi(record);
  const url = textMember(record, 'url');
  const isAddress = url !== undefined && /^https?:\/\/\S+$/.test(url);
  return {
    schema: MANIFEST_SCHEMA,
    identifier: formatDandisetIdentifier({ prefix, number }),
    version: version.version,
    datePublished: (
      textMember(record, 'datePublished') ?? dateOfVersion(version.version)
    ).toWellFormed(),
    ...(doi === undefined ? {} : { doi: doi.toWellFormed() }),
    files: [...files].sort((a, b) => (a.name < b.name ? -1 : 1)),
    assets,
    previous: null,
    source: { kind: version.sourceKind, ...(isAddress ? { url: url.toWellFormed() } : {}) },
  };
}
