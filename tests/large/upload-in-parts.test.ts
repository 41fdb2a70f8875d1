// Uploads in parts, on a server that checks them.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { failureOf, sameBytes } from '../support/stores/bytes-contract.ts';
import { faultyProxy, type FaultyProxy } from '../support/servers/faulty-proxy.ts';
import { sparseBytes } from '../support/stores/sparse-bytes.ts';
import { startVersitygw, versitygw, type RunningStore } from '../support/stores/versitygw.ts';
import { MAX_ETAG_FILE } from '../../src/core/digests/dandi-etag.ts';
import { describeWith } from '../support/needed-part.ts';
import { piecesOf } from '../../src/adapters/bytes/bytes-stream.ts';
import { digestBytes } from '../../src/adapters/digests/file-digests.ts';
import type { UploadState, WriteOptions } from '../../src/adapters/object-store/object-store.ts';
import { readStoredObject } from '../../src/adapters/object-store/read-object.ts';
import { s3Credentials, s3PlaceIn } from '../../src/adapters/object-store/s3-client.ts';
import {
  addressSigner,
  keySigner,
  signAddress,
  type GrantedRequest,
  type SignedAddress,
  type Signer,
} from '../../src/adapters/object-store/s3-signer.ts';
import { s3Store, type S3Store } from '../../src/adapters/object-store/s3-store.ts';

const MIB = 1024 * 1024;
/** Three parts of the dandi-etag's plan, the last of them small. */
const SIZE = 128 * MIB + 5;
const KEY = 'blobs/x';

const source = sparseBytes(SIZE);
const whole = await source.range(0, SIZE);
const { dandiEtag } = digestBytes(whole);

interface Setting {
  store: S3Store;
  proxy: FaultyProxy;
  server: RunningStore;
  signer: Signer;
}

async function start(): Promise<Setting> {
  const server = await startVersitygw();
  const proxy = await faultyProxy(server.endpoint);
  const env = { ...server.environment, AWS_ENDPOINT_URL: proxy.endpoint };
  const place = s3PlaceIn({ bucket: 'lab', prefix: '' }, env);
  const signer = keySigner(place, s3Credentials(env)!);
  return { server, proxy, signer, store: s3Store(place, signer, { wait: async () => undefined }) };
}

const isRight = ({ server }: Setting): boolean =>
  sameBytes(readFileSync(path.join(server.folder, KEY)), whole);
const partsSent = ({ proxy }: Setting): string[] =>
  proxy.requests.flatMap((request) => /^PUT .*partNumber=(\d+)/.exec(request)?.[1] ?? []);
async function isListed({ store }: Setting): Promise<boolean> {
  for await (const { key } of store.list()) if (key === KEY) return true;
  return false;
}

