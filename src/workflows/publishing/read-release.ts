// Reads what planning a publication needs from a content tree: settings, the files of the draft or
// submission, and the newest version before it.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import { readVocabularies } from '../../adapters/content-files/read-vocabularies.ts';
import { readArchive } from '../../adapters/content-files/read-archive.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import type { ArchiveSetting } from '../../core/checks/subjects.ts';
import { dandisetFolder, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { compareVersions, type PublishedVersionId } from '../../core/identifiers/version-id.ts';
import { isJsonObject, parseJson, type JsonObject } from '../../core/json/json-text.ts';
import type { PublishedBefore, ReleaseRequest } from '../../core/publishing/plan-release.ts';
import {
  ASSETS_FILE,
  ASSETS_REFERENCE_FILE,
  DANDISET_FILE,
  draftFolder,
  contentPlace,
  submissionFolder,
  versionFolder,
} from '../../core/records/layout.ts';
import { MANIFEST_FILE, versionDigest } from '../../core/records/manifest.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { fetchList } from '../archive/fetch-list.ts';

/** The settings and the vocabularies of an archive. Throws as readArchive does. */
export async function readSetting(tree: ContentTree): Promise<ArchiveSetting> {
  return { archive: await readArchive(tree), vocabularies: await readVocabularies(tree) };
}

/** The files of a folder, by their name. */
export async function readFolder(
  tree: ContentTree,
  folder: string,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const { path, kind } of await tree.list(folder)) {
    const bytes = kind === 'file' ? await tree.read(path) : undefined;
    if (bytes !== undefined) files.set(path.slice(folder.length + 1), bytes);
  }
  return files;
}

/** The published versions of a Dandiset among the paths of a tree, oldest first. */
export function versionsAmong(
  paths: Iterable<string>,
  number: DandisetNumber,
): PublishedVersionId[] {
  const versions = new Set<PublishedVersionId>();
  for (const path of paths) {
    const place = contentPlace(path);
    if (place.kind === 'version' && place.number === number && place.version !== 'draft') {
      versions.add(place.version);
    }
  }
  return [...versions].sort(compareVersions);
}

/** A published version as planning needs it; undefined where it has no manifest or no record. */
export async function readPublished(
  tree: ContentTree,
  number: DandisetNumber,
  version: PublishedVersionId,
  lists?: ListStore,
): Promise<PublishedBefore | undefined> {
  const files = await readFolder(tree, versionFolder(number, version));
  const manifest = files.get(MANIFEST_FILE);
  const record = parseJson(decodeUtf8(files.get(DANDISET_FILE) ?? new Uint8Array()) ?? '');
  if (manifest === undefined || !record.ok || !isJsonObject(record.value)) return undefined;
  const list = files.get(ASSETS_FILE) ?? (await fetchList(files.get(ASSETS_REFERENCE_FILE), lists));
  const assets = list instanceof Uint8Array ? decodeUtf8(list) : undefined;
  const value: JsonObject = record.value;
  return { version, record: value, assets, digest: versionDigest(manifest) };
}

/** Reads a request for publication, or what a draft or submission would publish on request. */
export async function readReleaseRequest(
  tree: ContentTree,
  setting: ArchiveSetting,
  place: ReleaseRequest['place'],
  lists?: ListStore,
): Promise<ReleaseRequest> {
  const folder = 'slug' in place ? submissionFolder(place.slug) : draftFolder(place.number);
  const files = await readFolder(tree, folder);
  const list = await fetchList(files.get(ASSETS_REFERENCE_FILE), lists);
  const request: ReleaseRequest = {
    ...setting,
    place,
    files,
    ...(list === undefined ? {} : { list }),
  };
  if ('slug' in place) return request;
  const entries = await tree.list(dandisetFolder(place.number));
  const newest = versionsAmong(
    entries.map(({ path }) => path),
    place.number,
  ).at(-1);
  const before =
    newest === undefined ? undefined : await readPublished(tree, place.number, newest, lists);
  return before === undefined ? request : { ...request, before };
}
