// What is sent to a bucket, held against a server that checks it.

import { cpSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { objectHolds } from '../../src/adapters/object-store/object-holds.ts';
import { readStoredObject } from '../../src/adapters/object-store/read-object.ts';
import { s3Credentials, s3PlaceIn } from '../../src/adapters/object-store/s3-client.ts';
import { keySigner } from '../../src/adapters/object-store/s3-signer.ts';
import { s3Store, type S3Store } from '../../src/adapters/object-store/s3-store.ts';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { describeWith } from '../support/needed-part.ts';
import { runCliWith, type CliResult } from '../support/process/run-cli.ts';
import { startVersitygw, versitygw } from '../support/stores/versitygw.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Environment = Record<string, string>;

function bucketAt(env: Environment, prefix: string): S3Store {
  const place = s3PlaceIn({ bucket: 'lab', prefix }, env);
  return s3Store(place, keySigner(place, s3Credentials(env)!));
}

function deploy(env: Environment, ...args: string[]): Promise<CliResult> {
  return runCliWith(env, 'deploy', ...args, '--to', 's3://lab/site', '--json');
}

describeWith(versitygw, 'versitygw', () => {
  let site: BuiltSite;
  beforeAll(async () => {
    site = await builtSite({ content: demoContent });
    return () => site.close();
  }, 300_000);

  test('takes a site, once, keys as they are meant, and nothing by another secret', async () => {
    const { environment: env } = await startVersitygw();
    // A part of each kind is enough.
    const part = temporaryFolder();
    const names = [
      'archive.json',
      'index.html',
      'server-info',
      '.well-known',
      '_astro',
      'api/dandisets',
    ];
    for (const name of names)
      cpSync(path.join(site.dist, name), path.join(part, name), { recursive: true });
    const first = await deploy(env, part);
    expect([first.code, first.stderr]).toEqual([0, '']);
    const { puts, same } = JSON.parse(first.stdout) as { puts: unknown[]; same: number };
    expect([puts.length > 50, same]).toEqual([true, 0]);
    const second = await deploy(env, part, '--delete');
    expect(JSON.parse(second.stdout)).toMatchObject({ puts: [], same: puts.length, stale: [] });

    const bucket = bucketAt(env, 'site/');
    const typeOf = async (key: string): Promise<string | undefined> =>
      (await bucket.head(key))?.contentType;
    expect(await typeOf('index.html')).toBe('text/html; charset=utf-8');
    expect(await typeOf('api/dandisets/index.html')).toBe('application/json');
    expect(await typeOf('server-info')).toBe('application/json');

    const wrong = await deploy({ ...env, AWS_SECRET_ACCESS_KEY: 'another' }, part);
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringContaining('SignatureDoesNotMatch'),
    ]);

    const store = bucketAt(env, 'p/');
    const key = "a b/ä+%25'()*!~$&@=:,;.json";
    await store.write(key, [Buffer.from('one')]);
    const listed: string[] = [];
    for await (const object of store.list()) {
      listed.push(object.key);
      expect(objectHolds(object, Buffer.from('one'))).toBe(true);
    }
    expect(listed).toEqual([key]);
    expect(Buffer.from((await readStoredObject(store, key)) ?? []).toString()).toBe('one');
    await store.remove(key);
    expect(await store.head(key)).toBeUndefined();
  }, 120_000);
});