describeWith(versitygw, 'an upload in parts', () => {
  test('has the dandi-etag, and says how far it is', async () => {
    const setting = await start();
    const done: number[] = [];
    const states: UploadState[] = [];
    const written = await setting.store.write(KEY, source, {
      progress: (bytes) => done.push(bytes),
      journal: (state) => void states.push(state),
    });
    expect(written).toEqual({ kind: 'written', etag: dandiEtag });
    expect(isRight(setting)).toBe(true);
    expect((await setting.store.head(KEY))?.etag).toBe(dandiEtag);
    expect(done.at(-1)).toBe(SIZE);
    expect(states.map(({ parts }) => parts.length)).toEqual([0, 1, 2, 3]);
    expect(partsSent(setting).sort()).toEqual(['1', '2', '3']);
    const copied = await setting.store.copy(KEY, 'copy', { ifAbsent: true });
    expect(copied).toEqual({ kind: 'written', etag: dandiEtag });
  });

  test('of pieces that come once, too', async () => {
    const setting = await start();
    const pieces = (): AsyncGenerator<Uint8Array> => piecesOf(source.stream());
    expect(await setting.store.write(KEY, pieces(), { size: SIZE })).toEqual({
      kind: 'written',
      etag: dandiEtag,
    });
    expect(isRight(setting)).toBe(true);
    expect(await setting.store.write(KEY, pieces())).toMatchObject({ kind: 'written' });
    expect(isRight(setting)).toBe(true);
    expect(partsSent(setting).length).toBe(3 + 9);
    for (const size of [SIZE - 1, SIZE + 1, 5]) {
      expect(await failureOf(setting.store.write('other', pieces(), { size }))).toMatchObject({
        code: 'store-failed',
      });
      expect(await setting.store.head('other')).toBeUndefined();
    }
  });

  test('sends a part again that was cut off, refused for a while, or whose answer was lost', async () => {
    const setting = await start();
    const faults = new Map<string, number>();
    setting.proxy.fault = (request) => {
      const number = /partNumber=(\d+)/.exec(request)?.[1] ?? '';
      const count = (faults.get(number) ?? 0) + 1;
      faults.set(number, count);
      if (count > 1) return undefined;
      if (number === '1') return 'cut';
      return number === '2' ? { status: 503, code: 'SlowDown' } : 'lost-answer';
    };
    const done: number[] = [];
    const options: WriteOptions = { progress: (bytes) => done.push(bytes), ifAbsent: true };
    expect(await setting.store.write(KEY, source, options)).toMatchObject({ kind: 'written' });
    expect(isRight(setting)).toBe(true);
    expect(done.at(-1)).toBe(SIZE);
    expect(Math.max(...done)).toBe(SIZE);
  });

  test('goes on where it was, and sends nothing again that the store has', async () => {
    const setting = await start();
    let state: UploadState | undefined;
    const journal = (now: UploadState): void => {
      // The second and third part reach the store but not the journal.
      if (now.parts.length < 2) state = now;
      else throw new Error('the machine is gone');
    };
    await failureOf(setting.store.write(KEY, source, { journal }));
    expect(state?.parts.length).toBe(1);
    expect(await isListed(setting)).toBe(false);
    const before = partsSent(setting);
    setting.proxy.requests.length = 0;
    const done: number[] = [];
    const options = {
      resume: state!,
      journal: () => undefined,
      progress: (n: number) => done.push(n),
    };
    expect(await setting.store.write(KEY, source, options)).toEqual({
      kind: 'written',
      etag: dandiEtag,
    });
    expect(isRight(setting)).toBe(true);
    expect(done.at(-1)).toBe(SIZE);
    const noted = String(state?.parts[0]?.number);
    expect(partsSent(setting)).not.toContain(noted);
    expect(before).toContain(noted);
    // Once more: the upload no longer exists, the object is the one that the journal describes.
    setting.proxy.requests.length = 0;
    const states: UploadState[] = [];
    await setting.store.write('second', source, { journal: (now) => void states.push(now) });
    setting.proxy.requests.length = 0;
    expect(await setting.store.write('second', source, { resume: states.at(-1)! })).toEqual({
      kind: 'written',
      etag: dandiEtag,
    });
    expect(partsSent(setting)).toEqual([]);
  });

  test('sends all again where the store has forgotten the upload, or parts are others', async () => {
    const setting = await start();
    let state: UploadState | undefined;
    const journal = (now: UploadState): void => {
      state = now;
      if (now.parts.length === 2) throw new Error('the machine is gone');
    };
    await failureOf(setting.store.write(KEY, source, { journal }));
    setting.proxy.requests.length = 0;
    const forged = {
      ...state!,
      parts: state!.parts.map((part) => ({ ...part, etag: '0'.repeat(32) })),
    };
    // The journal is wrong, but the store's own digests match the source.
    expect(await setting.store.write(KEY, source, { resume: forged })).toMatchObject({
      etag: dandiEtag,
    });
    for (const { number } of state!.parts) expect(partsSent(setting)).not.toContain(String(number));
    expect(isRight(setting)).toBe(true);
    await setting.store.remove(KEY);
    await failureOf(setting.store.write(KEY, source, { journal }));
    await setting.store.abandon(KEY, state!.uploadId);
    await setting.store.abandon(KEY, state!.uploadId);
    setting.proxy.requests.length = 0;
    expect(await setting.store.write(KEY, source, { resume: state! })).toMatchObject({
      etag: dandiEtag,
    });
    expect(partsSent(setting).sort()).toEqual(['1', '2', '3']);
    expect(isRight(setting)).toBe(true);
  });

  test('finds out that it was completed when the answer was lost', async () => {
    const setting = await start();
    let isLost = false;
    setting.proxy.fault = (request) => {
      if (!/^POST .*uploadId=/.test(request) || isLost) return undefined;
      isLost = true;
      return 'lost-answer';
    };
    expect(await setting.store.write(KEY, source, { ifAbsent: true })).toEqual({
      kind: 'written',
      etag: dandiEtag,
    });
    expect(isRight(setting)).toBe(true);
  });

  test('puts nothing over an object that came meanwhile, and leaves nothing behind', async () => {
    const setting = await start();
    let state: UploadState | undefined;
    const journal = async (now: UploadState): Promise<void> => {
      if (state === undefined) await setting.store.write(KEY, [new Uint8Array(3)]);
      state = now;
    };
    expect(await setting.store.write(KEY, source, { ifAbsent: true, journal })).toEqual({
      kind: 'exists',
    });
    expect((await readStoredObject(setting.store, KEY))?.length).toBe(3);
    expect(await failureOf(partsOf(setting, state!.uploadId))).toMatchObject({ message: '404' });
  });

  test('that is ended is removed, unless somebody keeps a journal of it', async () => {
    const setting = await start();
    for (const isKept of [false, true]) {
      setting.proxy.requests.length = 0;
      const control = new AbortController();
      const reason = new Error('enough');
      const progress = (done: number): void => {
        if (done > 20 * MIB) control.abort(reason);
      };
      const options = {
        signal: control.signal,
        progress,
        ...(isKept ? { journal: () => undefined } : {}),
      };
      expect(await failureOf(setting.store.write(KEY, source, options))).toBe(reason);
      const id = /uploadId=([^& ]+)/.exec(setting.proxy.requests.join(' '))?.[1] ?? '';
      const parts = partsOf(setting, id);
      if (isKept) expect(await parts).toContain('<ListPartsResult');
      else expect(await failureOf(parts)).toMatchObject({ message: '404' });
      expect(await isListed(setting)).toBe(false);
    }
  });

  test('is refused where bytes are not those whose digest was given', async () => {
    const setting = await start();
    const partDigests = ['0', '1', '2'].map((digit) => digit.repeat(64));
    const failure = await failureOf(setting.store.write(KEY, source, { partDigests }));
    expect(failure).toMatchObject({ code: 'store-failed' });
    expect(await isListed(setting)).toBe(false);
    const right = [0, 1, 2].map((at) =>
      createHash('sha256')
        .update(whole.subarray(at * 64 * MIB, (at + 1) * 64 * MIB))
        .digest('hex'),
    );
    expect(await setting.store.write(KEY, source, { partDigests: right })).toMatchObject({
      etag: dandiEtag,
    });
  });

  test('of a size that has no plan is refused before a byte is sent', async () => {
    const setting = await start();
    await failureOf(setting.store.write(KEY, sparseBytes(MAX_ETAG_FILE + 1)));
    expect(setting.proxy.requests).toEqual([]);
  });
});

