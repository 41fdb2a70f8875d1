// Which kind of source an address is: an API, or a bucket of manifests.

import { ArchiveError } from '../../core/error.ts';
import { parseDandisetNumber, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { parseVersion, type VersionId } from '../../core/identifiers/version-id.ts';
import { listMember, member, textMember, type JsonValue } from '../../core/json/json-text.ts';
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

/** The stores an archive names; those that a page of it could not load are none. */
function storesIn(info: JsonValue, base: string): Store[] {
  const isSecure = base.startsWith('https:');
  return listMember(member(info, 'services'), 'stores').flatMap((store) => {
    const url = textMember(store, 'url') ?? '';
    const isUsable = URL.canParse(url) && /^https?:\/\/[^\s"'<>]+\/$/.test(url);
    return isUsable && !(isSecure && url.startsWith('http:')) ? [{ kind: 'http', url }] : [];
  });
}

/** The source behind the info document of an API. */
function apiOf(
  reader: HttpReader,
  base: string,
  info: JsonValue,
  only: Selection,
): RecordSource | undefined {
  const services = member(info, 'services');
  const declared = withSlash(textMember(member(services, 'api'), 'url') ?? base);
  if (textMember(info, 'version') === undefined) return undefined;
  const api: HttpApi = { reader, base, declared };
  const records = textMember(member(services, 'records'), 'url');
  if (records === undefined) return apiSource(api, only);
  const [site, here] = [declared, base].map((address) => new URL('..', address).href);
  const found = records.startsWith(site as string)
    ? `${here}${records.slice(site?.length)}`
    : records;
  if (URL.canParse(found) && new URL(found).origin === new URL(base).origin)
    return archiveSource({ api, records: withSlash(found), stores: storesIn(info, base) }, only);
  const message = `The archive at ${base} says that its records lie elsewhere, at ${records}.`;
  throw new ArchiveError('source-not-recognised', message, { hint: 'Import from there.' });
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

/**
 * The source at an address: an archive of this program or DANDI's own API, by the address of the
 * API; a bucket that holds manifests, or a Dandiset or a version in it.
 *
 * @throws ArchiveError `source-not-recognised`, `source-unreadable`, `usage`
 */
export async function openHttpSource(
  from: string,
  only?: Selection,
  settings?: HttpSettings,
): Promise<RecordSource> {
  const reader = httpReader(settings);
  const address = parseAddress(from);
  const { root, number } = address;
  const wanted = number === undefined ? only : [number];
  try {
    const isApi = root.endsWith('/api/');
    const info = isApi || number === undefined ? await getJson(reader, `${root}info/`) : undefined;
    const api = info && apiOf(reader, root, info.value, wanted);
    if (api !== undefined) return api;
    const bucket = isApi ? undefined : await openBucket(reader, address, only);
    if (bucket !== undefined) return bucket;
  } catch (error) {
    const { path, message } = problemOf(error, root);
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
