// Determines the kind of source at an address: an API, or a bucket of manifests.

import { ArchiveError } from '../../core/error.ts';
import type { DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import type { VersionId } from '../../core/identifiers/version-id.ts';
import { listMember, member, textMember, type JsonValue } from '../../core/json/json-text.ts';
import { sourceProblem } from '../../core/checks/source-rules.ts';
import type { Store } from '../../core/records/archive.ts';
import type { HttpApi } from './http-api.ts';
import { apiSource } from './http-api-source.ts';
import { archiveSource } from './http-archive-source.ts';
import { bucketFiles, filesOfKeys } from './http-bucket.ts';
import { getJson } from './http-json.ts';
import { httpReader, type HttpReader } from './http-reader.ts';
import type { RecordSource } from './record-source.ts';
import {
  SOURCE_ADDRESS_HINT,
  parseSourceAddress,
  withSlash,
  type SourceAddress,
} from './source-address.ts';
import { sourceIn, type Selection } from './source-in-files.ts';
import { BrokenFile, problemOf, type SourceFiles } from './source-files.ts';

/** What the info document of an API says about where things are. */
function placesIn(
  info: JsonValue,
  base: string,
): { declared: string; records?: string; stores: Store[] } {
  const services = member(info, 'services');
  const addressIn = (service: unknown): string | undefined => {
    const url = textMember(service, 'url') ?? '';
    return URL.canParse(url) && /^https?:\/\/[^\s"'<>]+$/.test(url) ? withSlash(url) : undefined;
  };
  const declared = addressIn(member(services, 'api')) ?? base;
  // A copy of an archive at another address still names that one.
  const [site, here] = [declared, base].map((address) => new URL('..', address).href);
  const moved = (address: string): string =>
    site !== undefined && address.startsWith(site)
      ? `${here}${address.slice(site.length)}`
      : address;
  const records = addressIn(member(services, 'records'));
  const stores = listMember(services, 'stores').flatMap((store): Store[] => {
    const url = addressIn(store);
    return url === undefined ? [] : [{ kind: 'http', url: moved(url) }];
  });
  return { declared, stores, ...(records === undefined ? {} : { records: moved(records) }) };
}

/** The source described by the info document of an API; undefined if the document is not one. */
function apiOf(
  reader: HttpReader,
  base: string,
  info: JsonValue,
  only: Selection,
): RecordSource | undefined {
  if (textMember(info, 'version') === undefined) return undefined;
  const { declared, records, stores } = placesIn(info, base);
  const api: HttpApi = { reader, base, declared };
  if (records === undefined) return apiSource(api, only);
  if (new URL(records).origin === new URL(base).origin)
    return archiveSource({ api, records, stores }, only);
  const message = `The archive at ${base} says that its records lie elsewhere, at ${records}.`;
  throw new ArchiveError('source-not-recognised', message, { hint: 'Import from there.' });
}

/** The source with one version of what it lists. */
function ofVersion(source: RecordSource, wanted: VersionId): RecordSource {
  const { kind, name, only, stores } = source;
  return {
    kind,
    name,
    only,
    ...(stores === undefined ? {} : { stores }),
    readRecord: (at) => source.readRecord(at),
    readAssets: (at, query) => source.readAssets(at, query),
    async list(reporter) {
      const { versions, problems } = await source.list(reporter);
      const found = versions.filter(({ version }) => version === wanted);
      if (versions.length === 0 || found.length > 0) return { versions: found, problems };
      const message = `The source has no version ${wanted} of this Dandiset.`;
      const absent = sourceProblem('source-without-dandiset', { path: source.name, message });
      return { versions: [], problems: [...problems, absent] };
    },
  };
}

/** The manifests in a bucket; undefined if there are none. @throws BrokenFile */
async function openBucket(
  reader: HttpReader,
  { root, number, version }: SourceAddress,
  only: Selection,
): Promise<RecordSource | undefined> {
  const inBucket = async (files: SourceFiles): Promise<RecordSource | undefined> => {
    const source = await sourceIn(files, only);
    // The bytes are in the bucket of the manifests.
    return source && { ...source, stores: [{ kind: 'http', url: root }] };
  };
  const folder = (of: DandisetNumber): string => `dandisets/${of}/${version ? `${version}/` : ''}`;
  try {
    const prefixes = only?.map(folder) ?? ['dandisets/'];
    return await inBucket(await bucketFiles(reader, root, prefixes));
  } catch (error) {
    if (!(error instanceof BrokenFile) || number === undefined || version === undefined)
      throw error;
    // A bucket that cannot be listed still has the version that was named.
    const keys = ['dandiset.jsonld', 'assets.jsonld'].map((name) => `${folder(number)}${name}`);
    return inBucket(filesOfKeys(reader, root, keys));
  }
}

/** The API at a base, which ends in `/`; undefined if there is none. @throws BrokenFile */
async function openApi(
  reader: HttpReader,
  base: string,
  only: Selection,
): Promise<RecordSource | undefined> {
  const info = await getJson(reader, `${base}info/`);
  return info && apiOf(reader, base, info.value, only);
}

async function openAddress(
  reader: HttpReader,
  address: SourceAddress,
  only: Selection,
): Promise<RecordSource | undefined> {
  const { root, kind, version } = address;
  if (kind === 'bucket') return openBucket(reader, address, only);
  if (kind === 'api') {
    const source = await openApi(reader, root, only);
    return source && version ? ofVersion(source, version) : source;
  }
  // The root of a site or of a bucket: a site has an API, a bucket can be listed.
  const api = await openApi(reader, `${root}api/`, only).catch((error: unknown) => {
    if (error instanceof BrokenFile) return undefined;
    throw error;
  });
  return api ?? openBucket(reader, address, only);
}

/** The part of a source that an address selects. @throws ArchiveError `usage` if it names something else */
function wantedOf({ number }: SourceAddress, only: Selection): Selection {
  if (number === undefined) return only;
  if (only === undefined || only.every((one) => one === number)) return [number];
  const message = `The address names Dandiset ${number}, and another one was asked for.`;
  throw new ArchiveError('usage', message, { hint: 'Leave the number out of the address.' });
}

/**
 * The source at an address: an archive of this program or DANDI's own API, by the address of the
 * API; a bucket that holds manifests, or a Dandiset or a version in either.
 *
 * @throws ArchiveError `source-not-recognised`, `source-unreadable`, `usage`
 */
export async function openHttpSource(from: string, only?: Selection): Promise<RecordSource> {
  const address = parseSourceAddress(from);
  const hint = SOURCE_ADDRESS_HINT;
  try {
    const wanted = wantedOf(address, only);
    const source = await openAddress(httpReader(), address, wanted);
    if (source !== undefined) return source;
  } catch (cause) {
    const { path, message } = problemOf(cause, address.root);
    throw new ArchiveError('source-unreadable', `${path}: ${message}`, { hint, cause });
  }
  const message = `There is no API and no manifest of a Dandiset at ${from}.`;
  throw new ArchiveError('source-not-recognised', message, { hint });
}
