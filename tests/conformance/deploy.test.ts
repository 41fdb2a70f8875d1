// A second opinion on what is sent to a bucket: moto, which recomputes signatures with AWS' client.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { s3Client, s3Credentials, s3PlaceIn } from '../../src/adapters/object-store/s3-client.ts';
import { s3Store } from '../../src/adapters/object-store/s3-store.ts';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { describeWith, repository } from '../support/needed-part.ts';
import { pythonStore } from '../support/process/python.ts';
import { runCliWith, type CliResult } from '../support/process/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Environment = Record<string, string>;

/** Starts it with an empty bucket `lab`; returns the environment that a process needs to write there. */
async function startMoto(): Promise<Environment> {
  const script = path.join(repository, 'tests/conformance/serve_store.py');
  const server = spawn(pythonStore.path, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(server, 'close');
  onTestFinished(async () => {
    server.stdin.end();
    await ended;
  });
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  const { endpoint, accessKeyId, secretAccessKey } = JSON.parse(line.toString()) as Environment;
  return {
    AWS_ENDPOINT_URL: endpoint ?? '',
    AWS_ACCESS_KEY_ID: accessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey ?? '',
    AWS_SESSION_TOKEN: '',
    AWS_REGION: 'us-east-1',
  };
}

function deploy(env: Environment, ...args: string[]): Promise<CliResult> {
  return runCliWith(env, 'deploy', ...args, '--to', 's3://lab/site', '--json');
}

describeWith(pythonStore, 'moto', () => {
  let site: BuiltSite;
  beforeAll(async () => {
    site = await builtSite({ content: demoContent });
    return () => site.close();
  }, 300_000);

  test('accepts a site, once, with the intended keys, and nothing signed by another secret', async () => {
    const env = await startMoto();
    // Moto takes its time: a part of each kind is enough.
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

    const client = s3Client(s3PlaceIn({ bucket: 'lab', prefix: '' }, env), s3Credentials(env)!);
    const typeOf = async (key: string): Promise<string | null> =>
      (await client({ method: 'HEAD', key: `site/${key}` })).headers.get('content-type');
    expect(await typeOf('index.html')).toBe('text/html; charset=utf-8');
    expect(await typeOf('api/dandisets/index.html')).toBe('application/json');
    expect(await typeOf('server-info')).toBe('application/json');

    const wrong = await deploy({ ...env, AWS_SECRET_ACCESS_KEY: 'another' }, part);
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringContaining('SignatureDoesNotMatch'),
    ]);

    const store = s3Store(s3PlaceIn({ bucket: 'lab', prefix: 'p/' }, env), s3Credentials(env)!);
    const key = "a b/ä+%25'()*!~$&@=:,;.json";
    await store.write(key, [Buffer.from('one')]);
    const listed: string[] = [];
    for await (const object of store.list()) {
      listed.push(object.key);
      expect(object.holds(Buffer.from('one'))).toBe(true);
    }
    expect(listed).toEqual([key]);
    expect(Buffer.from((await store.read(key)) ?? []).toString()).toBe('one');
    await store.remove(key);
    expect(await store.has(key)).toBe(false);
  }, 120_000);
});
