// `dandiset storage check` on a real S3 server, on real file servers, and on stores that answer wrongly.

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { publicReadPolicy } from '../../src/core/hosting/bucket-documents.ts';
import type { StoreFinding } from '../../src/core/hosting/store-findings.ts';
import { demoBytes, describeWith } from '../support/needed-part.ts';
import { listenForTest } from '../support/forge/git-server.ts';
import { REAL_HOSTS } from '../support/hosts/real-hosts.ts';
import { runCli } from '../support/process/run-cli.ts';
import { misbehavingServer, type Misbehaviour } from '../support/servers/misbehaving-server.ts';
import { builtSite, demoContent } from '../support/sites/built-site.ts';
import {
  corsXml,
  putDocument,
  putObject,
  startVersitygw,
  versitygw,
} from '../support/stores/versitygw.ts';
import { filesBelow, temporaryFolder } from '../support/temporary-folder.ts';

const KEY = `blobs/0a1/b2c/0a1b2c${'d'.repeat(58)}`;
const BYTES = 'the bytes of a file';

interface Report {
  code: number | null;
  stdout: string;
  /** Findings by check. */
  found: Map<string, StoreFinding>;
  fixes: Record<string, string>;
  wrong: string[];
}

async function check(url: string, ...more: string[]): Promise<Report> {
  const args = ['storage', 'check', url, '--key', KEY, '--json', ...more];
  const { code, stdout, stderr } = await runCli(...args);
  expect(stderr).toBe('');
  const { findings, fixes } = JSON.parse(stdout) as {
    findings: StoreFinding[];
    fixes: Record<string, string>;
  };
  const found = new Map(findings.map((finding) => [finding.check, finding]));
  const wrong = findings.filter(({ outcome }) => outcome === 'wrong').map((one) => one.check);
  return { code, stdout, found, fixes, wrong };
}

describeWith(versitygw, 'a bucket', () => {
  test('is wrong as it is made, and right with the documents that the check prints', async () => {
    const store = await startVersitygw();
    for (const key of [KEY, 'staging/a', 'incoming/1/a'])
      await putObject(store, `bytes/${key}`, BYTES);
    const url = `${store.endpoint}/lab/bytes/`;
    const closed = ['--closed-key', 'staging/a', '--closed-key', 'incoming/1/a'];
    const before = await check(url, ...closed);
    expect(before.code).toBe(1);
    expect(before.wrong).toEqual(expect.arrayContaining(['length', 'range', 'cors', 'preflight']));
    expect(JSON.parse(before.fixes['policy.json']!)).toEqual(publicReadPolicy('lab', 'bytes/'));

    await putDocument(store, 'policy', before.fixes['policy.json']!);
    await putDocument(store, 'cors', corsXml());
    const after = await check(url, ...closed);
    expect([after.wrong, after.code]).toEqual([[], 0]);
    expect([...after.found.values()].filter(({ outcome }) => outcome !== 'right')).toEqual([]);
  });

  test('that anybody may read, list and write is named, and nothing is left in it', async () => {
    const store = await startVersitygw();
    for (const key of [KEY, 'staging/a']) await putObject(store, key, BYTES);
    const Resource = ['arn:aws:s3:::lab', 'arn:aws:s3:::lab/*'];
    const open = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource };
    await putDocument(
      store,
      'policy',
      JSON.stringify({ Version: '2012-10-17', Statement: [open] }),
    );
    await putDocument(store, 'cors', corsXml());
    const files = [...filesBelow(store.folder).keys()];
    const { code, wrong } = await check(`${store.endpoint}/lab/`, '--closed-key', 'staging/a');
    expect([code, wrong]).toEqual([1, ['closed staging/', 'listing', 'write']]);
    expect([...filesBelow(store.folder).keys()]).toEqual(files);
  });
});

