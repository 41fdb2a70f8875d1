// What a store answers to readers and strangers, judged: each finding says what is right or wrong, and which
// settings fix it. The requests are made by src/workflows/archive/check-store.ts.

import { judgeRangeResponse, type ResponseHead } from '../transfer/range-response.ts';
import { countOf } from '../text/format.ts';
import { SEEN_HEADERS, SENT_HEADERS } from './bucket-documents.ts';

/** The response to a request, or why there is none. */
export interface StoreAnswer extends ResponseHead {
  /** The first bytes of the body, as text. */
  start: string;
  /** Bytes of the body, as far as it was read. */
  length: number;
}

export type Answered = StoreAnswer | { error: string };

/** Settings that put something right. */
export type StoreFix = 'policy' | 'cors' | 'server' | 'https';

export interface StoreFinding {
  /** Never renamed, so that programs can select. */
  check: string;
  /** `unknown`: the answers leave it open. */
  outcome: 'right' | 'wrong' | 'unknown';
  says: string;
  fix?: StoreFix;
}

type Verdict = Omit<StoreFinding, 'check'>;

export const right = (says: string): Verdict => ({ outcome: 'right', says });
export const wrong = (says: string, fix: StoreFix): Verdict => ({ outcome: 'wrong', says, fix });
export const unknown = (says: string): Verdict => ({ outcome: 'unknown', says });

const isError = (answer: Answered): answer is { error: string } => 'error' in answer;
const isAnswer = (answer: Answered): answer is StoreAnswer => !isError(answer);

const namesIn = (value: string | null): string[] =>
  (value ?? '').split(',').map((name) => name.trim().toLowerCase());

/** The names of a list of headers that another list, or `*`, leaves out. */
function missingFrom(list: string | null, wanted: readonly string[]): string[] {
  const names = namesIn(list);
  return names.includes('*') ? [] : wanted.filter((name) => !names.includes(name.toLowerCase()));
}

const isEmpty = (text: string): boolean => text === '';

/** Whether pages of any site may read the response. */
function opens(answer: StoreAnswer, origin: string): boolean {
  const allowed = answer.header('access-control-allow-origin');
  return allowed === '*' || allowed === origin;
}

/** `https:` in the address: pages that came over https may load nothing else. */
export function judgeScheme(url: string): Verdict {
  if (/^https:/i.test(url)) return right('encrypted');
  if (/^http:\/\/(?:localhost|127\.|\[::1\])/i.test(url)) return right('on this machine only');
  return wrong('pages over https cannot read it', 'https');
}

/** HEAD of an object: it is there for everybody, with its length. */
export function judgeHead(answer: Answered, size: number | undefined): Verdict {
  if (isError(answer)) return wrong(answer.error, 'server');
  if (answer.status === 403 || answer.status === 401)
    return wrong(`answers ${answer.status}: not public to read, or not there`, 'policy');
  if (answer.status !== 200) return wrong(`HEAD answers ${answer.status}`, 'server');
  const length = answer.header('content-length');
  if (length === null || isEmpty(length)) return wrong('HEAD says no length', 'server');
  if (size !== undefined && Number(length) !== size)
    return wrong(`HEAD says ${length} bytes; the record says ${size}`, 'server');
  return right(countOf(Number(length), 'byte'));
}

/** GET with a range from the start: exactly these bytes, and which they are. */
export function judgeRange(answer: Answered, length: number, size: number | undefined): Verdict {
  if (isError(answer)) return wrong(answer.error, 'server');
  const wanted = { from: 0, length, ...(size === undefined ? {} : { size }) };
  const verdict = judgeRangeResponse(answer, wanted, 0);
  if (verdict.kind === 'whole') return wrong('sends the whole file instead of a range', 'server');
  if (verdict.kind !== 'range')
    return wrong('why' in verdict ? verdict.why : `answers ${answer.status}`, 'server');
  if (answer.length !== verdict.length)
    return wrong(`sends ${answer.length} bytes instead of ${verdict.length}`, 'server');
  return right(`206, ${answer.header('content-range') ?? ''}`);
}

/**
 * A range on the condition that a file is as it was when a reader began: `same` asks with its ETag, `other` with
 * another one, which has to answer 200. Servers of S3 may ignore If-Range; `match` asks by If-Match, which has to
 * answer 412.
 */
