// A bucket of any S3-compatible service by its REST API, in Node.

import { createHash } from 'node:crypto';
import { ArchiveError, isArchiveError } from '../../core/error.ts';
import { formatS3Address, type S3Place } from '../../core/records/s3-place.ts';
import type { RetrySettings } from '../bytes/retry-requests.ts';
import { openBytesOf } from '../bytes/http-bytes.ts';
import { nodeRequest } from '../bytes/node-request.ts';
import { mediaTypeOf } from '../../core/hosting/media-type.ts';
import { headOfResponse } from './http-store.ts';
import { listObjects } from './list-objects.ts';
import type { ObjectHead, ObjectStore, WriteOptions } from './object-store.ts';
import { s3Client } from './s3-client.ts';
import { copyObject } from './s3-copy.ts';
import type { Signer } from './s3-signer.ts';
import { abandonUpload, type Upload } from './s3-upload.ts';
import { writeObject } from './s3-write.ts';

/** A bucket, with the removal of unfinished uploads. */
export interface S3Store extends ObjectStore {
  /** Removes an unfinished upload; a missing one is no error. */
  abandon(key: string, uploadId: string): Promise<void>;
}

/** Objects of a store are named by their content. */
const FOREVER = 'public, max-age=31536000, immutable';

/** The bucket at a place. */
export function s3Store(place: S3Place, signer: Signer, settings: RetrySettings = {}): S3Store {
  const client = s3Client(place, signer, nodeRequest, settings);
  const { bucket, prefix } = place;
  const name = formatS3Address(place);

  function uploadOf(key: string, options: WriteOptions): Upload {
    const defaults = { contentType: mediaTypeOf(key), cacheControl: FOREVER };
    const newSha256 = (): ReturnType<typeof createHash> => createHash('sha256');
    return { client, key: prefix + key, newSha256, options: { ...defaults, ...options } };
  }

  async function head(key: string, signal?: AbortSignal): Promise<ObjectHead | undefined> {
    const request = { method: 'HEAD', key: prefix + key, signal } as const;
    const response = await client.ask(request).catch(async (error: unknown) => {
      signal?.throwIfAborted();
      // A response to HEAD has no body; only GET returns the reason of a refusal.
      await client.ask({ ...request, method: 'GET', headers: { range: 'bytes=0-0' } });
      throw error;
    });
    if (response.status === 404) return undefined;
    const found = headOfResponse(response);
    if (found !== undefined) return found;
    throw new ArchiveError('store-failed', `${name}${key} is there, but its size is not told.`);
  }

  return {
    name,
    head,
    async open(key, signal) {
      try {
        const options = signal === undefined ? {} : { signal };
        return await openBytesOf(client.source(prefix + key), options, settings);
      } catch (error) {
        if (isArchiveError(error, 'bytes-not-found')) return undefined;
        if (!isArchiveError(error, 'bytes-unreadable')) throw error;
        throw new ArchiveError('store-failed', error.message, { cause: error });
      }
    },
    async *list(within = '', signal) {
      const ask = async (query: Record<string, string>): Promise<string> =>
        (await client.ask({ method: 'GET', query, signal })).text;
      for await (const object of listObjects(name, prefix + within, ask))
        yield { ...object, key: object.key.slice(prefix.length) };
    },
    write: (key, source, options = {}) => writeObject(uploadOf(key, options), source),
    async copy(from, to, options = {}) {
      const found = await head(from, options.signal);
      if (found === undefined)
        throw new ArchiveError('store-failed', `There is no object ${name}${from} to copy.`);
      const { contentType, cacheControl } = found;
      const headers = {
        ...(contentType === undefined ? {} : { contentType }),
        ...(cacheControl === undefined ? {} : { cacheControl }),
      };
      return copyObject(uploadOf(to, { ...headers, ...options }), bucket, prefix + from, found);
    },
    async remove(key) {
      await client.ask({ method: 'DELETE', key: prefix + key });
    },
    async abandon(key, uploadId) {
      await abandonUpload(uploadOf(key, {}), uploadId);
    },
  };
}
