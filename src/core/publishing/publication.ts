// What every record of a published version says of its publication.

import { derivedUuid } from '../identifiers/derived-uuid.ts';
import { formatDandisetIdentifier, type DandisetNumber } from '../identifiers/dandiset-id.ts';
import type { PublishedVersionId } from '../identifiers/version-id.ts';
import type { JsonObject } from '../json/json-text.ts';
import type { Archive } from '../records/archive.ts';

/** The only kind of access: everything in an archive that is in public git is open. */
export const OPEN_ACCESS: JsonObject[] = [
  { schemaKey: 'AccessRequirements', status: 'dandi:OpenAccess' },
];

/** The program that freezes; its version is raised when the same draft would give other bytes. */
export interface FreezingProgram {
  name: string;
  version: string;
}

/** The registrar as frozen records name it. */
export function registrarOf({ identifierPrefix }: Archive): FreezingProgram {
  return { name: `${identifierPrefix} registrar`, version: '1.0.0' };
}

/** Which version is published, when, and by what. */
export interface Publication {
  archive: Archive;
  number: DandisetNumber;
  version: PublishedVersionId;
  /** ISO 8601 with an offset. */
  time: string;
  publisher: FreezingProgram;
}

/** `DANDI:000004`. */
export function identifierOf({ archive, number }: Pick<Publication, 'archive' | 'number'>): string {
  return formatDandisetIdentifier({ prefix: archive.identifierPrefix, number });
}

/** The address of the version's page in the form used in records: without a trailing slash, as DANDI does. */
export function pageOf({ archive, number, version }: Publication): string {
  return `${archive.site}dandiset/${number}/${version}`;
}

/** The DOI of the Dandiset itself, if the archive registers DOIs: `10.12345/lab-dandi.000004`. */
export function dandisetDoiOf({
  archive,
  number,
}: Pick<Publication, 'archive' | 'number'>): string | undefined {
  const { doiPrefix, identifierPrefix } = archive;
  if (doiPrefix === undefined) return undefined;
  return `${doiPrefix}/${identifierPrefix.toLowerCase()}.${number}`;
}

/** The version's DOI, if the archive registers DOIs. */
export function doiOf(publication: Publication): string | undefined {
  const dandiset = dandisetDoiOf(publication);
  return dandiset === undefined ? undefined : `${dandiset}/${publication.version}`;
}

/** The context of a release of the metadata schema. */
export function contextOf(release: string): string {
  return `https://raw.githubusercontent.com/dandi/schema/master/releases/${release}/context.json`;
}

/** The PublishActivity: the same for the version and every asset it publishes. */
export function publishActivity(publication: Publication): JsonObject {
  const { archive, version, time, publisher } = publication;
  const { identifierPrefix } = archive;
  return {
    schemaKey: 'PublishActivity',
    id: `urn:uuid:${derivedUuid('publish', `${identifierOf(publication)}/${version}`)}`,
    name: `${identifierPrefix} publish`,
    startDate: time,
    endDate: time,
    wasAssociatedWith: [
      {
        schemaKey: 'Software',
        id: `urn:uuid:${derivedUuid('software', identifierPrefix)}`,
        ...publisher,
      },
    ],
  };
}
