import { expect, onTestFinished, test } from 'vitest';
import type { Archive, Store } from '../../core/records/archive.ts';
import {
  loopbackServer,
  type Fault,
  type LoopbackServer,
} from '../../../tests/support/servers/loopback-server.ts';
import { startS3 } from '../../../tests/support/stores/s3-double.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import type { ObjectStore } from './object-store.ts';
import { openStores } from './open-stores.ts';
import { readStoredObject } from './read-object.ts';

const archiveWith = (...stores: Store[]): Archive => ({
  name: 'Lab',
  identifierPrefix: 'LAB-DANDI',
  site: 'https://lab.example.org/',
  repository: 'https://github.com/lab/archive',
  licenses: [],
  stores,
});

async function publicServer(
  fault?: (target: string, count: number) => Fault | undefined,
): Promise<LoopbackServer> {
  const server = await loopbackServer({
    answer: ({ pathname }) => (pathname === '/lists/a' ? 'one' : undefined),
    ...(fault === undefined ? {} : { fault }),
  });
  onTestFinished(() => server.close());
  return server;
}

const content = 'content';
async function text(store: ObjectStore | undefined, key: string): Promise<string | undefined> {
  const bytes = store && (await readStoredObject(store, key));
  return bytes && Buffer.from(bytes).toString();
}

test('what is in none but the last is found there, and written to the first that can be', async () => {
  const { url } = await publicServer();
  const folder = temporaryFolder();
  const stores = openStores(
    archiveWith({ kind: 'http', url }, { kind: 'folder', path: 'x', url: '/x/' }),
    { content, folder },
  );
  await stores?.write('lists/b', [Buffer.from('two')]);
  expect([await text(stores, 'lists/a'), await text(stores, 'lists/b')]).toEqual(['one', 'two']);
  expect(await stores?.open('lists/c')).toBeUndefined();
  expect([stores?.name, stores?.readOnly]).toEqual([folder, undefined]);
});

test('a bucket is written with credentials only, and read without', async () => {
  const { url } = await publicServer();
  const { environment, buckets } = await startS3();
  const archive = archiveWith({ kind: 'http', url, s3: { bucket: 'lab', prefix: '' } });
  for (const env of [undefined, {}]) {
    const stores = openStores(archive, { content, ...(env && { env }) });
    expect(stores?.readOnly).toContain('s3://lab/');
    expect((await stores?.head('lists/a'))?.size).toBe(3);
    expect(await stores?.head('lists/b')).toBeUndefined();
    await expect(stores?.write('lists/a', [])).rejects.toThrow('AWS_ACCESS_KEY_ID');
  }
  const stores = openStores(archive, { content, env: environment });
  await stores?.write('lists/b', [Buffer.from('two')]);
  expect([...(buckets.get('lab')?.keys() ?? [])]).toEqual(['lists/b']);
  expect(openStores(archiveWith({ kind: 'http', url }), { content })?.readOnly).toContain('"s3"');
  const elsewhere = archiveWith({ kind: 'folder', path: 'not-here', url: '/x/' });
  expect(openStores(elsewhere, { content })).toBeUndefined();
});

test('a public address that is busy is asked again, one that stays so is an error', async () => {
  const busy = await publicServer((_, count) => (count < 3 ? { status: 503 } : undefined));
  const retries = { wait: async () => undefined };
  const open = ({ url }: LoopbackServer): ReturnType<typeof openStores> =>
    openStores(archiveWith({ kind: 'http', url }), { content, retries });
  expect(await text(open(busy), 'lists/a')).toBe('one');
  const cut = await publicServer(() => 'cut-off');
  await expect(text(open(cut), 'lists/a')).rejects.toThrow('lists/a could not be read');
  const closed = await publicServer(() => ({ status: 403 }));
  expect(await text(open(closed), 'lists/a')).toBeUndefined();
});
