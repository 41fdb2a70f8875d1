import { describe, expect, test } from 'vitest';
import {
  bytesContract,
  drained,
  failureOf,
  patternBytes,
  sameBytes,
} from '../../../tests/support/stores/bytes-contract.ts';
import {
  misbehavingServer,
  type Misbehaviour,
  type MisbehavingServer,
} from '../../../tests/support/servers/misbehaving-server.ts';
import type { RetrySettings } from './retry-requests.ts';
import type { Bytes } from './bytes.ts';
import { fetchRequest } from './fetch-request.ts';
import {
  addressSource,
  knownSource,
  openBytesOf,
  readSpan,
  type OpenHttpOptions,
} from './http-bytes.ts';
import type { SendRequest } from './http-request.ts';
import { nodeRequest } from './node-request.ts';
import { readWhole } from './read-whole.ts';

const content = patternBytes(300_000);
const SENDERS: [string, SendRequest][] = [
  ['node:http', nodeRequest],
  ['fetch', fetchRequest()],
];

/** Opens without waiting between attempts; `waits` notes how long it would have waited. */
function open(
  send: SendRequest,
  { url }: Pick<MisbehavingServer, 'url'>,
  options: OpenHttpOptions = {},
  patience: RetrySettings = {},
): Promise<Bytes> {
  const all = { wait: async () => undefined, silence: 20_000, ...patience };
  return openBytesOf(addressSource(send, url, all), options, all);
}

