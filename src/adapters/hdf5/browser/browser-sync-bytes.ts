// Bytes in a worker of a browser, read synchronously: at an address by ranges, or of a file on the reader's own
// computer, which never leaves it.

import { ArchiveError } from '../../../core/error.ts';
import { judgeRangeResponse, type ResponseHead } from '../../../core/transfer/range-response.ts';
import { exactLength, type SyncBytes } from '../sync-bytes.ts';

/** An address whose size is known, from a record or from a request. */
export interface RangedAddress {
  readonly url: string;
  readonly size: number;
  /** As a header, with quotes: what the bytes must still have. */
  readonly etag?: string;
}

/** A synchronous request cannot wait: what a busy server does not send at once is asked for again, so many times. */
const ATTEMPTS = 3;

interface Answer {
  head: ResponseHead;
  body: Uint8Array;
}

/** One request; undefined if there is no answer. */
function request(url: string, from: number, length: number): Answer | undefined {
  const sent = new XMLHttpRequest();
  sent.open('GET', url, false);
  sent.responseType = 'arraybuffer';
  sent.setRequestHeader('Range', `bytes=${from}-${from + length - 1}`);
  const isOwn = new URL(url, location.href).origin === location.origin;
  // The browser's own cache would only copy what is cached here. Another origin would have to allow the header.
  if (isOwn) sent.setRequestHeader('Cache-Control', 'no-cache');
  try {
    sent.send();
  } catch {
    return undefined;
  }
  return {
    head: {
      status: sent.status,
      // Reading one that another origin hides prints a warning, and gives null.
      header: (name) => sent.getResponseHeader(name),
      ...(isOwn ? {} : { hidesHeaders: true }),
    },
    body: new Uint8Array((sent.response as ArrayBuffer | null) ?? new ArrayBuffer(0)),
  };
}

/** The bytes at an address. Status, range, length and ETag of each answer are checked. */
export function addressSyncBytes({ url, size, etag }: RangedAddress, name: string): SyncBytes {
  let known = etag;
  const failed = (
    code: 'bytes-unreadable' | 'bytes-not-found' | 'bytes-changed',
    why: string,
  ): ArchiveError => new ArchiveError(code, `${name} ${why}.`);
  const attempt = (from: number, length: number): Uint8Array | string => {
    const answer = request(url, from, length);
    if (answer === undefined) return 'there was no answer';
    const wanted = { from, length, size, ...(known === undefined ? {} : { etag: known }) };
    const verdict = judgeRangeResponse(answer.head, wanted, Date.now());
    switch (verdict.kind) {
      case 'range':
        known ??= verdict.etag;
        return exactLength(answer.body, length, name);
      case 'busy':
        return verdict.why;
      case 'absent':
        throw failed('bytes-not-found', 'is not there');
      case 'changed':
        throw failed('bytes-changed', `has changed since it was opened: ${verdict.why}`);
      case 'whole':
      case 'no-range':
        throw failed('bytes-unreadable', 'could not be read: its server gives no ranges');
      case 'wrong':
        throw failed('bytes-unreadable', `could not be read: ${verdict.why}`);
    }
  };
  return {
    name,
    size,
    read(from, length) {
      let why = '';
      for (let tried = 0; tried < ATTEMPTS; tried += 1) {
        const result = attempt(from, length);
        if (typeof result !== 'string') return result;
        why = result;
      }
      throw failed('bytes-unreadable', `could not be read: ${why}`);
    },
  };
}

/** The synchronous reader that only workers have. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/** The bytes of a file that was chosen or dropped. */
export function blobSyncBytes(blob: Blob, name: string): SyncBytes {
  return {
    name,
    size: blob.size,
    read(from, length) {
      let bytes: ArrayBuffer;
      try {
        bytes = new FileReaderSync().readAsArrayBuffer(blob.slice(from, from + length));
      } catch (cause) {
        throw new ArchiveError('bytes-unreadable', `${name} could not be read.`, {
          hint: 'It may have been changed, moved or removed; choose it again.',
          cause,
        });
      }
      return exactLength(new Uint8Array(bytes), length, name);
    },
  };
}
