// Writes objects of any size to a bucket: small ones in one request, large ones in parts.

import { ArchiveError } from '../../core/error.ts';
import { MAX_ETAG_FILE, planParts } from '../../core/digests/dandi-etag.ts';
import { etagOfHeader } from '../../core/transfer/etag-header.ts';
import type { Bytes } from '../bytes/bytes.ts';
import {
  isBytes,
  type UploadedPart,
  type UploadState,
  type WriteSource,
  type Written,
} from './object-store.ts';
import {
  abandonUpload,
  base64OfHex,
  beginUpload,
  completeUpload,
  isCompleted,
  objectHeaders,
  resumeUpload,
  sendPart,
  type Resumed,
  type Upload,
} from './s3-upload.ts';
import { partOfBytes, partsOfPieces, sha256OfPart, type SourcePart } from './source-parts.ts';
import { plainCountOf } from '../../core/text/format.ts';

/** Parts sent in parallel; of each, one piece is in memory. */
const AT_ONCE = 4;
/** The part size for pieces of unknown total size, in bytes: one part is in memory. */
const PIECES_PART = 16 * 1024 * 1024;

function sizeFault({ key }: Upload, what: string): ArchiveError {
  return new ArchiveError('store-failed', `${key} was not written: ${what}.`);
}

/** One request for a whole object. */
async function putWhole(upload: Upload, part: SourcePart): Promise<Written> {
  const { client, key, options, newSha256 } = upload;
  const sha256 = options.partDigests?.[0] ?? (await sha256OfPart(part, newSha256));
  const response = await client.ask({
    method: 'PUT',
    key,
    headers: {
      ...objectHeaders(options),
      'content-length': String(part.size),
      'x-amz-checksum-sha256': base64OfHex(sha256),
      ...(options.ifAbsent === true ? { 'if-none-match': '*' } : {}),
    },
    body: { size: part.size, pieces: () => part.pieces(), sha256 },
    signal: options.signal,
  });
  if (response.status === 412) return { kind: 'exists' };
  if (response.status === 404)
    throw new ArchiveError('store-failed', `The store answers 404 for ${key}.`);
  options.progress?.(part.size);
  const etag = etagOfHeader(response.header('etag'));
  return { kind: 'written', ...(etag === undefined ? {} : { etag }) };
}

/** Removes a failed upload, unless a journal allows to resume it. */
async function clearAway(upload: Upload, uploadId: string): Promise<void> {
  if (upload.options.journal !== undefined) return;
  await abandonUpload(upload, uploadId).catch(() => undefined);
}

/** The growing state of an upload; its journal entries are written one after another. */
class Growing {
  readonly #upload: Upload;
  readonly #parts = new Map<number, UploadedPart>();
  readonly #begun: UploadState;
  #noting: Promise<void> = Promise.resolve();
  #sent = 0;

  constructor(upload: Upload, begun: UploadState) {
    this.#upload = upload;
    this.#begun = begun;
    for (const part of begun.parts) this.#parts.set(part.number, part);
    this.#sent = begun.parts.reduce((sum, { size }) => sum + size, 0);
  }

