// What every implementation of ObjectStore has to do.

import { describe, expect, test } from 'vitest';
import { memoryBytes } from '../../../src/adapters/bytes/memory-bytes.ts';
import type { ListedObject, ObjectStore } from '../../../src/adapters/object-store/object-store.ts';
import { readStoredObject } from '../../../src/adapters/object-store/read-object.ts';
import { bytesContract, drained, failureOf, patternBytes, sameBytes } from './bytes-contract.ts';

/** A store, and a second one that writes its objects if it is read only. */
export interface StoreUnderTest {
  store: ObjectStore;
  writer?: ObjectStore;
  /** Whether headers are kept. */
  keepsHeaders: boolean;
}

/** The objects that a store lists. */
export async function listed(store: ObjectStore, prefix?: string): Promise<ListedObject[]> {
  const found: ListedObject[] = [];
  for await (const object of store.list(prefix)) found.push(object);
  return found;
}

const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);
const KEYS = ["a b/ä+%25'()!~$&@=:,;.json", 'a/b', 'a/c/d', 'a0', 'b'];

/** Declares the suite; `make` is called within a test and returns an empty store. */
export function objectStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  const keysOf = async (store: ObjectStore, prefix?: string): Promise<string[]> =>
    (await listed(store, prefix)).map(({ key }) => key);

  bytesContract(`an object of ${name}`, async (content) => {
    const { store, writer = store } = await make();
    await writer.write('blobs/x', memoryBytes(content));
    const bytes = await store.open('blobs/x');
    if (bytes === undefined) throw new Error('it is not there');
    return bytes;
  });

  describe(`${name} as a store`, () => {
    test('tells what is there, and lists it by prefix and in order', async () => {
      const { store, writer = store } = await make();
      expect(await keysOf(store)).toEqual([]);
      for (const key of KEYS) await writer.write(key, [text(key)]);
      expect(await keysOf(store)).toEqual([...KEYS].sort());
      expect(await keysOf(store, 'a/')).toEqual(['a/b', 'a/c/d']);
      expect(await keysOf(store, 'a/c')).toEqual(['a/c/d']);
      expect(await keysOf(store, 'x')).toEqual([]);
      for (const { key, size } of await listed(store)) {
        expect(size).toBe(text(key).length);
        expect(await store.head(key)).toMatchObject({ size });
        expect(Buffer.from((await readStoredObject(store, key)) ?? []).toString()).toBe(key);
      }
      expect([await store.head('x'), await store.open('x')]).toEqual([undefined, undefined]);
      expect([await store.head('a/x'), await store.open('a/x')]).toEqual([undefined, undefined]);
    });

    test('refuses to read more at once than it may', async () => {
      const { store, writer = store } = await make();
      await writer.write('x', [text('four')]);
      expect(await readStoredObject(store, 'x', 4)).toEqual(text('four'));
      expect(await failureOf(readStoredObject(store, 'x', 3))).toMatchObject({
        code: 'store-failed',
      });
    });

    test('notices that an object was replaced', async () => {
      const { store, writer = store } = await make();
      await writer.write('x', [patternBytes(200_000)]);
      const bytes = await store.open('x');
      await writer.write('x', [patternBytes(200_000, 2)]);
      expect(await failureOf(bytes!.range(100_000, 10))).toMatchObject({ code: 'bytes-changed' });
      expect(await failureOf(drained(bytes!.stream()))).toMatchObject({ code: 'bytes-changed' });
      await writer.remove('x');
      expect(await failureOf(bytes!.range(100_000, 10))).toMatchObject({ code: 'bytes-not-found' });
    });

    test('writes, or says why it cannot', async () => {
      const { store, keepsHeaders } = await make();
      if (store.readOnly !== undefined) {
        for (const work of [store.write('x', []), store.copy('x', 'y'), store.remove('x')])
          expect(await failureOf(work)).toMatchObject({
            code: 'store-failed',
            message: store.readOnly,
          });
        return;
      }
      const headers = { contentType: 'text/html; charset=utf-8', cacheControl: 'no-cache' };
      expect(await store.write('x', [text('o'), text('ne')], headers)).toMatchObject({
        kind: 'written',
      });
      expect(await store.head('x')).toMatchObject({ size: 3, ...(keepsHeaders ? headers : {}) });
      expect(await store.write('x', [text('two')], { ifAbsent: true })).toEqual({ kind: 'exists' });
      expect(await readStoredObject(store, 'x')).toEqual(text('one'));
      expect(await store.write('x', memoryBytes(text('three')))).toMatchObject({ kind: 'written' });
      expect(await readStoredObject(store, 'x')).toEqual(text('three'));
      await store.remove('x');
      await store.remove('x');
      expect(await store.head('x')).toBeUndefined();
      expect(await store.write('x', [], { ifAbsent: true })).toMatchObject({ kind: 'written' });
      expect((await store.head('x'))?.size).toBe(0);
    });

    test('copies, also only where nothing is', async () => {
      const { store, keepsHeaders } = await make();
      if (store.readOnly !== undefined) return;
      const headers = { contentType: 'text/csv', cacheControl: 'no-cache' };
      for (const content of [patternBytes(300_000), new Uint8Array()]) {
        await store.write('from it/x', [content], headers);
        expect(await store.copy('from it/x', 'to/x')).toMatchObject({ kind: 'written' });
        expect(sameBytes((await readStoredObject(store, 'to/x'))!, content)).toBe(true);
        if (keepsHeaders) expect(await store.head('to/x')).toMatchObject(headers);
        await store.write('from it/x', [text('new')], headers);
        expect(await store.copy('from it/x', 'to/x', { ifAbsent: true })).toEqual({
          kind: 'exists',
        });
        expect(sameBytes((await readStoredObject(store, 'to/x'))!, content)).toBe(true);
        await store.remove('to/x');
        expect(await store.copy('from it/x', 'to/x', { ifAbsent: true })).toMatchObject({
          kind: 'written',
        });
      }
      expect(await failureOf(store.copy('gone', 'y'))).toMatchObject({ code: 'store-failed' });
      expect(await keysOf(store)).toEqual(['from it/x', 'to/x']);
    });

    test('shows nothing of a write that failed or was ended', async () => {
      const { store } = await make();
      if (store.readOnly !== undefined) return;
      const half = async function* (): AsyncGenerator<Uint8Array> {
        yield text('half');
        throw new Error('the source went away');
      };
      await failureOf(store.write('x', half()));
      const reason = new Error('enough');
      const control = new AbortController();
      const slow = async function* (): AsyncGenerator<Uint8Array> {
        yield text('half');
        control.abort(reason);
        yield text('rest');
      };
      const { signal } = control;
      expect(await failureOf(store.write('x', slow(), { signal }))).toBe(reason);
      expect(await failureOf(store.write('x', memoryBytes(text('x')), { signal }))).toBe(reason);
      expect(await keysOf(store)).toEqual([]);
    });

    test('says how far it is', async () => {
      const { store } = await make();
      if (store.readOnly !== undefined) return;
      const content = patternBytes(3_000_000);
      for (const source of [[content], memoryBytes(content)]) {
        const done: number[] = [];
        await store.write('x', source, { progress: (bytes) => done.push(bytes) });
        expect(done.at(-1)).toBe(3_000_000);
        expect(done).toEqual([...done].sort((a, b) => a - b));
      }
    });

    test('takes no key that is no path', async () => {
      const { store } = await make();
      if (store.readOnly !== undefined) return;
      for (const key of ['../x', '/x', 'a//b', '', 'a\\b'])
        for (const work of [() => store.head(key), () => store.write(key, [text('x')])])
          await expect(work()).rejects.toMatchObject({ name: 'ArchiveError' });
      expect(await keysOf(store)).toEqual([]);
    });
  });
}