/** The list of parts of an upload, as XML. @throws Error with the status */
async function partsOf({ signer }: Setting, uploadId: string): Promise<string> {
  const empty = createHash('sha256').digest('hex');
  const { url, headers } = await signer(
    'GET',
    KEY,
    { uploadId },
    { 'x-amz-content-sha256': empty },
  );
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

describeWith(versitygw, 'signed addresses', () => {
  const place = ({ server }: Setting): ReturnType<typeof s3PlaceIn> =>
    s3PlaceIn({ bucket: 'lab', prefix: '' }, server.environment);
  const sign = (setting: Setting, granted: GrantedRequest, seconds = 60): Promise<SignedAddress> =>
    signAddress(place(setting), s3Credentials(setting.server.environment)!, granted, seconds);
  const checksum = (bytes: Uint8Array): string =>
    createHash('sha256').update(bytes).digest('base64');
  const putOf = (bytes: Uint8Array, query: Record<string, string> = {}): GrantedRequest => ({
    method: 'PUT',
    key: KEY,
    query,
    headers: { 'content-length': String(bytes.length), 'x-amz-checksum-sha256': checksum(bytes) },
  });

  test('serve for the bytes they were signed for, and for no others', async () => {
    const setting = await start();
    const [one, two] = [new Uint8Array([1, 1, 1]), new Uint8Array([2, 2, 2])];
    const address = await sign(setting, putOf(one));
    const store = s3Store(place(setting), addressSigner([address]));
    expect(await failureOf(store.write(KEY, [two]))).toMatchObject({
      message: expect.stringContaining('for other bytes'),
    });
    const send = async (body: Uint8Array<ArrayBuffer>, url = address.url): Promise<number> => {
      const { 'x-amz-checksum-sha256': sum = '' } = address.headers;
      const answer = await fetch(url, {
        method: 'PUT',
        body,
        headers: { 'x-amz-checksum-sha256': sum },
      });
      return answer.status;
    };
    // The server refuses requests that bypass that check.
    expect(await send(two)).toBe(400);
    expect(await send(new Uint8Array(4))).toBe(403);
    expect(await send(one, address.url.replace(KEY, 'blobs/y'))).toBe(403);
    expect(await setting.store.head(KEY)).toBeUndefined();
    expect(await store.write(KEY, [one])).toMatchObject({ kind: 'written' });
    expect(await readStoredObject(setting.store, KEY)).toEqual(one);
    expect(await failureOf(store.remove(KEY))).toMatchObject({
      message: `There is no signed address to DELETE ${KEY} with.`,
    });
  });

  test('expire', async () => {
    const setting = await start();
    const bytes = new Uint8Array([1]);
    const address = await sign(setting, putOf(bytes), 1);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const store = s3Store(place(setting), addressSigner([address]));
    expect(await failureOf(store.write(KEY, [bytes]))).toMatchObject({ code: 'store-failed' });
    expect(await setting.store.head(KEY)).toBeUndefined();
  });

  test('carry an upload in parts that somebody with a key has begun', async () => {
    const setting = await start();
    let begun: UploadState | undefined;
    const stop = (state: UploadState): void => {
      begun = state;
      throw new Error('only begun');
    };
    await failureOf(setting.store.write(KEY, source, { journal: stop }));
    const { uploadId } = begun!;
    const parts = [0, 1, 2].map((at) => whole.subarray(at * 64 * MIB, (at + 1) * 64 * MIB));
    const addresses = await Promise.all([
      ...parts.map((part, at) =>
        sign(setting, putOf(part, { partNumber: String(at + 1), uploadId })),
      ),
      sign(setting, { method: 'GET', key: KEY, query: { uploadId }, headers: {} }),
      sign(setting, {
        method: 'POST',
        key: KEY,
        query: { uploadId },
        headers: { 'if-none-match': '*' },
      }),
    ]);
    const store = s3Store(place(setting), addressSigner(addresses));
    const options = { resume: begun!, ifAbsent: true, journal: () => undefined };
    expect(await store.write(KEY, source, options)).toEqual({ kind: 'written', etag: dandiEtag });
    expect(isRight(setting)).toBe(true);
  });
});