  get state(): UploadState {
    const parts = [...this.#parts.values()].sort((a, b) => a.number - b.number);
    return { ...this.#begun, parts };
  }

  has(number: number): boolean {
    return this.#parts.has(number);
  }

  readonly sent = (bytes: number): void => {
    this.#sent += bytes;
    this.#upload.options.progress?.(this.#sent);
  };

  note(): Promise<void> {
    this.#noting = this.#noting.then(() => this.#upload.options.journal?.(this.state));
    return this.#noting;
  }

  add(part: UploadedPart): Promise<void> {
    this.#parts.set(part.number, part);
    return this.note();
  }
}

/** Resumes an upload, or begins one; `done` where the object exists already. */
async function start(upload: Upload, bytes: Bytes): Promise<Resumed | 'done'> {
  const { partSize, count } = planParts(bytes.size);
  const { resume } = upload.options;
  if (resume !== undefined && resume.partSize === partSize) {
    const resumed = await resumeUpload(upload, resume);
    if (resumed !== undefined) return resumed;
    if (resume.parts.length === count && (await isCompleted(upload, resume.parts))) return 'done';
  }
  return { state: await beginUpload(upload, partSize), unnoted: new Map() };
}

/** Sends the missing parts, several in parallel. The first failure aborts the others. */
async function sendMissing(
  upload: Upload,
  bytes: Bytes,
  growing: Growing,
  resumed: Resumed,
): Promise<void> {
  const { uploadId, partSize } = resumed.state;
  const { count } = planParts(bytes.size);
  const { signal } = upload.options;
  const control = new AbortController();
  const forward = (): void => control.abort(signal?.reason);
  signal?.addEventListener('abort', forward, { once: true });
  let next = 1;
  const worker = async (): Promise<void> => {
    for (let number = next++; number <= count; number = next++) {
      if (growing.has(number)) continue;
      control.signal.throwIfAborted();
      const part = partOfBytes(bytes, number, partSize, control.signal);
      const there = resumed.unnoted.get(number);
      await growing.add(
        await sendPart(upload, uploadId, part, there, growing.sent, control.signal),
      );
    }
  };
  const guarded = async (): Promise<void> => {
    try {
      await worker();
    } catch (error) {
      control.abort(error);
      throw error;
    }
  };
  try {
    signal?.throwIfAborted();
    const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, guarded));
    if (ends.some(({ status }) => status === 'rejected')) throw control.signal.reason;
  } finally {
    signal?.removeEventListener('abort', forward);
  }
}

async function writeBytes(upload: Upload, bytes: Bytes): Promise<Written> {
  const { partSize } = planParts(bytes.size);
  if (bytes.size <= partSize && upload.options.resume === undefined)
    return putWhole(upload, partOfBytes(bytes, 1, partSize, upload.options.signal));
  const resumed = await start(upload, bytes);
  if (resumed === 'done') {
    const { header } = await upload.client.ask({ method: 'HEAD', key: upload.key });
    const etag = etagOfHeader(header('etag'));
    return { kind: 'written', ...(etag === undefined ? {} : { etag }) };
  }
  const growing = new Growing(upload, resumed.state);
  try {
    await growing.note();
    await sendMissing(upload, bytes, growing, resumed);
    return await completeUpload(upload, growing.state);
  } catch (error) {
    await clearAway(upload, resumed.state.uploadId);
    throw error;
  }
}

async function writePieces(
  upload: Upload,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<Written> {
  const { size, signal } = upload.options;
  const partSize = size === undefined ? PIECES_PART : planParts(size).partSize;
  const parts = partsOfPieces(pieces, partSize);
  const first = (await parts.next()).value ?? { number: 1, size: 0, pieces: () => [] };
  let total = first.size;
  let next = first.size === partSize ? await parts.next() : undefined;
  if (next === undefined || next.done === true) {
    if (size !== undefined && total !== size)
      throw sizeFault(upload, `it has ${plainCountOf(total, 'byte')}, not ${size}`);
    return putWhole(upload, first);
  }
  const begun = await beginUpload(upload, partSize);
  const growing = new Growing(upload, begun);
  try {
    await growing.add(
      await sendPart(upload, begun.uploadId, first, undefined, growing.sent, signal),
    );
    for (; next.done !== true; next = await parts.next()) {
      total += next.value.size;
      if (total > (size ?? MAX_ETAG_FILE))
        throw sizeFault(upload, `it has more than ${size} bytes`);
      await growing.add(
        await sendPart(upload, begun.uploadId, next.value, undefined, growing.sent, signal),
      );
    }
    if (size !== undefined && total !== size)
      throw sizeFault(upload, `it has ${plainCountOf(total, 'byte')}, not ${size}`);
    return await completeUpload(upload, growing.state);
  } catch (error) {
    await clearAway(upload, begun.uploadId);
    throw error;
  }
}

/**
 * Writes an object. Up to the part size of the dandi-etag's plan (64 MiB) it is one PUT; larger objects
 * are sent in the parts of that plan, so that their ETag is the dandi-etag.
 *
 * @throws ArchiveError `store-failed`; any error of the source
 */
export function writeObject(upload: Upload, source: WriteSource): Promise<Written> {
  return isBytes(source) ? writeBytes(upload, source) : writePieces(upload, source);
}
