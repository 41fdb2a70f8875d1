// Copies objects within a bucket, on the server.

import { ArchiveError } from '../../core/error.ts';
import { planParts } from '../../core/digests/dandi-etag.ts';
import { etagHeader, etagOfHeader } from '../../core/transfer/etag-header.ts';
import { textsOf } from './listing-xml.ts';
import type { ObjectHead, UploadedPart, Written } from './object-store.ts';
import { encodedKey } from './s3-signer.ts';
import { abandonUpload, beginUpload, completeUpload, type Upload } from './s3-upload.ts';
import { writeObject } from './s3-write.ts';

const AT_ONCE = 8;
/** How long, in milliseconds, a service may be silent while it copies a part. */
const COPYING = 300_000;

async function copyPart(
  { client, key, options }: Upload,
  uploadId: string,
  source: { path: string; head: ObjectHead },
  number: number,
  partSize: number,
): Promise<UploadedPart> {
  const from = (number - 1) * partSize;
  const to = Math.min(source.head.size, from + partSize) - 1;
  const { etag: sourceEtag } = source.head;
  const { status, text } = await client.ask({
    method: 'PUT',
    key,
    query: { partNumber: String(number), uploadId },
    headers: {
      'x-amz-copy-source': source.path,
      'x-amz-copy-source-range': `bytes=${from}-${to}`,
      // Copies only the version whose head was read.
      ...(sourceEtag === undefined ? {} : { 'x-amz-copy-source-if-match': etagHeader(sourceEtag) }),
    },
    signal: options.signal,
    silence: COPYING,
  });
  const etag = etagOfHeader(textsOf(text, 'ETag')[0]);
  if (status !== 200 || etag === undefined)
    throw new ArchiveError(
      'store-failed',
      `Part ${number} of ${source.path} was not copied (${status}).`,
    );
  return { number, size: to - from + 1, etag, sha256: '' };
}

/**
 * Copies an object in the parts of the dandi-etag's plan, so that the ETag of the copy is the dandi-etag and
 * the condition is checked at completion; CopyObject guarantees neither. `head` is that of the source.
 *
 * @throws ArchiveError `store-failed`, also if the source changes meanwhile
 */
export async function copyObject(
  upload: Upload,
  bucket: string,
  from: string,
  head: ObjectHead,
): Promise<Written> {
  // An empty object has no parts.
  if (head.size === 0) return writeObject(upload, []);
  const { partSize, count } = planParts(head.size);
  const source = { path: `/${bucket}/${encodedKey(from)}`, head };
  const begun = await beginUpload(upload, partSize, false);
  const parts: UploadedPart[] = [];
  let next = 1;
  const worker = async (): Promise<void> => {
    for (let number = next++; number <= count; number = next++) {
      try {
        parts[number - 1] = await copyPart(upload, begun.uploadId, source, number, partSize);
      } catch (error) {
        next = count + 1;
        throw error;
      }
    }
  };
  try {
    const ends = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, count) }, worker));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return await completeUpload(upload, { ...begun, parts });
  } catch (error) {
    await abandonUpload(upload, begun.uploadId).catch(() => undefined);
    throw error;
  }
}
