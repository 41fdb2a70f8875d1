// The adapters of a download, and of what lists files: the archive at an address, in a folder, or at hand.

import { yamlOf } from '../../adapters/record-source/json-to-yaml.ts';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RetrySettings } from '../../adapters/bytes/retry-requests.ts';
import { readArchive } from '../../adapters/content-files/read-archive.ts';
import { folderTree } from '../../adapters/content-files/folder-tree.ts';
import { sha256OfBytes } from '../../adapters/digests/file-digests.ts';
import { openDownloadFolder } from '../../adapters/download-folder/download-folder.ts';
import { fileFetcher } from '../../adapters/download-folder/fetch-file.ts';
import { folderFiles } from '../../adapters/record-source/folder-files.ts';
import { getJson } from '../../adapters/record-source/http-json.ts';
import { httpReader, type HttpReader } from '../../adapters/record-source/http-reader.ts';
import { mirrorSource } from '../../adapters/record-source/mirror-source.ts';
import { openHttpSource } from '../../adapters/record-source/open-http-source.ts';
import type { RecordSource } from '../../adapters/record-source/record-source.ts';
import { problemOf } from '../../adapters/record-source/source-files.ts';
import { listZarrFiles } from '../../adapters/record-source/zarr-files.ts';
import { silentReporter } from '../../adapters/terminal/progress.ts';
import type { BytePlaces } from '../../core/download/asset-addresses.ts';
import { ArchiveError } from '../../core/error.ts';
import { encodePath } from '../../core/identifiers/asset-path.ts';
import { DANDI_SITES } from '../../core/identifiers/dandi-sites.ts';
import { dandisetFolder } from '../../core/identifiers/dandiset-id.ts';
import { parseAssetLine } from '../../core/records/asset-list.ts';
import type { AssetRecord } from '../../core/records/asset.ts';
import { ARCHIVE_FILE } from '../../core/records/archive.ts';
import type { DownloadAdapters } from '../../workflows/client/download-settings.ts';
import type { OpenSource } from '../../workflows/client/find-version.ts';
import { storePlaces } from './store-places.ts';

/** The record of a version as YAML, as DANDI's client writes it beside the files. */
function recordFile(json: string): Uint8Array {
  const note = '# Written by a download. Changes are made in the archive, not here.\n';
  return Buffer.from(note + yamlOf(JSON.parse(json)));
}

/** The source of a Dandiset in the records of a content folder. */
async function contentSource(content: string, number: string): Promise<RecordSource> {
  const tree = folderTree(content);
  const archive = await readArchive(tree);
  const shard = path.join(content, path.dirname(dandisetFolder(number as never)));
  const source = mirrorSource(folderFiles(shard));
  return {
    ...source,
    stores: storePlaces(archive, content),
    async list(reporter) {
      const { versions, problems } = await source.list(reporter);
      return { versions: versions.filter((version) => version.number === number), problems };
    },
  };
}

/** The archive of identifiers without an address, as it is named from any folder. */
export function placeOfArchive(named = process.env['DANDISET_ARCHIVE']): { archive?: string } {
  if (named === undefined) return {};
  return { archive: /^https?:\/\//i.test(named) ? named : path.resolve(named) };
}

/** Opens what `--archive` names, or what a resource names itself. */
export function sourceOpener(named: string | undefined): OpenSource {
  return async (archive, number) => {
    const place = archive ?? named ?? process.env['DANDISET_ARCHIVE'];
    if (place === undefined) {
      throw new ArchiveError('usage', `Which archive has Dandiset ${number}?`, {
        hint: `Name it by its address, or with --archive ADDRESS. Known by name: ${[...DANDI_SITES.keys()].join(', ')}.`,
      });
    }
    if (/^https?:\/\//i.test(place)) return openHttpSource(place, [number]);
    if (existsSync(path.join(place, ARCHIVE_FILE))) return contentSource(place, number);
    throw new ArchiveError('usage', `There is no archive at ${place}.`, {
      hint: 'Name an address, or a folder that holds archive.json.',
    });
  };
}

function placesOf(source: RecordSource): BytePlaces {
  const isHttp = /^https?:\/\//.test(source.name);
  return { stores: source.stores ?? [], ...(isHttp ? { api: source.name } : {}) };
}

/** An asset by its id, from an API; `archive` is its address, or that of the site it is below. */
async function assetById(
  reader: HttpReader,
  archive: string,
  id: string,
): Promise<{ asset: AssetRecord; places: BytePlaces } | undefined> {
  const api = /\/api\/$/.test(archive) ? archive : `${archive}api/`;
  const address = `${api}assets/${encodePath(id)}/info/`;
  try {
    const document = await getJson(reader, address);
    const line = document && parseAssetLine(document.text);
    if (line === undefined) return undefined;
    if (line.ok) return { asset: line.asset, places: { stores: [], api } };
    throw new ArchiveError('source-unreadable', `The asset at ${address} ${line.message}.`);
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    const { path: place, message } = problemOf(error, address);
    throw new ArchiveError('source-unreadable', `${place}: ${message}`, { cause: error });
  }
}

/** The stores of an archive in a folder are folders too. */
function readerOfFilesToo(http: HttpReader): HttpReader {
  return {
    async get(address, limit) {
      if (!address.startsWith('file:')) return http.get(address, limit);
      return readFile(fileURLToPath(address)).then(
        (bytes) => [bytes],
        () => undefined,
      );
    },
  };
}

/** The adapters of a download; `named` is the archive of identifiers without an address. */
export function downloadAdapters(
  named: string | undefined,
  waitsForLock: (holder: string) => void,
  retries: RetrySettings = {},
  mayRemove: DownloadAdapters['mayRemove'] = async () => true,
): DownloadAdapters {
  const reader = readerOfFilesToo(httpReader());
  return {
    openSource: sourceOpener(named),
    assetById: (archive, id) => assetById(reader, archive, id),
    placesOf,
    async listZarrFiles(folders, asset, { api }) {
      const { zarr } = asset;
      try {
        const inApi = api === undefined || zarr === undefined ? undefined : { base: api, zarr };
        return await listZarrFiles(reader, folders, inApi);
      } catch (error) {
        const { path: place, message } = problemOf(error, asset.path);
        throw new ArchiveError('source-unreadable', `${place}: ${message}`, { cause: error });
      }
    },
    openFolder: (folder, dryRun) => openDownloadFolder(folder, { dryRun, waitsForLock }),
    fetchFile: fileFetcher(retries),
    mayRemove,
    recordFile,
    sha256: sha256OfBytes,
    reporter: silentReporter,
  };
}
