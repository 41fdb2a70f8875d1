// What `cite` cites: one version, read from its records alone, so that the result is immediate in an archive
// of any size.

import { readObject, type ContentTree } from '../../adapters/content-files/content-tree.ts';
import { ArchiveError } from '../../core/error.ts';
import type { DandiAddress } from '../../core/identifiers/dandi-address.ts';
import {
  dandisetFolder,
  formatDandisetIdentifier,
  type DandisetNumber,
} from '../../core/identifiers/dandiset-id.ts';
import { parseVersion, type VersionId } from '../../core/identifiers/version-id.ts';
import { isJsonObject, member, type JsonObject } from '../../core/json/json-text.ts';
import { citableRecord, type CitableRecord } from '../../core/metadata/citable-record.ts';
import type { Archive } from '../../core/records/archive.ts';
import { DANDISET_FILE, versionFolder } from '../../core/records/layout.ts';
import { MANIFEST_FILE } from '../../core/records/manifest.ts';
import { registeredDoi } from '../../core/records/registered-doi.ts';
import {
  NO_STATUS,
  STATUS_FILE,
  toStatus,
  type DandisetStatus,
} from '../../core/records/status.ts';

export interface CitedVersionOptions {
  tree: ContentTree;
  archive: Archive;
  address: DandiAddress;
  /** Whether the draft is requested explicitly, although it can change. */
  acceptsDraft: boolean;
}

/** @throws ArchiveError `content-unreadable` where the file exists but is not a JSON object */
async function readWhole(tree: ContentTree, path: string): Promise<JsonObject | undefined> {
  const value = await readObject(tree, path);
  if (value !== undefined || (await tree.read(path)) === undefined) return value;
  throw new ArchiveError('content-unreadable', `${path} is no JSON object.`, {
    hint: 'dandiset check says what is wrong with it.',
  });
}

async function versionsOf(tree: ContentTree, number: DandisetNumber): Promise<VersionId[]> {
  const folder = dandisetFolder(number);
  const versions: VersionId[] = [];
  for (const { path, kind } of await tree.list(folder)) {
    const [name = '', file] = path.slice(folder.length + 1).split('/');
    const version = parseVersion(name);
    if (kind === 'file' && file === DANDISET_FILE && version !== undefined) versions.push(version);
  }
  return versions.sort();
}

function chooseVersion(
  { address, acceptsDraft }: CitedVersionOptions,
  identifier: string,
  versions: readonly VersionId[],
  { withdrawals }: DandisetStatus,
): VersionId {
  const notFound = (message: string, hint?: string): ArchiveError =>
    new ArchiveError('content-not-found', message, hint === undefined ? {} : { hint });
  if (versions.length === 0) throw notFound(`There is no ${identifier} in this archive.`);
  const published = versions.filter((version) => version !== 'draft');
  const newest = published.filter((version) => !withdrawals.has(version)).at(-1);
  const requested = acceptsDraft ? 'draft' : address.version;
  if (requested === 'draft') {
    if (!versions.includes('draft')) throw notFound(`${identifier} has no draft.`);
    if (acceptsDraft) return 'draft';
    throw notFound(
      'A draft is not citable: it can change at any time.',
      newest === undefined
        ? 'No version of it is published. To cite the draft nevertheless, add --draft.'
        : `Cite ${identifier}/${newest}. To cite the draft nevertheless, add --draft.`,
    );
  }
  if (requested !== undefined && requested !== 'latest') {
    if (versions.includes(requested)) return requested;
    throw notFound(
      `There is no version ${requested} of ${identifier}.`,
      published.length === 0 ? 'None is published.' : `There is ${published.join(', ')}.`,
    );
  }
  if (newest !== undefined) return newest;
  throw published.length > 0
    ? notFound(
        `Every published version of ${identifier} was withdrawn.`,
        `To cite one nevertheless, name it: ${published.join(', ')}.`,
      )
    : notFound(
        `No version of ${identifier} is published, and a draft is not citable.`,
        'To cite the draft nevertheless, add --draft.',
      );
}

/**
 * The facts of the version an address names, or of the newest that is published and not withdrawn. Throws an
 * ArchiveError where none can be cited.
 */
export async function readCitedVersion(options: CitedVersionOptions): Promise<CitableRecord> {
  const { tree, archive, address } = options;
  const { number } = address;
  const identifier = formatDandisetIdentifier({ prefix: archive.identifierPrefix, number });
  const status = await readWhole(tree, `${dandisetFolder(number)}/${STATUS_FILE}`);
  const records = status === undefined ? NO_STATUS : toStatus(status);
  const versions = await versionsOf(tree, number);
  const version = chooseVersion(options, identifier, versions, records);
  const folder = versionFolder(number, version);
  const record = (await readWhole(tree, `${folder}/${DANDISET_FILE}`)) ?? {};
  const isDraft = version === 'draft';
  const manifest = isDraft ? undefined : await readWhole(tree, `${folder}/${MANIFEST_FILE}`);
  const isImported = isJsonObject(member(manifest, 'source'));
  return citableRecord(record, {
    identifier,
    version,
    status: isDraft ? 'draft' : records.withdrawals.has(version) ? 'withdrawn' : 'published',
    isImported,
    doi: registeredDoi(record, {
      isDraft,
      isImported,
      isRegistered: records.doiRegistered.has(version),
    }),
    url: `${archive.site}dandiset/${number}/${version}/`,
    archive: archive.name,
    // A draft's own summary is not a fact: it is computed from its files, which no citation names.
    summary: isDraft ? undefined : member(record, 'assetsSummary'),
  });
}
