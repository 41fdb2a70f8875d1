// Which DOIs have to be reported to the registry at a commit: versions and Dandisets that status.json does
// not record, or not in their current state.

import { readObject, type ContentTree } from '../../adapters/content-files/content-tree.ts';
import {
  dandisetFolder,
  formatDandisetIdentifier,
  type DandisetNumber,
} from '../../core/identifiers/dandiset-id.ts';
import {
  compareVersions,
  type PublishedVersionId,
  type VersionId,
} from '../../core/identifiers/version-id.ts';
import type { JsonObject } from '../../core/json/json-text.ts';
import { dandisetDoiRecord, doiRecord, type DoiRecord } from '../../core/publishing/doi-record.ts';
import { withDandisetDoi, withRegisteredDois } from '../../core/publishing/edit-status.ts';
import { dandisetDoiOf } from '../../core/publishing/publication.ts';
import type { Archive } from '../../core/records/archive.ts';
import { DANDISET_FILE, contentPlace, versionFolder } from '../../core/records/layout.ts';
import { MANIFEST_FILE, toManifest } from '../../core/records/manifest.ts';
import {
  STATUS_FILE,
  toStatus,
  type DandisetDoi,
  type DandisetStatus,
} from '../../core/records/status.ts';

/** A DOI that has to be reported to the registry. */
export interface DueDoi {
  number: DandisetNumber;
  record: DoiRecord;
  state: DandisetDoi['state'];
  /** The text of status.json with this recorded. */
  note(status: string | undefined): string;
}

/** A Dandiset at a commit. */
export interface DandisetAt {
  number: DandisetNumber;
  hasDraft: boolean;
  /** From oldest to newest. */
  versions: PublishedVersionId[];
  status: DandisetStatus;
}

async function recordOf(
  tree: ContentTree,
  number: DandisetNumber,
  version: VersionId,
): Promise<JsonObject> {
  return (await readObject(tree, `${versionFolder(number, version)}/${DANDISET_FILE}`)) ?? {};
}

/** Every Dandiset among these paths. */
export async function dandisetsAt(
  tree: ContentTree,
  paths: Iterable<string>,
): Promise<DandisetAt[]> {
  const found = new Map<DandisetNumber, { hasDraft: boolean; versions: PublishedVersionId[] }>();
  for (const path of paths) {
    const place = contentPlace(path);
    if (place.kind !== 'version') continue;
    const named = place.version === 'draft' ? DANDISET_FILE : MANIFEST_FILE;
    if (place.file !== named) continue;
    const one = found.get(place.number) ?? { hasDraft: false, versions: [] };
    found.set(place.number, one);
    if (place.version === 'draft') one.hasDraft = true;
    else one.versions.push(place.version);
  }
  const dandisets: DandisetAt[] = [];
  for (const [number, { hasDraft, versions }] of found) {
    versions.sort(compareVersions);
    const value = (await readObject(tree, `${dandisetFolder(number)}/${STATUS_FILE}`)) ?? {};
    dandisets.push({ number, hasDraft, versions, status: toStatus(value) });
  }
  return dandisets;
}

/**
 * Whether this archive froze a version, and the DOI it froze it with; those of imported ones are not ours.
 */
async function ownVersion(
  tree: ContentTree,
  number: DandisetNumber,
  version: PublishedVersionId,
): Promise<{ isOwn: boolean; doi?: string | undefined }> {
  const path = `${versionFolder(number, version)}/${MANIFEST_FILE}`;
  const manifest = toManifest((await readObject(tree, path)) ?? {});
  if (typeof manifest === 'string' || manifest.source !== undefined) return { isOwn: false };
  return { isOwn: true, doi: manifest.doi };
}

/** The DOI for all versions of a Dandiset: as recorded, otherwise as it would be made. */
function ownDoi(archive: Archive, { number, status }: DandisetAt): string | undefined {
  // A copy registers nothing; the archive of record does.
  if (archive.archiveOfRecord !== undefined) return undefined;
  return status.dandisetDoi?.doi ?? dandisetDoiOf({ archive, number });
}

