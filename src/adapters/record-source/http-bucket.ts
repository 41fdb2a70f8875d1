// The files in a bucket, found by the listing that every S3-compatible store gives for a public bucket: one
// request per thousand files, so nothing has to be guessed.

import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import { nextListing, textsOf } from '../object-store/listing-xml.ts';
import { beginsAsMarkup, type HttpReader } from './http-reader.ts';
import { httpFiles } from './http-files.ts';
import {
  BrokenFile,
  MAX_RECORD,
  sourceText,
  type SourceEntry,
  type SourceFiles,
} from './source-files.ts';

/** A key has at most 1024 bytes in S3; folders nested deeper than that are not created here. */
const MAX_KEY = 1024;

/** More listings than any bucket of manifests needs: ten million files. */
const MAX_LISTINGS = 10_000;

/** Every key that begins with a prefix, listing by listing. @throws BrokenFile naming the address */
async function* listedKeys(
  reader: HttpReader,
  bucket: string,
  prefix: string,
): AsyncGenerator<string> {
  const seen = new Set<string>();
  for (let token: string | undefined = ''; token !== undefined;) {
    const query = new URLSearchParams({ 'list-type': '2', prefix });
    if (token !== '') query.set('continuation-token', token);
    const place = `${bucket}?${query}`;
    const broken = (message: string): BrokenFile =>
      new BrokenFile('source-wrong-answer', message, { place });
    const body = await reader.get(place, MAX_RECORD);
    const xml = body && beginsAsMarkup(body) ? sourceText(Buffer.concat(body), 1, place) : '';
    if (!xml.includes('<ListBucketResult')) throw broken('is no listing of a bucket');
    if (!xml.trimEnd().endsWith('</ListBucketResult>'))
      throw broken('ends before its listing does');
    for (const key of textsOf(xml, 'Key')) if (key.length <= MAX_KEY) yield key;
    token = nextListing(xml);
    if (token === undefined) return;
    if (token === '' || seen.has(token) || seen.size >= MAX_LISTINGS)
      throw broken('goes on without end');
    seen.add(token);
  }
}

/** The entries of each folder that contains keys. */
function foldersOf(keys: Iterable<string>): Map<string, Map<string, SourceEntry>> {
  const folders = new Map<string, Map<string, SourceEntry>>();
  for (const key of keys) {
    const names = key.split('/');
    for (const [depth, name] of names.entries()) {
      if (name === '') break;
      const folder = names.slice(0, depth).join('/');
      const isFolder = depth < names.length - 1;
      const entries = folders.get(folder) ?? new Map<string, SourceEntry>();
      // A key may be a file and a folder at once; the folder takes precedence, since it contains more.
      if (isFolder || !entries.has(name)) entries.set(name, { name, isFolder });
      folders.set(folder, entries);
    }
  }
  return folders;
}

/** The files with these keys in a bucket. */
export function filesOfKeys(
  reader: HttpReader,
  bucket: string,
  keys: Iterable<string>,
): SourceFiles {
  const folders = foldersOf(keys);
  return httpFiles(reader, bucket, (folder) => {
    const entries = [...(folders.get(folder)?.values() ?? [])];
    return Promise.resolve(entries.sort((a, b) => compareUtf8(a.name, b.name)));
  });
}

/**
 * The files of a bucket whose keys begin with one of the prefixes. A listing that breaks off would hide files
 * of versions it names, so the complete listing is required. @throws BrokenFile
 */
export async function bucketFiles(
  reader: HttpReader,
  bucket: string,
  prefixes: readonly string[],
): Promise<SourceFiles> {
  const keys: string[] = [];
  for (const prefix of prefixes)
    for await (const key of listedKeys(reader, bucket, prefix)) keys.push(key);
  return filesOfKeys(reader, bucket, keys);
}