describe.each(SENDERS)('%s', (name, send) => {
  bytesContract(name, async (bytes) => open(send, await misbehavingServer(bytes)));
  bytesContract(`${name} with a known size`, async (bytes) => {
    const { url } = await misbehavingServer(bytes);
    return knownSource(addressSource(send, url), { size: bytes.length });
  });

  test('a small object is one request', async () => {
    const server = await misbehavingServer(content.slice(0, 60_000));
    const bytes = await open(send, server);
    expect(sameBytes(await bytes.range(0, 60_000), server.content)).toBe(true);
    expect(sameBytes(await drained(bytes.stream()), server.content)).toBe(true);
    expect(server.requests).toHaveLength(1);
  });

  // What happens once is got over; what happens always ends in an error, and never in wrong bytes.
  const faults: [string, Misbehaviour, RegExp][] = [
    ['a connection that is reset', 'reset', /asked 5 times/],
    ['a dropped connection', { drop: 30_000 }, /asked 5 times/],
    ['silence', 'silence', /nothing came for 0\.2 seconds, also when asked 2 times/],
    ['a stall', { stall: 30_000 }, /nothing came for 0\.2 seconds, also when asked 2 times/],
    ['503', { status: 503 }, /it answers 503, also when asked 5 times/],
    ['429', { status: 429, retryAfter: '1' }, /it answers 429, also when asked 5 times/],
  ];
  test.each(faults)('%s is asked again, and is an error in the end', async (_, wrong, message) => {
    const server = await misbehavingServer(content);
    const isSilent = wrong === 'silence' || 'stall' in Object(wrong);
    const patience = isSilent ? { silence: 200, attempts: 2 } : {};
    const bytes = await open(send, server, {}, patience);
    const once = (_seen: unknown, count: number): Misbehaviour | undefined =>
      count % 2 === 0 ? wrong : undefined;
    server.script = once;
    expect(sameBytes(await bytes.range(100_000, 150_000), content.subarray(100_000, 250_000))).toBe(
      true,
    );
    expect(sameBytes(await drained(bytes.stream(70_000)), content.subarray(70_000))).toBe(true);
    expect(sameBytes(await drained(bytes.stream(100_000)), content.subarray(100_000))).toBe(true);
    server.script = () =>
      'drop' in Object(wrong) || 'stall' in Object(wrong) ? { drop: 0 } : wrong;
    if (typeof wrong === 'object' && 'stall' in wrong) server.script = () => ({ stall: 0 });
    const before = server.requests.length;
    const failure = await failureOf(bytes.range(100_000, 150_000));
    expect(failure).toMatchObject({
      code: 'bytes-unreadable',
      message: expect.stringMatching(message),
    });
    expect(server.requests.length - before).toBe(isSilent ? 2 : 5);
    expect(await failureOf(drained(bytes.stream(100_000)))).toMatchObject({
      code: 'bytes-unreadable',
    });
    expect(await failureOf(open(send, server, {}, patience))).toMatchObject({
      code: 'bytes-unreadable',
    });
  });

  test('a stream that breaks off goes on from there, as long as it gets on', async () => {
    const server = await misbehavingServer(content, (_, count) =>
      count > 1 ? { drop: 20_000 } : undefined,
    );
    const bytes = await open(send, server);
    expect(sameBytes(await drained(bytes.stream()), content)).toBe(true);
    const places = server.requests
      .slice(1)
      .map(({ range }) => Number(/\d+/.exec(range ?? '')?.[0]));
    expect(places[0]).toBe(65_536);
    expect(places.length).toBeGreaterThan(10);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  const wrongs: [string, Misbehaviour, string, RegExp][] = [
    ['another length', { short: 1 }, 'bytes-unreadable', /it sends \d+ bytes instead of \d+/],
    ['a longer one', { long: 1 }, 'bytes-unreadable', /it sends \d+ bytes instead of \d+/],
    ['another range', { contentRange: 'bytes 0-9/300000' }, 'bytes-unreadable', /the bytes 0 to 9/],
    ['another size', { contentRange: 'bytes 100000-149999/9' }, 'bytes-changed', /has 9 bytes now/],
    ['no sense', { contentRange: 'all' }, 'bytes-unreadable', /Content-Range/],
    ['no word on what it is', 'no-length', 'bytes-unreadable', /Content-Range/],
    ['another ETag', { etag: '"other"' }, 'bytes-changed', /changed since it was opened/],
    ['compressed bytes', 'gzip', 'bytes-unreadable', /compressed/],
    [
      'a page',
      { status: 200, body: '<html>Log in</html>' },
      'bytes-unreadable',
      /could not be read/,
    ],
    ['403', { status: 403 }, 'bytes-unreadable', /it answers 403/],
    ['404', { status: 404 }, 'bytes-not-found', /is not there/],
    ['416', { status: 416 }, 'bytes-changed', /fewer bytes/],
    ['412', { status: 412 }, 'bytes-changed', /ETag/],
  ];
  test.each(wrongs)('%s is an error at once', async (what, wrong, code, message) => {
    const server = await misbehavingServer(content);
    const bytes = await open(send, server);
    server.script = () => wrong;
    const before = server.requests.length;
    for (const work of [() => bytes.range(100_000, 50_000), () => drained(bytes.stream(100_000))]) {
      const failure = await failureOf(work());
      if (what === 'a page')
        expect(failure).toMatchObject({ code: expect.stringMatching(/^bytes-/) });
      else expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
    }
    if (what !== 'a page') expect(server.requests.length - before).toBe(2);
  });

  test('a body that is longer than its head says', async () => {
    const server = await misbehavingServer(content);
    const lying: SendRequest = async (request) => {
      const answer = await send(request);
      const body = async function* (): AsyncGenerator<Uint8Array> {
        yield* answer.body;
        yield new Uint8Array(1);
      };
      return { ...answer, body: body() };
    };
    const bytes = await open(lying, server).catch((error: unknown) => error);
    expect(bytes).toMatchObject({ code: 'bytes-unreadable', message: /more bytes than it says/ });
    const known = knownSource(addressSource(lying, server.url), { size: content.length });
    expect(await failureOf(drained(known.stream(9)))).toMatchObject({ code: 'bytes-unreadable' });
  });

  test('a server that gives no ranges is borne while it is small', async () => {
    const server = await misbehavingServer(content, () => 'ignored-range');
    const bytes = await open(send, server);
    expect(bytes.size).toBe(content.length);
    expect(sameBytes(await bytes.range(100_000, 50_000), content.subarray(100_000, 150_000))).toBe(
      true,
    );
    expect(sameBytes(await drained(bytes.stream(70_000)), content.subarray(70_000))).toBe(true);
    const large = await misbehavingServer(new Uint8Array(33 * 1024 * 1024), () => 'ignored-range');
    expect(await failureOf(open(send, large))).toMatchObject({
      code: 'bytes-unreadable',
      message: expect.stringContaining('gives no ranges'),
    });
  });

  test('a byte that was flipped on its way is given as it came', async () => {
    const server = await misbehavingServer(content, () => ({ flip: 7 }));
    const bytes = await open(send, server);
    expect((await bytes.range(0, 8)).at(7)).toBe((content[7] ?? 0) ^ 1);
  });

  test('other content of another ETag is refused, also from the start', async () => {
    const server = await misbehavingServer(content);
    const { etag } = await open(send, server);
    expect((await open(send, server, { etag: etag! })).etag).toBe(etag);
    server.content = patternBytes(300_000, 2);
    expect(await failureOf(open(send, server, { etag: etag! }))).toMatchObject({
      code: 'bytes-changed',
    });
    expect(server.requests.at(-1)?.ifRange).toBe(`"${etag}"`);
  });

  test('a weak ETag is compared, and is no condition', async () => {
    const server = await misbehavingServer(content, () => ({ etag: 'W/"1"' }));
    const bytes = await open(send, server);
    expect((await bytes.range(100_000, 5)).length).toBe(5);
    expect(server.requests.at(-1)?.ifRange).toBeUndefined();
    server.script = () => ({ etag: 'W/"2"' });
    expect(await failureOf(bytes.range(100_000, 5))).toMatchObject({ code: 'bytes-changed' });
  });

  test('the first ETag of bytes of known size holds for the rest', async () => {
    const server = await misbehavingServer(content);
    const bytes = knownSource(addressSource(send, server.url), { size: content.length });
    await bytes.range(0, 5);
    server.script = () => ({ etag: '"other"' });
    expect(await failureOf(bytes.range(0, 5))).toMatchObject({ code: 'bytes-changed' });
  });

  test('a span of unknown size, and a whole file within its limit', async () => {
    const server = await misbehavingServer(content);
    const source = addressSource(send, server.url);
    expect(sameBytes(await readSpan(source, 9, 5), content.subarray(9, 14))).toBe(true);
    expect(sameBytes(await readSpan(source, 299_999, 5), content.subarray(299_999))).toBe(true);
    server.script = () => 'ignored-range';
    expect(sameBytes(await readSpan(source, 9, 5), content.subarray(9, 14))).toBe(true);
    expect(await failureOf(readSpan(source, -1, 5))).toBeInstanceOf(RangeError);
    const patience = { wait: async () => undefined };
    const read = (limit: number): Promise<Uint8Array> =>
      readWhole(send, server.url, limit, patience);
    server.script = (_, count) => (count % 2 === 0 ? { drop: 10 } : undefined);
    for (const limit of [300_000, 400_000])
      expect(sameBytes(await read(limit), content)).toBe(true);
    expect(await failureOf(read(299_999))).toMatchObject({
      code: 'bytes-unreadable',
      message: expect.stringContaining('more than the 299999 bytes'),
    });
    for (const [status, code] of [
      [404, 'bytes-not-found'],
      [403, 'bytes-unreadable'],
      [503, 'bytes-unreadable'],
    ] as const) {
      server.script = () => ({ status });
      expect(await failureOf(read(9))).toMatchObject({ code });
    }
  });

  test('redirects are followed, to an end', async () => {
    const server = await misbehavingServer(content);
    server.script = ({ path }) => (path === '/moved' ? { redirect: '/content?x=1' } : undefined);
    const bytes = await open(send, { url: server.url.replace('content', 'moved') });
    expect(sameBytes(await bytes.range(70_000, 9), content.subarray(70_000, 70_009))).toBe(true);
    server.script = () => ({ redirect: server.url });
    expect(await failureOf(open(send, server))).toMatchObject({ code: 'bytes-unreadable' });
  });

  test('waits as long as the server asks for, and not for ever', async () => {
    const waits: number[] = [];
    const date = new Date(Date.now() + 20_000).toUTCString();
    const asked = ['7', date, '99999', 'soon'];
    const server = await misbehavingServer(content, (_, count) => {
      const retryAfter = asked[count - 1];
      return retryAfter === undefined ? undefined : { status: 503, retryAfter };
    });
    await open(send, server, {}, { wait: async (milliseconds) => void waits.push(milliseconds) });
    expect(waits).toEqual([7000, expect.any(Number), 60_000, expect.any(Number)]);
    expect(waits[1]).toBeGreaterThan(15_000);
    expect(waits[1]).toBeLessThanOrEqual(20_000);
    expect(waits[3]).toBeLessThan(5000);
  });

  test('ends a wait and a request with the reason of the signal', async () => {
    const server = await misbehavingServer(content);
    const bytes = await open(send, server, {}, { wait: undefined as never, silence: 60_000 });
    for (const wrong of [{ status: 503, retryAfter: '60' } as const, 'silence' as const]) {
      const control = new AbortController();
      server.script = () => {
        setTimeout(() => control.abort(new Error('enough')), 50);
        return wrong;
      };
      const patient = knownSource(addressSource(send, server.url), { size: bytes.size });
      expect(await failureOf(patient.range(1, 5, control.signal))).toMatchObject({
        message: 'enough',
      });
    }
  });

  test('names an address without the secrets in it', async () => {
    const server = await misbehavingServer(content, () => ({ status: 403 }));
    const url = `${server.url}?X-Amz-Signature=abcdef0123456789`;
    const failure = await failureOf(open(send, { url }));
    expect(String(failure)).toContain('/content');
    expect(String(failure)).not.toContain('abcdef0123456789');
  });
});

test('by node:http no redirect leads from https to http', async () => {
  const server = await misbehavingServer(content, () => ({ redirect: 'ftp://127.0.0.1/x' }));
  expect(await failureOf(open(nodeRequest, server))).toMatchObject({
    code: 'bytes-unreadable',
    message: expect.stringContaining('redirects to ftp'),
  });
});
