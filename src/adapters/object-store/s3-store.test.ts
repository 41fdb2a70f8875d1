import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { S3Place } from '../../core/records/s3-place.ts';
import { startS3, type S3Double } from '../../../tests/support/stores/s3-double.ts';
import { listStore } from './list-store.ts';
import { objectHolds } from './object-holds.ts';
import type { ListedObject } from './object-store.ts';
import { readStoredObject } from './read-object.ts';
import { s3Credentials, s3PlaceIn } from './s3-client.ts';
import { bucketAddress, keySigner } from './s3-signer.ts';
import { s3Store, type S3Store } from './s3-store.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const PAGE = { contentType: 'text/html; charset=utf-8', cacheControl: 'no-cache' };

function bucketOf(
  { environment }: S3Double,
  place: Partial<S3Place> = {},
  change: Record<string, string> = {},
): S3Store {
  const env = { ...environment, ...change };
  const at = s3PlaceIn({ bucket: 'lab', prefix: 'archive/', ...place }, env);
  return s3Store(at, keySigner(at, s3Credentials(env)!), { wait: async () => undefined });
}

async function listed(bucket: S3Store): Promise<ListedObject[]> {
  const found: ListedObject[] = [];
  for await (const object of bucket.list()) found.push(object);
  return found;
}

const failing = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Error & { hint?: string }) => `${error.message} ${error.hint ?? ''}`,
  );

describe('a bucket', () => {
  test('gives back what was put, by path and by host name', async () => {
    const double = await startS3();
    const port = new URL(double.endpoint).port;
    // No other name leads to this machine everywhere.
    const byHost = { bucket: 'localhost', endpoint: `http://{bucket}:${port}` };
    double.buckets.set('localhost', double.buckets.get('lab')!);
    // Signs that are written in many ways in an address, and so in a signature.
    const key = "a b/ä+%25'()*!~$&@=:,;.html";
    await bucketOf(double).write(key, [bytes('one')], PAGE);
    expect(double.buckets.get('lab')?.get(`archive/${key}`)).toMatchObject({
      contentType: PAGE.contentType,
      cacheControl: PAGE.cacheControl,
    });
    for (const bucket of [bucketOf(double), bucketOf(double, byHost)]) {
      expect(await bucket.head(key)).toMatchObject({ size: 3, contentType: PAGE.contentType });
      expect(Buffer.from((await readStoredObject(bucket, key)) ?? []).toString()).toBe('one');
      expect([await bucket.head('other'), await bucket.open('other')]).toEqual([
        undefined,
        undefined,
      ]);
    }
    await bucketOf(double).remove(key);
    expect(double.buckets.get('lab')?.size).toBe(0);
  });

  test('lists all that lies below its prefix, piece by piece', async () => {
    const double = await startS3();
    const bucket = bucketOf(double);
    for (const name of ['a', 'b&<c>', 'd/e', 'f', 'g'])
      await bucket.write(name, [bytes(name)], PAGE);
    await bucketOf(double, { prefix: '' }).write('beside', [bytes('x')], PAGE);
    const found = await listed(bucket);
    expect(found.map(({ key }) => key)).toEqual(['a', 'b&<c>', 'd/e', 'f', 'g']);
    expect(found.every((object) => objectHolds(object, bytes(object.key)))).toBe(true);
    expect(found.some((object) => objectHolds(object, bytes('x')))).toBe(false);
  });

  test('holds lists, compressed and for good', async () => {
    const double = await startS3();
    const lists = listStore(bucketOf(double));
    const sha256 = 'a'.repeat(64);
    await lists.write(sha256, [bytes('{}\n'), bytes('[]\n')]);
    expect(await lists.has(sha256)).toBe(true);
    expect(Buffer.from((await lists.read(sha256)) ?? []).toString()).toBe('{}\n[]\n');
    const kept = double.buckets.get('lab')?.get(`archive/lists/${sha256}.gz`);
    expect(gunzipSync(kept!.bytes).toString()).toBe('{}\n[]\n');
    expect(kept).toMatchObject({
      contentType: 'application/gzip',
      cacheControl: expect.stringContaining('immutable'),
    });
  });

  test('writes nothing of what comes only by half', async () => {
    const double = await startS3();
    const half = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes('half');
      throw new Error('the source went away');
    };
    await expect(bucketOf(double).write('lists/x', half())).rejects.toThrow('went away');
    expect(double.requests).toEqual([]);
  });
});