describe.each(REAL_HOSTS)('a folder served by %s', (name, host, serve, file) => {
  describeWith(host, 'as files', () => {
    test('is right with the lines that the check prints', async () => {
      const dist = temporaryFolder({ [KEY]: BYTES, 'staging/a': 'x', 'incoming/1/a': 'x' });
      const rules = path.join(temporaryFolder({ [file]: '# none\n' }), file);
      const closed = ['--closed-key', 'staging/a', '--closed-key', 'incoming/1/a'];
      const plain = await serve({ dist }, rules);
      const before = await check(plain.url, ...closed).finally(() => plain.close());
      expect(before.wrong).toEqual(['cors', 'preflight', 'closed incoming/', 'closed staging/']);
      writeFileSync(rules, before.fixes[name === 'nginx' ? 'nginx' : 'Caddyfile']!);
      const fixed = await serve({ dist }, rules);
      const after = await check(fixed.url, ...closed).finally(() => fixed.close());
      expect([after.wrong, after.code]).toEqual([[], 0]);
    });
  });
});

describe('a store that answers wrongly', () => {
  const served = async (wrong: Misbehaviour): Promise<Report> => {
    const store = await misbehavingServer(new Uint8Array(), ({ method }) =>
      method === 'GET' ? wrong : undefined,
    );
    store.objects.set(KEY, Buffer.from(BYTES));
    return check(new URL('/', store.url).href);
  };

  test.each<[string, Misbehaviour, string]>([
    ['compresses its bytes', 'gzip', 'encoding'],
    ['ignores ranges', 'ignored-range', 'range'],
    ['sends another range than it says', { contentRange: 'bytes 5-9/19' }, 'range'],
    ['says no range', 'no-length', 'range'],
    ['sends fewer bytes', { short: 3 }, 'range'],
    ['breaks off', 'reset', 'range'],
  ])('%s', async (_, wrong, named) => {
    const { code, found } = await served(wrong);
    expect([code, found.get(named)?.outcome]).toEqual([1, 'wrong']);
    expect(found.get('cors')?.outcome).not.toBe('right');
  });

  test('lists its folders, and takes files from anybody: those are removed again', async () => {
    const files = new Map<string, string>([[`/${KEY}`, BYTES]]);
    const server = createServer((request, response) => {
      const { method, url = '' } = request;
      if (method === 'PUT') files.set(url, '');
      if (method === 'DELETE') files.delete(url);
      const found = url.endsWith('/') ? '<title>Index of /</title>' : files.get(url);
      response.writeHead(found === undefined ? 404 : 200, { 'Content-Length': found?.length ?? 0 });
      response.end(method === 'HEAD' ? undefined : found);
    });
    const { found } = await check(`${await listenForTest(server)}/`);
    expect(found.get('listing')?.outcome).toBe('wrong');
    expect(found.get('write')?.says).toContain('anybody can write');
    expect([...files.keys()]).toEqual([`/${KEY}`]);
  });

  test('is shown as a table with the fixes for people', async () => {
    const store = await misbehavingServer(new Uint8Array());
    store.objects.set(KEY, Buffer.from(BYTES));
    const url = new URL('/', store.url).href;
    const { code, stdout } = await runCli('storage', 'check', url, '--key', KEY);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ok +range +206, bytes 0-15\/19$/m);
    expect(stdout).toMatch(/^wrong +cors +pages of other sites may not read/m);
    expect(stdout).toContain('Access-Control-Allow-Origin "*"');
    expect(stdout).toMatch(/^11 checks: 2 wrong, 2 unknown\.$/m);
  });
});

test('without a file to ask for it says how to name one', async () => {
  const folder = temporaryFolder();
  const args = ['storage', 'check', 'https://lab.example/', '--content', folder];
  const { code, stderr } = await runCli(...args);
  expect([code, stderr.includes('--key')]).toEqual([2, true]);
  expect((await runCli('storage', 'check', 'lab')).code).toBe(2);
});

describeWith(demoBytes, 'the store of the demo', () => {
  test('is right, asked for a file that its records name', async () => {
    const site = await builtSite({ content: demoContent });
    try {
      const url = `${site.url}storage/`;
      const from = `${site.url}dandiset/000006/draft`;
      const places = [
        ['--content', demoContent],
        ['--from', from],
      ];
      for (const place of places) {
        const { code, stdout, stderr } = await runCli('storage', 'check', url, ...place);
        expect([code, stderr], stdout).toEqual([0, '']);
      }
    } finally {
      await site.close();
    }
  });
});
