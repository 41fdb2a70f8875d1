// The catalogue: every Dandiset of one content tree with what lists, facets and version tables need. Whole
// records and lists of assets are read again when a page needs them, so memory grows with the number of
// versions, not with the size of their records.

import { isSha256 } from '../../core/digests/sha256-text.ts';
import { readObject, type ContentTree } from '../../adapters/content-files/content-tree.ts';
import { readArchive } from '../../adapters/content-files/read-archive.ts';
import { dandisetFolder, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import {
  compareVersions,
  type PublishedVersionId,
  type VersionId,
} from '../../core/identifiers/version-id.ts';
import { parseJson, type JsonObject } from '../../core/json/json-text.ts';
import { readableAssets } from '../../core/records/asset-list.ts';
import type { Archive } from '../../core/records/archive.ts';
import {
  MANIFEST_FILE,
  toManifest,
  versionDigest,
  type Manifest,
} from '../../core/records/manifest.ts';
import {
  NO_STATUS,
  STATUS_FILE,
  toStatus,
  type DandisetStatus,
} from '../../core/records/status.ts';
import {
  ASSETS_FILE,
  contentPlace,
  RELEASE_FILE,
  submissionFolder,
  ASSETS_REFERENCE_FILE,
  DANDISET_FILE,
  versionFolder,
} from '../../core/records/layout.ts';
import { readVocabularies } from '../../adapters/content-files/read-vocabularies.ts';
import type { BasePath } from './addresses.ts';
import { funderValues, NO_VOCABULARIES, type Vocabularies } from './facets.ts';
import { funderRors, type FunderRors } from './funder-rors.ts';
import { versionSummary, type VersionSummary } from './version-summary.ts';

/** Reads a list of assets that is in the object store, uncompressed; undefined if not reachable. */
export type StoredListReader = (sha256: string) => Promise<Uint8Array | undefined>;

/** Reads the list of a Zarr's files that is next to it in the store; undefined if not reachable. */
export type ZarrListReader = (zarr: string) => Promise<Uint8Array | undefined>;

/** Reads a blob of a store on this machine by its path there, up to a limit; undefined if there is none. */
export type LocalBlobReader = (path: string, limit: number) => Promise<Uint8Array | undefined>;

/** How a version's list of assets is held: next to the record, in the store, or not at all. */
export type ListPlace = 'record' | 'store' | 'absent';

export interface VersionEntry {
  number: DandisetNumber;
  version: VersionId;
  status: 'draft' | 'published' | 'withdrawn';
  list: ListPlace;
  summary: VersionSummary;
  /** Published versions: the digest of the manifest, and its contents. */
  digest?: string;
  manifest?: Manifest;
}

export interface DandisetEntry {
  number: DandisetNumber;
  /** `DANDI:000004`. */
  identifier: string;
  records: DandisetStatus;
  /** Published versions, newest first, withdrawn ones included. */
  published: VersionEntry[];
  draft?: VersionEntry;
  /** The newest published version that is not withdrawn. */
  newest?: VersionEntry;
  /** What the Dandiset's own page shows: the newest version, else the draft, else a tombstone. */
  shown: VersionEntry;
}

export interface Submission {
  slug: string;
  name: string;
  files: number | undefined;
  bytes: number | undefined;
  asksForRelease: boolean;
}

export interface Catalog {
  archive: Archive;
  base: BasePath;
  tree: ContentTree;
  /** In order of their numbers. */
  dandisets: DandisetEntry[];
  byNumber: ReadonlyMap<string, DandisetEntry>;
  submissions: Submission[];
  vocabularies: Vocabularies;
  /** The RORs of funders by name, for records that lack them. */
  funderRors: FunderRors;
  readStoredList: StoredListReader;
  readZarrList?: ZarrListReader;
  readLocalBlob?: LocalBlobReader;
  /** The client that the site serves, as a package of npm's. */
  client?: Uint8Array;
}

export interface CatalogOptions {
  tree: ContentTree;
  base: BasePath;
  readStoredList: StoredListReader;
  readZarrList?: ZarrListReader;
  readLocalBlob?: LocalBlobReader;
  client?: Uint8Array;
}

async function facetVocabularies(tree: ContentTree): Promise<Vocabularies> {
  const found = await readVocabularies(tree);
  const vocabularies = { ...NO_VOCABULARIES };
  for (const name of Object.keys(vocabularies) as (keyof Vocabularies)[]) {
    vocabularies[name] = found.get(name) ?? vocabularies[name];
  }
  return vocabularies;
}

/** A version's metadata record; an empty object where it cannot be read (the checks name it). */
export async function readRecord(
  catalog: Pick<Catalog, 'tree'>,
  number: DandisetNumber,
  version: VersionId,
): Promise<JsonObject> {
  return (
    (await readObject(catalog.tree, `${versionFolder(number, version)}/${DANDISET_FILE}`)) ?? {}
  );
}

/**
 * The bytes of a version's or submission's list of assets, wherever it is held;
 * absent where the list is not held here or its store cannot be reached.
 */
export async function readList(
  { tree, readStoredList }: Pick<Catalog, 'tree' | 'readStoredList'>,
  folder: string,
): Promise<{ place: ListPlace; list?: Uint8Array; reference?: JsonObject }> {
  const local = await tree.read(`${folder}/${ASSETS_FILE}`);
  if (local !== undefined) return { place: 'record', list: local };
  const reference = await readObject(tree, `${folder}/${ASSETS_REFERENCE_FILE}`);
  if (reference === undefined) return { place: 'absent' };
  const sha256 = reference['sha256'];
  const stored = isSha256(sha256) ? await readStoredList(sha256) : undefined;
  return stored === undefined
    ? { place: 'store', reference }
    : { place: 'store', list: stored, reference };
}

async function readManifest(
  tree: ContentTree,
  folder: string,
): Promise<{ digest?: string; manifest?: Manifest }> {
  const bytes = await tree.read(`${folder}/${MANIFEST_FILE}`);
  if (bytes === undefined) return {};
  const parsed = parseJson(new TextDecoder().decode(bytes));
  const manifest = parsed.ok ? toManifest(parsed.value) : 'unreadable';
  return typeof manifest === 'string' ? {} : { digest: versionDigest(bytes), manifest };
}

async function readVersion(
  options: CatalogOptions,
  number: DandisetNumber,
  version: VersionId,
  records: DandisetStatus,
  vocabularies: Vocabularies,
): Promise<VersionEntry> {
  const folder = versionFolder(number, version);
  const record = await readRecord(options, number, version);
  const { place, list, reference } = await readList(options, folder);
  const assets = list === undefined ? undefined : readableAssets(list);
  const { digest, manifest } = version === 'draft' ? {} : await readManifest(options.tree, folder);
  const entry: VersionEntry = {
    number,
    version,
    status:
      version === 'draft' ? 'draft' : records.withdrawals.has(version) ? 'withdrawn' : 'published',
    list: place,
    summary: versionSummary({ version, record, assets, reference, vocabularies }),
  };
  if (digest !== undefined) entry.digest = digest;
  if (manifest !== undefined) entry.manifest = manifest;
  return entry;
}

function assemble(
  number: DandisetNumber,
  identifier: string,
  records: DandisetStatus,
  versions: VersionEntry[],
): DandisetEntry | undefined {
  const published = versions
    .filter((entry) => entry.version !== 'draft')
    .sort((a, b) =>
      compareVersions(b.version as PublishedVersionId, a.version as PublishedVersionId),
    );
  const draft = versions.find((entry) => entry.version === 'draft');
  const newest = published.find((entry) => entry.status === 'published');
  const shown = newest ?? draft ?? published[0];
  if (shown === undefined) return undefined;
  const dandiset: DandisetEntry = { number, identifier, records, published, shown };
  if (draft !== undefined) dandiset.draft = draft;
  if (newest !== undefined) dandiset.newest = newest;
  return dandiset;
}

/** Which versions exist, from the folders alone: number → versions with a record. */
async function listVersions(tree: ContentTree): Promise<Map<DandisetNumber, VersionId[]>> {
  const found = new Map<DandisetNumber, VersionId[]>();
  for (const { path, kind } of await tree.list('dandisets')) {
    const place = contentPlace(path);
    if (kind !== 'file' || place.kind !== 'version' || place.file !== DANDISET_FILE) continue;
    found.set(place.number, [...(found.get(place.number) ?? []), place.version]);
  }
  return found;
}

async function readSubmission(options: CatalogOptions, slug: string): Promise<Submission> {
  const folder = submissionFolder(slug);
  const record = (await readObject(options.tree, `${folder}/${DANDISET_FILE}`)) ?? {};
  const { list } = await readList(options, folder);
  const { name, files, bytes } = versionSummary({
    version: 'draft',
    record,
    assets: list === undefined ? undefined : readableAssets(list),
    reference: undefined,
    vocabularies: NO_VOCABULARIES,
  });
  const asksForRelease = (await options.tree.read(`${folder}/${RELEASE_FILE}`)) !== undefined;
  return { slug, name, files, bytes, asksForRelease };
}

async function readSubmissions(options: CatalogOptions): Promise<Submission[]> {
  const submissions: Submission[] = [];
  for (const { path } of await options.tree.list('submissions')) {
    const place = contentPlace(path);
    if (place.kind !== 'submission' || place.file !== DANDISET_FILE) continue;
    submissions.push(await readSubmission(options, place.slug));
  }
  return submissions;
}

// Reading is mostly waiting for the disk; more concurrency would only hold more lists in memory.
const READ_AT_ONCE = 8;

/** Reads a whole content tree. Malformed records never stop it: what cannot be read is left empty. */
export async function loadCatalog(options: CatalogOptions): Promise<Catalog> {
  const { tree } = options;
  const archive = await readArchive(tree);
  const vocabularies = await facetVocabularies(tree);
  const dandisets: DandisetEntry[] = [];
  const waiting = (await listVersions(tree)).entries();
  const readWaiting = async (): Promise<void> => {
    for (const [number, versions] of waiting) {
      const status = await readObject(tree, `${dandisetFolder(number)}/${STATUS_FILE}`);
      const records = status === undefined ? NO_STATUS : toStatus(status);
      const entries: VersionEntry[] = [];
      for (const version of versions) {
        entries.push(await readVersion(options, number, version, records, vocabularies));
      }
      const dandiset = assemble(number, `${archive.identifierPrefix}:${number}`, records, entries);
      if (dandiset !== undefined) dandisets.push(dandiset);
    }
  };
  await Promise.all(Array.from({ length: READ_AT_ONCE }, readWaiting));
  dandisets.sort((a, b) => (a.number < b.number ? -1 : 1));
  const rors = funderRors(dandisets.flatMap(({ shown }) => shown.summary.funders));
  for (const { draft, published } of dandisets)
    for (const { summary } of [...published, ...(draft === undefined ? [] : [draft])])
      summary.facets = [...summary.facets, ...funderValues(summary.funders, rors)];
  return {
    ...options,
    archive,
    dandisets,
    byNumber: new Map(dandisets.map((dandiset) => [dandiset.number, dandiset])),
    submissions: await readSubmissions(options),
    vocabularies,
    funderRors: rors,
  };
}