/** The versions of a Dandiset whose DOIs are due. */
export async function dueVersions(
  tree: ContentTree,
  archive: Archive,
  dandiset: DandisetAt,
): Promise<DueDoi[]> {
  const { number, versions, status } = dandiset;
  const due: DueDoi[] = [];
  for (const version of versions) {
    const withdrawn = status.withdrawals.get(version)?.date;
    const isWithdrawn = status.withdrawals.has(version);
    const isReported = status.doiWithdrawn.has(version) === isWithdrawn;
    const isRegistered = status.doiRegistered.has(version);
    if ((isRegistered && isReported) || status.redactions.has(version)) continue;
    // An archive that no longer registers DOIs still reports withdrawals.
    if (archive.doiPrefix === undefined && !isRegistered) continue;
    const { doi } = await ownVersion(tree, number, version);
    if (doi === undefined) continue;
    const record = doiRecord({
      archive,
      number,
      version,
      record: await recordOf(tree, number, version),
      dandisetDoi: ownDoi(archive, dandiset),
      ...(withdrawn === undefined ? {} : { withdrawn }),
    });
    if (record === undefined) continue;
    const note = (text: string | undefined): string =>
      withRegisteredDois(text, new Map([[version, { isWithdrawn }]]));
    due.push({ number, record, state: isWithdrawn ? 'hidden' : 'findable', note });
  }
  return due;
}

/** What is reported to the registry about the Dandiset itself; undefined for nothing. */
function wantedOf(
  { number, hasDraft, versions, status }: DandisetAt,
  archive: Archive,
  tags: ReadonlySet<string>,
): Pick<DandisetDoi, 'state' | 'version'> | undefined {
  if (versions.length === 0) {
    // A number that was assigned here, not a draft that was imported.
    const identifier = formatDandisetIdentifier({ prefix: archive.identifierPrefix, number });
    const isAccepted = tags.has(`${identifier.replace(':', '-')}/draft`);
    return hasDraft && isAccepted ? { state: 'draft' } : undefined;
  }
  const readable = versions.filter((version) => !status.redactions.has(version));
  const notWithdrawn = readable.filter((version) => !status.withdrawals.has(version));
  const version = notWithdrawn.at(-1) ?? readable.at(-1);
  if (version === undefined) return undefined;
  return { state: notWithdrawn.length > 0 ? 'findable' : 'hidden', version };
}

/**
 * The DOI of the Dandiset itself, if it is due. `registered`: DOIs that were registered in this run;
 * `isTouched`: those of its versions are among them.
 */
export async function dueDandiset(
  tree: ContentTree,
  archive: Archive,
  dandiset: DandisetAt,
  tags: ReadonlySet<string>,
  { registered, isTouched }: { registered: ReadonlySet<string>; isTouched: boolean },
): Promise<DueDoi | undefined> {
  const { number, versions, status } = dandiset;
  const doi = ownDoi(archive, dandiset);
  const wanted = doi === undefined ? undefined : wantedOf(dandiset, archive, tags);
  if (doi === undefined || wanted === undefined) return undefined;
  const { state, version } = wanted;
  const recorded = status.dandisetDoi;
  if (recorded?.state === state && recorded.version === version && !isTouched) return undefined;
  const known: { url: string; doi: string }[] = [];
  for (const one of versions) {
    const own = await ownVersion(tree, number, one);
    // The archive that an imported Dandiset came from registers it.
    if (!own.isOwn) return undefined;
    if (own.doi === undefined) continue;
    if (!status.doiRegistered.has(one) && !registered.has(own.doi)) continue;
    known.push({ url: `${archive.site}dandiset/${number}/${one}/`, doi: own.doi });
  }
  const described: VersionId = (version as PublishedVersionId | undefined) ?? 'draft';
  const withdrawn = status.withdrawals.get(version ?? '')?.date;
  const record = dandisetDoiRecord({
    archive,
    number,
    doi,
    record: await recordOf(tree, number, described),
    version: described,
    versions: known,
    ...(state === 'hidden' && withdrawn !== undefined ? { withdrawn } : {}),
  });
  return { number, record, state, note: (text) => withDandisetDoi(text, { doi, ...wanted }) };
}
