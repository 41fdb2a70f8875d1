// The listing of a bucket, a thousand keys per request, as every S3-compatible store provides it.

import { ArchiveError } from '../../core/error.ts';
import { nextListing, objectsOf } from './listing-xml.ts';
import type { ListedObject } from './object-store.ts';

/** Listings of a thousand keys each; no site and no archive of this kind has more. */
const MAX_LISTINGS = 10_000;

/**
 * Every object whose key begins with a prefix; `ask` returns the XML response to a query.
 *
 * @throws ArchiveError `store-failed` for a listing that is incomplete, endless, or no listing
 */
export async function* listObjects(
  name: string,
  prefix: string,
  ask: (query: Record<string, string>) => Promise<string>,
): AsyncGenerator<ListedObject> {
  const broken = (what: string): ArchiveError =>
    new ArchiveError('store-failed', `The listing of ${name} ${what}.`);
  let token: string | undefined = '';
  for (let count = 0; token !== undefined; count += 1) {
    if (count >= MAX_LISTINGS) throw broken('goes on without end');
    const more: Record<string, string> = token === '' ? {} : { 'continuation-token': token };
    const xml = await ask({ ...more, 'list-type': '2', prefix });
    if (!xml.trimEnd().endsWith('</ListBucketResult>')) throw broken('is none');
    for (const { key, size, etag } of objectsOf(xml))
      if (key.startsWith(prefix)) yield { key, size, ...(etag === '' ? {} : { etag }) };
    token = nextListing(xml);
    if (token === '') throw broken('breaks off');
  }
}