describe('a store that is busy', () => {
  test.each([
    [{ status: 503, code: 'SlowDown' } as const],
    [{ status: 429, code: 'TooManyRequests' } as const],
    [{ status: 400, code: 'RequestTimeout' } as const],
    ['cut' as const],
  ])('is asked again: %j', async (fault) => {
    const double = await startS3();
    let left = 2;
    double.fault = () => (left-- > 0 ? fault : undefined);
    await bucketOf(double).write('a', [bytes('one')], PAGE);
    expect(double.requests).toEqual(Array(3).fill('PUT /lab/archive/a'));
  });

  test('is given up in the end', async () => {
    const double = await startS3();
    double.fault = () => ({ status: 500, code: 'InternalError' });
    expect(await failing(bucketOf(double).write('a', [bytes('one')], PAGE))).toBe(
      'The store answers 500 (InternalError) for s3://lab/archive/a, also when asked 5 times. ',
    );
    double.fault = () => 'cut';
    expect(await failing(bucketOf(double).open('a'))).toContain('also when asked 5 times');
  });
});

describe('what is refused is said', () => {
  test.each([
    [
      'another key',
      {},
      { AWS_ACCESS_KEY_ID: 'AKIAOTHER' },
      /does not know this access key.*AWS_ACCESS_KEY_ID/,
    ],
    [
      'another secret',
      {},
      { AWS_SECRET_ACCESS_KEY: 'wrong' },
      /refuses the signature.*AWS_SECRET_ACCESS_KEY/,
    ],
    [
      'another region',
      {},
      { AWS_REGION: 'eu-north-1' },
      /another region, us-east-1\. Set AWS_REGION=us-east-1/,
    ],
    ['no such bucket', { bucket: 'gone' }, {}, /There is no bucket "gone" \(http:.*\/gone\)/],
  ])('%s', async (_, place, change, message) => {
    const double = await startS3();
    const bucket = bucketOf(double, place, change);
    const messages = [
      await failing(bucket.write('a', [bytes('one')], PAGE)),
      await failing(bucket.open('a')),
      await failing(listed(bucket)),
    ];
    for (const text of messages) {
      expect(text).toMatch(message);
      for (const secret of Object.values({ ...double.environment, ...change }).slice(1, 3))
        expect(text).not.toContain(secret);
    }
    expect(double.buckets.get('lab')?.size).toBe(0);
    expect(double.requests.length).toBe(3);
  });

  test('also where the answer to HEAD cannot say it', async () => {
    const double = await startS3();
    const wrong = { AWS_SECRET_ACCESS_KEY: 'wrong' };
    expect(await failing(bucketOf(double, {}, wrong).head('a'))).toContain('refuses the signature');
  });

  test('a clock that is wrong', async () => {
    const double = await startS3();
    double.now = () => Date.now() - 40 * 60_000;
    expect(await failing(bucketOf(double).open('a'))).toMatch(
      /clock of this machine is 40 minutes ahead of that of the store.*Set the clock/,
    );
  });

  test('a bucket that lies elsewhere, and a right that is missing', async () => {
    const double = await startS3();
    double.fault = () => ({ status: 301, code: 'PermanentRedirect' });
    expect(await failing(bucketOf(double).open('a'))).toContain('Set AWS_REGION to its region');
    double.fault = () => ({ status: 403, code: 'AccessDenied' });
    expect(await failing(bucketOf(double).write('a', [bytes('1')], PAGE))).toBe(
      'These credentials may not write s3://lab/archive/a (AccessDenied). The key needs the right s3:PutObject.',
    );
  });

  test('a key that leads out of the prefix', async () => {
    const double = await startS3();
    expect(await failing(bucketOf(double).write('../x', [bytes('1')], PAGE))).toContain('".."');
    expect(double.requests).toEqual([]);
  });
});

test('the address of a bucket', () => {
  const at = (place: Partial<S3Place>): string =>
    bucketAddress({ bucket: 'lab', prefix: '', ...place });
  expect(at({})).toBe('https://lab.s3.us-east-1.amazonaws.com');
  expect(at({ region: 'eu-west-1' })).toBe('https://lab.s3.eu-west-1.amazonaws.com');
  expect(at({ bucket: 'lab.example.org' })).toBe(
    'https://s3.us-east-1.amazonaws.com/lab.example.org',
  );
  expect(at({ endpoint: 'https://id.r2.cloudflarestorage.com/' })).toBe(
    'https://id.r2.cloudflarestorage.com/lab',
  );
  expect(at({ endpoint: 'https://{bucket}.s3.example.org' })).toBe('https://lab.s3.example.org');
});
