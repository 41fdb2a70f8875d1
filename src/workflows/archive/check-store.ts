// Asks a store what readers and strangers ask, and judges the answers. It leaves nothing behind: the one write
// that it tries has no bytes and a condition that cannot hold, and is deleted where a server made it anyway.

import type { AskOnce } from '../../adapters/bytes/ask-once.ts';
import { encodePath } from '../../core/identifiers/asset-path.ts';
import { CLOSED_PREFIXES, SENT_HEADERS } from '../../core/hosting/bucket-documents.ts';
import {
  judgeClosed,
  judgeCors,
  judgeEncoding,
  judgeHead,
  judgeIfRange,
  judgeListing,
  judgePreflight,
  judgeRange,
  judgeScheme,
  judgeWrite,
  type Answered,
  type StoreFinding,
} from '../../core/hosting/store-findings.ts';

/** An object that is there, by its key. */
export interface KnownObject {
  key: string;
  /** In bytes, if a record says so. */
  size?: number;
}

export interface StoreQuestions {
  /** Address of the store, ending in `/`. */
  url: string;
  /** What is readable: the first is asked everything, the others only whether they are there. */
  objects: readonly [KnownObject, ...KnownObject[]];
  /** Keys that are there and closed to readers. */
  closedKeys: readonly string[];
  ask: AskOnce;
  /** A name that nobody uses. */
  unusedName: string;
}

/** Any site but the store's own. */
const ORIGIN = 'https://viewer.example';
const FIRST_BYTES = 16;
const OTHER_ETAG = '"0123456789abcdef0123456789abcdef"';

const headerOf = (answer: Answered, name: string): string | null =>
  'error' in answer ? null : answer.header(name);

async function readerFindings({ url, objects, ask }: StoreQuestions): Promise<StoreFinding[]> {
  const [{ key, size }] = objects;
  const object = url + encodePath(key);
  const get = (headers: Record<string, string>): Promise<Answered> =>
    ask({ method: 'GET', url: object, headers });
  const head = await ask({ method: 'HEAD', url: object });
  const known = size ?? (Number(headerOf(head, 'content-length') ?? NaN) || undefined);
  const length = Math.min(FIRST_BYTES, known ?? FIRST_BYTES);
  const Range = `bytes=0-${length - 1}`;
  const range = await get({ Range });
  const etag = headerOf(range, 'etag');
  const same = await get({ Range, 'If-Range': etag ?? OTHER_ETAG });
  const other = await get({ Range, 'If-Range': OTHER_ETAG });
  const match = await get({ Range, 'If-Match': OTHER_ETAG });
  const preflight = await ask({
    method: 'OPTIONS',
    url: object,
    headers: {
      Origin: ORIGIN,
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': SENT_HEADERS.map((name) => name.toLowerCase()).join(','),
    },
  });
  return [
    { check: 'length', ...judgeHead(head, size) },
    { check: 'range', ...judgeRange(range, length, size) },
    { check: 'if-range', ...judgeIfRange(etag, same, other, match) },
    { check: 'encoding', ...judgeEncoding(await get({ 'Accept-Encoding': 'gzip, deflate, br' })) },
    { check: 'cors', ...judgeCors(await get({ Origin: ORIGIN, Range }), ORIGIN) },
    { check: 'preflight', ...judgePreflight(preflight, ORIGIN) },
  ];
}

async function strangerFindings(questions: StoreQuestions): Promise<StoreFinding[]> {
  const { url, closedKeys, ask, unusedName } = questions;
  const get = (key: string): Promise<Answered> =>
    ask({ method: 'GET', url: url + encodePath(key) });
  const findings: StoreFinding[] = [];
  const absent = await get(`blobs/${unusedName}`);
  for (const prefix of CLOSED_PREFIXES) {
    const key = closedKeys.find((one) => one.startsWith(prefix));
    const answer = await get(key ?? prefix + unusedName);
    const verdict = judgeClosed(answer, absent, key !== undefined);
    findings.push({ check: `closed ${prefix}`, ...verdict });
  }
  const lists = [url, `${url}?list-type=2`, `${url}blobs/`].map((place) =>
    ask({ method: 'GET', url: place }),
  );
  findings.push({ check: 'listing', ...judgeListing(await Promise.all(lists)) });
  const place = `${url}${CLOSED_PREFIXES[1]}${unusedName}`;
  const before = await ask({ method: 'HEAD', url: place });
  const written = await ask({
    method: 'PUT',
    url: place,
    headers: { 'If-Match': OTHER_ETAG },
    body: { size: 0, pieces: () => [] },
  });
  const isAccepted = !('error' in written) && written.status >= 200 && written.status < 300;
  const after = await ask({ method: 'HEAD', url: place });
  if (isAccepted) await ask({ method: 'DELETE', url: place });
  findings.push({ check: 'write', ...judgeWrite(before, written, after) });
  return findings;
}

/** Whether a store answers as one that speaks the S3 API. */
export async function speaksS3({ url, ask, unusedName }: StoreQuestions): Promise<boolean> {
  const answer = await ask({ method: 'GET', url: `${url}blobs/${unusedName}` });
  if ('error' in answer) return false;
  return answer.header('x-amz-request-id') !== null || /<Error>[^]*<Code>/.test(answer.start);
}

/** All findings about a store, in the order in which a reader meets them. */
export async function checkStore(questions: StoreQuestions): Promise<StoreFinding[]> {
  const { url, objects, ask } = questions;
  const findings: StoreFinding[] = [{ check: 'https', ...judgeScheme(url) }];
  findings.push(...(await readerFindings(questions)));
  for (const { key, size } of objects.slice(1)) {
    const answer = await ask({ method: 'HEAD', url: url + encodePath(key) });
    findings.push({ check: `readable ${key.split('/')[0]}/`, ...judgeHead(answer, size) });
  }
  findings.push(...(await strangerFindings(questions)));
  return findings;
}
