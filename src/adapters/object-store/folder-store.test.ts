import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { filesBelow, temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { folderStore } from './folder-store.ts';
import { listStore } from './list-store.ts';
import { readStoredObject } from './read-object.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('folderStore', () => {
  it('gives back what was written, and shows nothing of a write that failed', async () => {
    const folder = path.join(temporaryFolder(), 'storage');
    const store = folderStore(folder);
    expect(await store.open('lists/a')).toBeUndefined();
    await store.write('lists/a', [text('one '), text('two')]);
    expect(new TextDecoder().decode(await readStoredObject(store, 'lists/a'))).toBe('one two');
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield text('half');
      throw new Error('the source went away');
    };
    await expect(store.write('lists/b', failing())).rejects.toMatchObject({ code: 'store-failed' });
    expect([...filesBelow(folder).keys()]).toEqual(['lists/a']);
  });

  it('stays inside its folder', async () => {
    const [folder, outside] = [temporaryFolder(), temporaryFolder()];
    symlinkSync(outside, path.join(folder, 'lists'));
    await expect(folderStore(folder).write('../x', [])).rejects.toMatchObject({
      code: 'content-unwritable',
    });
    await expect(folderStore(folder).write('lists/x', [])).rejects.toMatchObject({
      code: 'content-unwritable',
    });
    expect(filesBelow(outside).size).toBe(0);
  });
});

describe('listStore', () => {
  it('compresses without a time or the name of a system', async () => {
    const store = folderStore(temporaryFolder());
    const lists = listStore(store);
    const sha256 = 'a'.repeat(64);
    await lists.write(sha256, [text('{}\n'), text('[]\n')]);
    expect(await lists.has(sha256)).toBe(true);
    expect(new TextDecoder().decode(await lists.read(sha256))).toBe('{}\n[]\n');
    const packed = await readStoredObject(store, `lists/${sha256}.gz`);
    expect([...(packed ?? []).slice(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
    expect(gunzipSync(packed ?? new Uint8Array()).length).toBe(6);
  });
});
