// Registers the DOIs of published versions, and hides them from searches where a version is withdrawn.
// A version is frozen with its DOI before anybody else knows of it; status.json notes the ones that
// were registered, and only those are shown. So a registrar without an account, or one that was
// stopped, leaves nothing wrong behind.

import { readText, type ContentTree } from '../adapters/content-files/content-tree.ts';
import type { DoiRegistry } from '../adapters/datacite/doi-registry.ts';
import type {
  CommitAuthor,
  RecordChange,
  RecordsRepository,
} from '../adapters/git/records-repository.ts';
import type { Reporter } from '../adapters/terminal/progress.ts';
import { ArchiveError, isArchiveError } from '../core/error.ts';
import { dandisetFolder, type DandisetNumber } from '../core/identifiers/dandiset-id.ts';
import { compareVersions, type PublishedVersionId } from '../core/identifiers/version-id.ts';
import { isJsonObject, parseJson, type JsonObject } from '../core/json/json-text.ts';
import { doiRecord, type DoiRecord } from '../core/publishing/doi-record.ts';
import { withRegisteredDois } from '../core/publishing/edit-status.ts';
import type { Archive } from '../core/records/archive.ts';
import { DANDISET_FILE, placeOf, versionFolder } from '../core/records/layout.ts';
import { MANIFEST_FILE, toManifest } from '../core/records/manifest.ts';
import { STATUS_FILE, toStatus, type DandisetStatus } from '../core/records/status.ts';
import { settingAt } from './what-waits.ts';

export interface DoiParts {
  repository: RecordsRepository;
  registry: DoiRegistry;
  author: CommitAuthor;
  now?: () => Date;
  reporter?: Reporter;
}

/** What became of the DOIs that were not registered yet, or not as what they are now. */
export interface DoiReport {
  registered: string[];
  failed: { doi: string; reason: string }[];
}

interface Unregistered {
  number: DandisetNumber;
  version: PublishedVersionId;
  record: DoiRecord;
  isWithdrawn: boolean;
}

const MOST_TRIES = 100;

async function readObject(tree: ContentTree, path: string): Promise<JsonObject> {
  const parsed = parseJson((await readText(tree, path)) ?? '{}');
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : {};
}

function versionsByDandiset(paths: Iterable<string>): Map<DandisetNumber, PublishedVersionId[]> {
  const found = new Map<DandisetNumber, PublishedVersionId[]>();
  for (const path of paths) {
    const place = placeOf(path);
    if (place.kind !== 'version' || place.version === 'draft' || place.file !== MANIFEST_FILE)
      continue;
    const versions = found.get(place.number);
    if (versions === undefined) found.set(place.number, [place.version]);
    else versions.push(place.version);
  }
  for (const versions of found.values()) versions.sort(compareVersions);
  return found;
}

/** The DOI that this archive froze a version with; those of imported versions are not ours. */
async function unregisteredDoi(
  tree: ContentTree,
  archive: Archive,
  number: DandisetNumber,
  version: PublishedVersionId,
  status: DandisetStatus,
): Promise<DoiRecord | undefined> {
  const folder = versionFolder(number, version);
  const manifest = toManifest(await readObject(tree, `${folder}/${MANIFEST_FILE}`));
  if (typeof manifest === 'string' || manifest.source !== undefined) return undefined;
  if (manifest.doi === undefined || status.redactions.has(version)) return undefined;
  const record = await readObject(tree, `${folder}/${DANDISET_FILE}`);
  const withdrawn = status.withdrawals.get(version)?.date;
  return doiRecord({
    archive,
    number,
    version,
    record,
    ...(withdrawn === undefined ? {} : { withdrawn }),
  });
}

async function unregistered(
  tree: ContentTree,
  archive: Archive,
  paths: Iterable<string>,
): Promise<Unregistered[]> {
  const found: Unregistered[] = [];
  for (const [number, versions] of versionsByDandiset(paths)) {
    const value = await readObject(tree, `${dandisetFolder(number)}/${STATUS_FILE}`);
    const status = toStatus(value);
    for (const version of versions) {
      const isWithdrawn = status.withdrawals.has(version);
      const isTold = status.doiWithdrawn.has(version) === isWithdrawn;
      if (status.doiRegistered.has(version) && isTold) continue;
      const record = await unregisteredDoi(tree, archive, number, version, status);
      if (record !== undefined) found.push({ number, version, record, isWithdrawn });
    }
  }
  return found;
}

/** The changes of status.json that note these as registered. */
async function statusChanges(
  tree: ContentTree,
  registered: readonly Unregistered[],
): Promise<RecordChange[]> {
  const changes: RecordChange[] = [];
  for (const number of new Set(registered.map((one) => one.number))) {
    const path = `${dandisetFolder(number)}/${STATUS_FILE}`;
    const versions = registered.filter((one) => one.number === number);
    const text = withRegisteredDois(
      await readText(tree, path),
      new Map(versions.map((one) => [one.version, one])),
    );
    changes.push({ path, bytes: new TextEncoder().encode(text) });
  }
  return changes;
}

/** The DOIs that versions were frozen with and that status.json does not note, or not as they are now. */
export async function unregisteredDois(repository: RecordsRepository): Promise<string[]> {
  const commit = await repository.fetch();
  const { setting, tree } = await settingAt(repository, commit);
  try {
    const files = await repository.files(commit);
    const waiting = await unregistered(tree, setting.archive, files.keys());
    return waiting.map(({ record }) => record.doi);
  } finally {
    tree.close();
  }
}

/**
 * Registers every DOI that versions were frozen with and status.json does not note, tells the registry
 * of withdrawals that status.json does not note as told, and notes both in one commit. A DOI that
 * cannot be registered is reported and tried again at the next run.
 *
 * @throws ArchiveError `git-failed` where the repository cannot be read or written.
 */
export async function registerDois(parts: DoiParts): Promise<DoiReport> {
  const { repository, registry, author, now = () => new Date(), reporter } = parts;
  const registered = new Set<string>();
  const failed = new Map<string, string>();
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const commit = await repository.fetch();
    const { setting, tree } = await settingAt(repository, commit);
    try {
      const files = await repository.files(commit);
      const waiting = await unregistered(tree, setting.archive, files.keys());
      reporter?.start('Registering DOIs', waiting.length);
      for (const { record, isWithdrawn } of waiting) {
        reporter?.step(record.doi);
        if (registered.has(record.doi) || failed.has(record.doi)) continue;
        try {
          await registry.register(record, isWithdrawn ? 'hidden' : 'findable');
          registered.add(record.doi);
        } catch (error) {
          if (!isArchiveError(error, 'doi-failed')) throw error;
          failed.set(record.doi, error.message);
        }
      }
      reporter?.finish();
      const done = waiting.filter(({ record }) => registered.has(record.doi));
      const report = {
        registered: [...registered],
        failed: [...failed].map(([doi, reason]) => ({ doi, reason })),
      };
      if (done.length === 0) return report;
      const changes = await statusChanges(tree, done);
      const message = `Note registered DOIs\n\n${done.map(({ record }) => record.doi).join('\n')}\n`;
      const order = { message, changes, author, time: now() };
      const [to = commit] = await repository.commit(commit, [order]);
      if ((await repository.push({ from: commit, to, tags: new Map() })) === 'pushed')
        return report;
    } finally {
      tree.close();
    }
  }
  throw new ArchiveError('git-failed', `The branch moved on ${MOST_TRIES} times in a row.`, {
    hint: 'Run the registrar again. Only one should run at a time.',
  });
}
