// Which kind of source an address is: an API, or a bucket of manifests.

import { ArchiveError } from '../../core/error.ts';
import { parseDandisetNumber, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { parseVersion, type VersionId } from '../../core/identifiers/version-id.ts';
import { listMember, member, textMember, type JsonValue } from '../../core/json/json-text.ts';
import { sourceProblem } from '../../core/checks/source-rules.ts';
import type { Store } from '../../core/records/archive.ts';
import type { HttpApi } from './http-api-list.ts';
import { apiSource } from './http-api-source.ts';
import { archiveSource } from './http-archive-source.ts';
import { bucketFiles, filesOfKeys } from './http-bucket.ts';
import { getJson } from './http-json.ts';
import { httpReader, type HttpReader, type HttpSettings } from './http-reader.ts';
import type { RecordSource } from './record-source.ts';
import { sourceIn, type Selection } from './source-in-files.ts';
import { BrokenFile, problemOf, type SourceFiles } from './source-files.ts';

const HINT =
  'Name an API (https://api.dandiarchive.org/api), or manifests in a bucket (https://bucket.example.org/dandisets/000027/draft/).';

/** What an address says by its form: its root, and the Dandiset and version it names below it. */
interface Address {
  root: string;
  number?: DandisetNumber;
  version?: VersionId;
}

function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}

function parseAddress(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new ArchiveError('usage', `${text} is no address.`, { hint: HINT });
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    const message =
      'The address of a source has no user, no query and no "#": only what is public is imported.';
    throw new ArchiveError('usage', message, { hint: HINT });
  }
  const [, root = '', rest] = /^(.*?\/)dandisets(\/.*)?$/.exec(url.href) ?? [];
  if (root === '') return { root: withSlash(url.href) };
  const names = (rest ?? '').split('/').filter((name) => name !== '' && name !== 'versions');
  const number = parseDandisetNumber(names[0] ?? '');
  const version = parseVersion(names[1] ?? '');
  if (names.length > 2 || (names[0] && !number) || (names[1] && !version))
    throw new ArchiveError('usage', `${text} names no Dandiset and no version.`, { hint: HINT });
  return { root, ...(number && { number }), ...(version && { version }) };
}

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

/** The source behind the info document of an API; undefined if the document is none. */
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
  return {
    ...source,
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

async function openBucket(
  reader: HttpReader,
  { root, number, version }: Address,
  only: Selection,
): Promise<RecordSource | undefined> {
  const wanted = number === undefined ? only : [number];
  const inBucket = async (files: SourceFiles): Promise<RecordSource | undefined> => {
    const source = await sourceIn(files, wanted);
    // The bytes lie in the bucket of the manifests.
    return source && { ...source, stores: [{ kind: 'http', url: root }] };
  };
  const folder = (of: DandisetNumber): string => `dandisets/${of}/${version ? `${version}/` : ''}`;
  try {
    const prefixes = wanted?.map(folder) ?? ['dandisets/'];
    return await inBucket(await bucketFiles(reader, root, prefixes));
  } catch (error) {
    if (!(error instanceof BrokenFile) || number === undefined || version === undefined)
      throw error;
    // A bucket that cannot be listed still holds what was named.
    const keys = ['dandiset.jsonld', 'assets.jsonld'].map((name) => `${folder(number)}${name}`);
    return inBucket(filesOfKeys(reader, root, keys));
  }
}

/** The API at a base, which ends in `/`; undefined where there is none. @throws BrokenFile */
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
  address: Address,
  only: Selection,
): Promise<RecordSource | undefined> {
  const { root, number, version } = address;
  if (root.endsWith('/api/')) {
    const source = await openApi(reader, root, number === undefined ? only : [number]);
    return source && version ? ofVersion(source, version) : source;
  }
  if (number !== undefined) return openBucket(reader, address, only);
  // The address of a site or of a bucket: the one has an API, the other can be listed.
  const api = await openApi(reader, `${root}api/`, only).catch((error: unknown) => {
    if (error instanceof BrokenFile) return undefined;
    throw error;
  });
  return api ?? openBucket(reader, address, only);
}

/**
 * The source at an address: an archive of this program or DANDI's own API, by the address of the
 * API; a bucket that holds manifests, or a Dandiset or a version in either.
 *
 * @throws ArchiveError `source-not-recognised`, `source-unreadable`, `usage`
 */
export async function openHttpSource(
  from: string,
  only?: Selection,
  settings?: HttpSettings,
): Promise<RecordSource> {
  const address = parseAddress(from);
  try {
    const source = await openAddress(httpReader(settings), address, only);
    if (source !== undefined) return source;
  } catch (error) {
    const { path, message } = problemOf(error, address.root);
    throw new ArchiveError('source-unreadable', `${path}: ${message}`, {
      hint: HINT,
      cause: error,
    });
  }
  throw new ArchiveError(
    'source-not-recognised',
    `There is no API and no manifest of a Dandiset at ${from}.`,
    { hint: HINT },
  );
}
