// A bucket of any S3-compatible service, written by its REST API.

import { ArchiveError } from '../../core/error.ts';
import { formatS3Address, type S3Place } from '../../core/records/s3-place.ts';
import { md5Hex } from '../digests/file-digests.ts';
import { mediaTypeOf } from '../../core/hosting/media-type.ts';
import { MAX_OBJECT_BYTES } from './answered-bytes.ts';
import { nextListing, objectsOf } from './listing-xml.ts';
import type { Bucket, ObjectHeaders, StoredObject } from './object-store.ts';
import { s3Client, type S3Credentials, type S3Settings } from './s3-client.ts';

/** Listings of a thousand keys each; no site and no archive of this kind has more. */
const MAX_LISTINGS = 10_000;
/** Objects of a store are named by what is in them. */
const FOREVER = 'public, max-age=31536000, immutable';

async function collected(
  name: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const all: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > MAX_OBJECT_BYTES) throw tooLarge(name);
    all.push(piece);
  }
  return Buffer.concat(all);
}

function tooLarge(name: string): ArchiveError {
  return new ArchiveError('store-failed', `${name} is larger than ${MAX_OBJECT_BYTES} bytes.`);
}

/**
 * The bucket at a place. Each object is one PUT, of at most 1 GB, that names the MD5 and the SHA-256 of
 * its bytes, so that the service refuses what was damaged on its way.
 */
export function s3Store(
  place: S3Place,
  credentials: S3Credentials,
  settings: S3Settings = {},
): Bucket {
  const send = s3Client(place, credentials, settings);
  const { prefix } = place;
  const nameOf = (key: string): string => formatS3Address(place) + key;

  async function put(key: string, bytes: Uint8Array, headers: ObjectHeaders): Promise<void> {
    if (bytes.length > MAX_OBJECT_BYTES) throw tooLarge(nameOf(key));
    const answer = await send({
      method: 'PUT',
      key: prefix + key,
      headers: {
        'Content-Type': headers.contentType,
        'Cache-Control': headers.cacheControl,
        'Content-MD5': Buffer.from(md5Hex(bytes), 'hex').toString('base64'),
      },
      body: bytes as Uint8Array<ArrayBuffer>,
    });
    if (answer.status === 404)
      throw new ArchiveError('store-failed', `The store answers 404 for ${nameOf(key)}.`);
  }

  return {
    name: formatS3Address(place),
    async has(key) {
      const range = { Range: 'bytes=0-0' };
      // An answer to HEAD has no body: why it was refused, only GET tells.
      const answer = await send({ method: 'HEAD', key: prefix + key }).catch(() =>
        send({ method: 'GET', key: prefix + key, headers: range }),
      );
      return answer.status !== 404;
    },
    async read(key) {
      const { status, body } = await send({ method: 'GET', key: prefix + key });
      return status === 404 ? undefined : body;
    },
    async write(key, pieces) {
      const bytes = await collected(nameOf(key), pieces);
      await put(key, bytes, { contentType: mediaTypeOf(key), cacheControl: FOREVER });
    },
    put,
    async remove(key) {
      await send({ method: 'DELETE', key: prefix + key });
    },
    async *list(): AsyncGenerator<StoredObject> {
      const broken = (what: string): ArchiveError =>
        new ArchiveError('store-failed', `The listing of ${formatS3Address(place)} ${what}.`);
      let token: string | undefined = '';
      for (let count = 0; token !== undefined; count += 1) {
        if (count >= MAX_LISTINGS) throw broken('goes on without end');
        const query = { ...(token === '' ? {} : { 'continuation-token': token }) };
        const answer = await send({ method: 'GET', query: { ...query, 'list-type': '2', prefix } });
        const xml = new TextDecoder().decode(answer.body);
        if (!xml.trimEnd().endsWith('</ListBucketResult>')) throw broken('is none');
        for (const { key, size, etag } of objectsOf(xml)) {
          if (!key.startsWith(prefix)) continue;
          const holds = (bytes: Uint8Array): boolean =>
            bytes.length === size && md5Hex(bytes) === etag;
          yield { key: key.slice(prefix.length), size, holds };
        }
        token = nextListing(xml);
        if (token === '') throw broken('breaks off');
      }
    },
  };
}
