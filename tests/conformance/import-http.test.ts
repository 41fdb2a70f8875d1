// The corpus over HTTP: from an archive of this program and from DANDI's own API (a double on loopback),
// compared with the import of its files.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveProgramFiles } from '../support/sites/api-site.ts';
import { importedCorpus } from '../support/records/corpus.ts';
import { dandiApiDouble, type HeldVersion } from '../support/servers/dandi-api-double.ts';
import { loopbackServer } from '../support/servers/loopback-server.ts';
import { describeWith } from '../support/needed-part.ts';
import { compareRecords } from '../support/records/round-trip.ts';
import { runCli } from '../support/process/run-cli.ts';
import { shared } from '../support/shared.ts';
import { filesBelow } from '../support/temporary-folder.ts';

const RECORD = /^dandisets\/\d{3}\/(\d{6})\/([^/]+)\/dandiset\.json$/;

describeWith(shared, 'the corpus over HTTP', () => {
  let work = '';
  let content = '';
  let original: Map<string, string>;
  beforeAll(async () => {
    work = mkdtempSync(path.join(tmpdir(), 'import-http-'));
    content = await importedCorpus();
    original = filesBelow(content);
  }, 300_000);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  async function copyFrom(address: string, name: string): Promise<Map<string, string>> {
    const into = path.join(work, name);
    const result = await runCli('import', address, '--into', into, '--no-check');
    expect([result.code, result.stderr]).toEqual([0, '']);
    return filesBelow(into);
  }

  it('comes from another archive byte for byte', async () => {
    const server = await serveProgramFiles(content, path.join(work, 'dist'));
    try {
      const copy = await copyFrom(`${server.url}api`, 'of-archive');
      const equal = { differing: [], absent: [], added: [] };
      expect(compareRecords(original, copy)).toEqual(equal);
      expect([...copy.keys()].filter((name) => RECORD.test(name))).toHaveLength(457);
    } finally {
      await server.close();
    }
  }, 300_000);

  it("comes from DANDI's own API byte for byte", async () => {
    // Every tenth Dandiset, only versions whose list is held: DANDI itself has all of them.
    const held = new Map<string, Map<string, HeldVersion>>();
    const expected = new Map<string, string>();
    for (const [name, record] of original) {
      const [, number = '', version = ''] = RECORD.exec(name) ?? [];
      const folder = path.posix.dirname(name);
      const list = original.get(`${folder}/assets.jsonl`);
      if (number === '' || Number(number) % 10 !== 4 || list === undefined) continue;
      const assets = list.split('\n').slice(0, -1);
      held.set(number, (held.get(number) ?? new Map()).set(version, { record, assets }));
      for (const file of ['dandiset.json', 'assets.jsonl', 'manifest.json']) {
        const text = original.get(`${folder}/${file}`);
        if (text !== undefined) expected.set(`${folder}/${file}`, text);
      }
    }
    expect(held.size).toBeGreaterThan(20);
    const server = await loopbackServer({ answer: dandiApiDouble(held, { pageSize: 60 }) });
    try {
      const copy = await copyFrom(`${server.url}api`, 'of-api');
      expect(compareRecords(expected, copy)).toEqual({ differing: [], absent: [], added: [] });
      expect(server.requests.some((target) => target.includes('page=2'))).toBe(true);
      const settings = JSON.parse(readFileSync(path.join(work, 'of-api/archive.json'), 'utf8'));
      expect(settings.stores[0].url).toBe('https://dandiarchive.s3.amazonaws.com/');
    } finally {
      await server.close();
    }
  }, 300_000);
});