export function judgeIfRange(
  etag: string | null,
  same: Answered,
  other: Answered,
  match: Answered,
): Verdict {
  if (etag === null || isEmpty(etag) || etag.startsWith('W/'))
    return wrong('no strong ETag: a download cannot notice that a file was replaced', 'server');
  if (isError(same) || isError(other)) return unknown('no answer');
  if (same.status !== 206) return wrong(`answers ${same.status} to its own ETag`, 'server');
  if (other.status === 206 && isAnswer(match) && match.status === 412)
    return right('by If-Match; If-Range is ignored');
  if (other.status !== 200 && other.status !== 412)
    return wrong(`answers ${other.status} to another ETag, as if nothing had changed`, 'server');
  return right('as the ETag says');
}

/** A client that accepts compressed answers: bytes must come as they are, or ranges mean nothing. */
export function judgeEncoding(answer: Answered): Verdict {
  if (isError(answer)) return unknown(answer.error);
  const coding = answer.header('content-encoding') ?? '';
  if (coding === '' || coding.toLowerCase() === 'identity') return right('bytes as they are');
  return wrong(`sends bytes with Content-Encoding: ${coding.slice(0, 40)}`, 'server');
}

/** A range for a page of another site: it may read it, and sees the headers that it needs. */
export function judgeCors(answer: Answered, origin: string): Verdict {
  if (isError(answer)) return unknown(answer.error);
  if (!opens(answer, origin))
    return wrong('pages of other sites may not read (Access-Control-Allow-Origin)', 'cors');
  // Browsers show the others without being asked to.
  const wanted = SEEN_HEADERS.filter((name) => !['Content-Length', 'Last-Modified'].includes(name));
  const hidden = missingFrom(answer.header('access-control-expose-headers'), wanted);
  if (hidden.length === 0) return right('any site may read, and sees ranges');
  return wrong(`does not expose ${hidden.join(', ')}`, 'cors');
}

/** The question of a browser before a conditional range. */
export function judgePreflight(answer: Answered, origin: string): Verdict {
  if (isError(answer)) return unknown(answer.error);
  if (answer.status < 200 || answer.status > 299)
    return wrong(`OPTIONS answers ${answer.status}`, 'cors');
  if (!opens(answer, origin)) return wrong('OPTIONS allows no other site', 'cors');
  const refused = missingFrom(answer.header('access-control-allow-headers'), SENT_HEADERS);
  if (refused.length === 0) return right('ranges and conditions are allowed');
  return wrong(`OPTIONS does not allow ${refused.join(', ')}`, 'cors');
}

/**
 * Keys that readers may not see. `closed` is the answer to a key there, `open` to one that is below a public
 * prefix and not there either: only where the two differ does a refusal mean more than absence.
 */
export function judgeClosed(closed: Answered, open: Answered, exists: boolean): Verdict {
  if (isError(closed)) return unknown(closed.error);
  if (closed.status < 300 && closed.status >= 200) return wrong('anybody can read it', 'policy');
  if (exists || (!isError(open) && closed.status === 403 && open.status !== 403))
    return right(`answers ${closed.status}`);
  return unknown(
    `answers ${closed.status} to any key that is not there: name one that is with --closed-key`,
  );
}

const LISTINGS = /<ListBucketResult|<EnumerationResults|<title>\s*(?:Index of|Directory listing)/i;
/** A page whose links are the folders of a store. */
const LINKED = /href\s*=\s*["']?(?:\.?\/)?(?:blobs|zarr|incoming|staging)\//i;

/** The address of the store itself, and the question for a list. */
export function judgeListing(answers: readonly Answered[]): Verdict {
  const answered = answers.filter(isAnswer);
  if (answered.length === 0) return unknown('no answer');
  const isOpen = answered.some(
    ({ status, start }) => status === 200 && (LISTINGS.test(start) || LINKED.test(start)),
  );
  return isOpen ? wrong('anybody can list what it holds', 'policy') : right('closed');
}

/**
 * A write of nothing, on the condition that something is there, to a name that nobody uses. A store that would
 * let anybody write says that the condition fails; a server without conditions writes, which `after` shows.
 */
export function judgeWrite(before: Answered, written: Answered, after: Answered): Verdict {
  if (isError(written)) return unknown(written.error);
  const status = `PUT answers ${written.status}`;
  if (!isError(before) && before.status === 200)
    return unknown(`${status}, and any address answers 200`);
  if (!isError(after) && after.status === 200)
    return wrong(`${status}: anybody can write`, 'policy');
  const isPastRights = written.status === 412 || /<Code>NoSuchKey</.test(written.start);
  if (isPastRights) return wrong(`${status}: only its condition stopped a stranger`, 'policy');
  if (written.status >= 200 && written.status < 300)
    return unknown(`${status}, and nothing is there`);
  return right(`PUT answers ${written.status}`);
}
