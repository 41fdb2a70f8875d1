// What the head of an HTTP answer says about a range that was asked for (RFC 9110, sections 13
// and 14), judged before a byte of its body is believed.

import { isBusyStatus, retryAfter } from './retry.ts';

/** The head of an answer. */
export interface AnswerHead {
  status: number;
  /** The value of a header; null without it. */
  header(name: string): string | null;
  /** A browser shows a page only some headers of an answer from another host. */
  hidesHeaders?: boolean;
}

/** A range of bytes, and what is known of the whole before asking. */
export interface WantedRange {
  from: number;
  /** At least 1. Where the size is not known, the answer may be shorter. */
  length: number;
  /** Bytes of the whole. */
  size?: number;
  /** The ETag header that the whole must still have, as it was first seen. */
  etag?: string;
}

/** What an answer is. */
export type RangeVerdict =
  /** Bytes from `from` on, `length` of them, of a whole of `size` bytes. */
  | { kind: 'range'; length: number; size: number; etag: string | undefined }
  /** All bytes from the first on: the server ignored the range, or refused it for another ETag. */
  | { kind: 'whole'; size: number; etag: string | undefined }
  /** It has no such range and does not say what it has: perhaps it is empty. */
  | { kind: 'no-range' }
  | { kind: 'absent' }
  /** Other bytes are there than those that were opened. */
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

/** Compares ETag headers; an absent one says nothing. */
function isOtherEtag(found: string | null, meant: string | undefined): boolean {
  return found !== null && meant !== undefined && found !== meant;
}

function judgePartial(
  head: AnswerHead,
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
    return { kind: 'changed', why: `it has ${range.size} bytes now, not ${size}` };
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
    return { kind: 'wrong', why: `it sends ${sent} bytes instead of ${last - from + 1}` };
  return { kind: 'range', length: last - from + 1, size: whole, etag };
}

function judgeWhole(
  head: AnswerHead,
  { size }: WantedRange,
  etag: string | undefined,
): RangeVerdict {
  const length = wholeNumber(head.header('content-length'));
  if (length !== undefined && size !== undefined && length !== size)
    return { kind: 'changed', why: `it has ${length} bytes now, not ${size}` };
  const whole = length ?? size;
  if (whole === undefined) return { kind: 'wrong', why: 'it does not say how many bytes it has' };
  return { kind: 'whole', size: whole, etag };
}

/** Judges the answer to a GET that asked for one range. `now` is a time in milliseconds. */
export function judgeRangeAnswer(head: AnswerHead, wanted: WantedRange, now: number): RangeVerdict {
  const { status } = head;
  if (status === 404 || status === 410) return { kind: 'absent' };
  if (status === 412) return { kind: 'changed', why: 'its ETag is another' };
  if (isBusyStatus(status)) {
    const wait = retryAfter(head.header('retry-after'), now);
    return { kind: 'busy', why: `it answers ${status}`, wait };
  }
  // An empty file has no first byte, so that there is no range to answer with.
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
