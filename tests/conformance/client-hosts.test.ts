// The unmodified Python client against file hosts with the rules that this archive writes for them: what a
// page offers for copying arrives whole, and what a host cannot do is not offered.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { offersPythonClient, type Host as HostName } from '../../src/core/records/archive.ts';
import { writeProgramFiles } from '../support/sites/api-site.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { dandiDownload, wrongFiles } from '../support/process/dandi-client.ts';
import { cloudflare } from '../support/hosts/cloudflare.ts';
import { githubPages } from '../support/hosts/github-pages.ts';
import { serveHost, type Host, type Upload } from '../support/hosts/host.ts';
import { netlify } from '../support/hosts/netlify.ts';
import { s3Website } from '../support/hosts/s3-website.ts';
import { manyFiles } from '../support/sites/many-files.ts';
import { demoBytes, describeWith, repository } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { REAL_HOSTS } from '../support/hosts/real-hosts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const storage = path.join(repository, 'storage');
const HOSTS = {
  netlify: (upload: Upload) => netlify(upload),
  cloudflare: (upload: Upload) => cloudflare(upload),
  's3-website': (upload: Upload) => s3Website(upload, 'dandi-demo.example'),
  'github-pages': (upload: Upload) => githubPages(upload),
} satisfies Partial<Record<HostName, (upload: Upload) => Host>>;

/** An archive uploaded to a host: its address, and the requests it received. */
async function uploaded(
  host: keyof typeof HOSTS,
  content: string,
  bytes: string,
): Promise<{ site: string; requests: string[] }> {
  const dist = temporaryFolder();
  const archive = await writeProgramFiles(content, dist, { host });
  const requests: string[] = [];
  const server = await serveHost(HOSTS[host]({ dist, storage: bytes }), {
    noted: (target) => requests.push(target),
    standsFor: archive.site,
  });
  onTestFinished(() => server.close());
  return { site: server.url, requests };
}

const listOf = (content: string, place: string): Buffer =>
  readFileSync(path.join(content, 'dandisets', '000', place, 'assets.jsonl'));

describeWith([python, demoBytes], 'dandi download under the rules of', () => {
  test.each(['netlify', 'cloudflare'] as const)('%s: versions, whole', async (host) => {
    const { site } = await uploaded(host, demoContent, storage);
    for (const version of ['0.250702.1411', '0.250114.1002', 'draft']) {
      const into = temporaryFolder();
      await dandiDownload(`${site}dandiset/000001/${version}`, into);
      const list = listOf(demoContent, `000001/${version}`);
      expect(wrongFiles(list, path.join(into, '000001'))).toEqual([]);
    }
  });

  test('netlify: a Zarr', async () => {
    const { site } = await uploaded('netlify', demoContent, storage);
    const into = temporaryFolder();
    await dandiDownload(`${site}dandiset/000006/0.250610.1040`, into);
    const list = listOf(demoContent, '000006/0.250610.1040');
    expect(wrongFiles(list, path.join(into, '000006'), { storage })).toEqual([]);
  });

  test('cloudflare: five thousand files', { timeout: 900_000 }, async () => {
    const folder = temporaryFolder();
    const content = manyFiles(folder, 5000);
    const { site, requests } = await uploaded('cloudflare', content, path.join(folder, 'storage'));
    const into = temporaryFolder();
    await dandiDownload(`${site}dandiset/000001/draft`, into);
    expect(wrongFiles(listOf(content, '000001/draft'), path.join(into, '000001'))).toEqual([]);
    const others = requests.filter((target) => !/\/download\/$|^\/storage\//.test(target));
    console.log(`5,000 files: ${requests.length} requests, ${others.length} of them for metadata`);
    expect(others.length).toBeLessThan(30);
  });

  test.each(['s3-website', 'github-pages'] as const)(
    '%s: none, and none is offered',
    async (host) => {
      const { site } = await uploaded(host, demoContent, storage);
      const into = temporaryFolder();
      await expect(dandiDownload(`${site}dandiset/000001/0.250114.1002`, into)).rejects.toThrow(
        /ended with 1/,
      );
      expect(offersPythonClient({ host, site: 'https://lab.example/' })).toBe(false);
    },
  );
});

describe.each(REAL_HOSTS)('dandi download from', (program, part, serve, rules) => {
  describeWith([python, demoBytes, part], `${program} itself`, () => {
    test('versions, a draft and a Zarr, whole', async () => {
      const dist = temporaryFolder();
      await writeProgramFiles(demoContent, dist, { host: 'nginx' });
      const server = await serve({ dist, storage }, path.join(dist, 'hosting', rules));
      onTestFinished(() => server.close());
      // Documents contain the site's address, which is known only now.
      await writeProgramFiles(demoContent, dist, { host: 'nginx', site: server.url });
      for (const place of ['000001/0.250702.1411', '000001/draft', '000006/0.250610.1040']) {
        const into = temporaryFolder();
        await dandiDownload(`${server.url}dandiset/${place}`, into);
        const list = listOf(demoContent, place);
        const downloaded = path.join(into, place.slice(0, 6));
        expect(wrongFiles(list, downloaded, { storage })).toEqual([]);
      }
    });
  });
});
