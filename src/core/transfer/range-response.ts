// What the head of an HTTP response says about a requested range (RFC 9110, sections 13
// and 14), checked before any byte of its body is used.

import { isBusyStatus, retryAfter } from './retry.ts';
import { plainCountOf } from '../text/format.ts';

/** The head of a response. */
export interface ResponseHead {
  status: number;
  /** The value of a header; null without it. */
  header(name: string): string | null;
  /** Whether a browser hides most headers, as it does for responses from another origin. */
  hidesHeaders?: boolean;
}

/** A requested range, and what is already known of the whole. */
export interface WantedRange {
  from: number;
  /** At least 1. If the size is unknown, the response may be shorter. */
  length: number;
  /** Of the whole, in bytes. */
  size?: number;
  /** The ETag header that the whole must still have. */
  etag?: string;
}

/** The meaning of a response. */
export type RangeVerdict =
  /** `length` bytes starting at `from`, of `size` in total. */
  | { kind: 'range'; length: number; size: number; etag: string | undefined }
  /** All bytes from the first on: the server ignores ranges, or has another ETag. */
  | { kind: 'whole'; size: number; etag: string | undefined }
  /** There is no such range, for an unknown size: possibly it is empty. */
  | { kind: 'no-range' }
  | { kind: 'absent' }
  /** The bytes are no longer those that were opened. */
  | { kind: 'changed'; why: string }
  | { kind: 'busy'; why: string; wait: number | undefined }
  | { kind: 'wrong'; why: string };

interface ContentRange {
  from: number;
  to: number;
  /** Undefined for `*`. */
  size: number | undefined;
}

function contentRange(value: string): ContentRange | undefined {
  const [, from, to, size] =
    /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(value.trim()) ?? [];
  if (from === undefined || to === undefined || size === undefined) return undefined;
  return { from: Number(from), to: Number(to), size: size === '*' ? undefined : Number(size) };
}

function wholeNumber(value: string | null): number | undefined {
  return value !== null && /^\d{1,15}$/.test(value.trim()) ? Number(value) : undefined;
}

/** Compares ETag headers; an absent one matches any. */
function isOtherEtag(found: string | null, meant: string | undefined): boolean {
  return found !== null && meant !== undefined && found !== meant;
}

function judgePartial(
  head: ResponseHead,
  wanted: WantedRange,
  etag: string | undefined,
): RangeVerdict {
  const { from, length, size } = wanted;
  const header = head.header('content-range');
  if (header === null && head.hidesHeaders === true && size !== undefined)
    return { kind: 'range', length, size, etag };
  const range = header === null ? undefined : contentRange(header);
  if (range === undefined)
    return { kind: 'wrong', why: 'it does not say which bytes it sends (Content-Range)' };
  if (size !== undefined && range.size !== undefined && range.size !== size)
    return { kind: 'changed', why: `it has ${plainCountOf(range.size, 'byte')} now, not ${size}` };
  const whole = range.size ?? size;
  if (whole === undefined) return { kind: 'wrong', why: 'it does not say how many bytes it has' };
  const last = Math.min(from + length, whole) - 1;
  if (range.from !== from || range.to !== last)
    return {
      kind: 'wrong',
      why: `it sends the bytes ${range.from} to ${range.to} instead of ${from} to ${last}`,
    };
  const sent = wholeNumber(head.header('content-length'));
  if (sent !== undefined && sent !== last - from + 1)
    return {
      kind: 'wrong',
      why: `it sends ${plainCountOf(sent, 'byte')} instead of ${last - from + 1}`,
    };
  return { kind: 'range', length: last - from + 1, size: whole, etag };
}

function judgeWhole(
  head: ResponseHead,
  { size }: WantedRange,
  etag: string | undefined,
): RangeVerdict {
  const length = wholeNumber(head.header('content-length'));
  if (length !== undefined && size !== undefined && length !== size)
    return { kind: 'changed', why: `it has ${plainCountOf(length, 'byte')} now, not ${size}` };
  const whole = length ?? size;
  if (whole === undefined) return { kind: 'wrong', why: 'it does not say how many bytes it has' };
  return { kind: 'whole', size: whole, etag };
}

/** Checks the response to a GET request for one range. `now` is a time in milliseconds. */
export function judgeRangeResponse(
  head: ResponseHead,
  wanted: WantedRange,
  now: number,
): RangeVerdict {
  const { status } = head;
  if (status === 404 || status === 410) return { kind: 'absent' };
  if (status === 412) return { kind: 'changed', why: 'its ETag is another' };
  if (isBusyStatus(status)) {
    const wait = retryAfter(head.header('retry-after'), now);
    return { kind: 'busy', why: `it answers ${status}`, wait };
  }
  // An empty file has no first byte, so that there is no range to response with.
  if (status === 416 && /^bytes \*\/0$/.test(head.header('content-range') ?? '')) {
    if (wanted.size === undefined && wanted.from === 0)
      return { kind: 'whole', size: 0, etag: head.header('etag') ?? undefined };
    return { kind: 'changed', why: 'it is empty now' };
  }
  if (status === 416)
    return wanted.size === undefined && wanted.from === 0
      ? { kind: 'no-range' }
      : { kind: 'changed', why: 'it has fewer bytes than it had' };
  if (status !== 200 && status !== 206) return { kind: 'wrong', why: `it answers ${status}` };
  const found = head.header('etag');
  if (isOtherEtag(found, wanted.etag)) return { kind: 'changed', why: 'its ETag is another' };
  const coding = head.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (coding !== 'identity' && coding !== '')
    return { kind: 'wrong', why: 'it sends its bytes compressed, where ranges mean nothing' };
  const etag = found ?? undefined;
  return status === 206 ? judgePartial(head, wanted, etag) : judgeWhole(head, wanted, etag);
}
