// Downloads of the demo from where archives are: the local server, a host for files alone, a bucket, and the
// records of a clone. The files are the same, byte for byte.

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { publicReadPolicy } from '../../src/core/hosting/bucket-documents.ts';
import { githubPages } from '../support/hosts/github-pages.ts';
import { serveHost } from '../support/hosts/host.ts';
import { demoBytes, describeWith } from '../support/needed-part.ts';
import { wrongFiles } from '../support/process/dandi-client.ts';
import { runCli } from '../support/process/run-cli.ts';
import { serveProgramFiles, writeProgramFiles } from '../support/sites/api-site.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { putDocument, startVersitygw, versitygw } from '../support/stores/versitygw.ts';
import { filesBelow, temporaryFolder } from '../support/temporary-folder.ts';

const VERSION = 'dandiset/000001/0.250702.1411';
const LIST = readFileSync(
  path.join(demoContent, 'dandisets/000/000001/0.250702.1411/assets.jsonl'),
);

async function localServer(): Promise<string> {
  const server = await serveProgramFiles(demoContent, temporaryFolder());
  onTestFinished(() => server.close());
  return server.url;
}

async function downloaded(resource: string, ...more: string[]): Promise<string> {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await runCli('download', resource, '-o', folder, ...more);
  expect(code, stdout + stderr).toBe(0);
  return folder;
}

describeWith(demoBytes, 'a version of the demo', () => {
  test('from the local server, with Zarrs and by every kind of address', async () => {
    const url = await localServer();
    const whole = await downloaded(`${url}${VERSION}`);
    expect(wrongFiles(LIST, path.join(whole, '000001'))).toEqual([]);
    const { identifier, path: name } = JSON.parse(LIST.toString().split('\n')[0]!).metadata as {
      identifier: string;
      path: string;
    };
    const single = await downloaded(`${url}api/assets/${identifier}/download/`);
    const file = path.join(single, path.basename(name));
    expect(readFileSync(file)).toEqual(readFileSync(path.join(whole, '000001', name)));
    const record = await downloaded('dandi://DEMO-DANDI/000001/dandiset.yaml', '--archive', url);
    expect([...filesBelow(record).keys()].filter((one) => !one.startsWith('.'))).toEqual([
      'dandiset.yaml',
    ]);
    // A Zarr is verified by its list before it is fetched, and its files by theirs.
    const zarr = await downloaded(`${url}dandiset/000006/draft`);
    expect([...filesBelow(zarr).keys()].length).toBeGreaterThan(20);
  });

  test('from a host that only serves files', async () => {
    const dist = temporaryFolder();
    await writeProgramFiles(demoContent, dist);
    const host = await serveHost(githubPages({ dist, storage: demoBytes.path }));
    onTestFinished(() => host.close());
    const folder = await downloaded(`${host.url}${VERSION}`);
    expect(wrongFiles(LIST, path.join(folder, '000001'))).toEqual([]);
  });

  test('from the records of a clone', async () => {
    const folder = await downloaded('000001/0.250702.1411', '--archive', demoContent);
    expect(wrongFiles(LIST, path.join(folder, '000001'))).toEqual([]);
  });
});

describeWith([demoBytes, versitygw], 'bytes in a bucket', () => {
  test('are read without a key', async () => {
    const store = await startVersitygw();
    cpSync(demoBytes.path, store.folder, { recursive: true });
    await putDocument(store, 'policy', JSON.stringify(publicReadPolicy('lab')));
    const content = path.join(temporaryFolder(), 'content');
    cpSync(demoContent, content, { recursive: true });
    const file = path.join(content, 'archive.json');
    const settings = JSON.parse(readFileSync(file, 'utf8')) as { stores: unknown };
    settings.stores = [{ kind: 'http', url: `${store.endpoint}/lab/` }];
    writeFileSync(file, JSON.stringify(settings));
    const folder = await downloaded('000001/0.250702.1411', '--archive', content);
    expect(wrongFiles(LIST, path.join(folder, '000001'))).toEqual([]);
  });
});
