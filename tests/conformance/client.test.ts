// The unmodified Python client against this archive: it lists from plain files, and from the local server
// downloads whole versions, folders, prefixes, single files and Zarrs. Bytes are checked by digest.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished, test, expect } from 'vitest';
import { readableAssets } from '../../src/core/records/asset-list.ts';
import { serveProgramFiles, writeProgramFiles } from '../support/sites/api-site.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { dandiDownload, runDandi, wrongFiles } from '../support/process/dandi-client.ts';
import { manyFiles } from '../support/sites/many-files.ts';
import { demoBytes, describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const listOf = (content: string, number: string, version: string): Buffer =>
  readFileSync(
    path.join(content, 'dandisets', number.slice(0, 3), number, version, 'assets.jsonl'),
  );

/** A served archive, its address as a user types it, and the requests it received. */
async function served(content: string): Promise<{ site: string; requests: string[] }> {
  const requests: string[] = [];
  const dist = path.join(temporaryFolder(), 'dist');
  mkdirSync(dist);
  const server = await serveProgramFiles(content, dist, (target) => requests.push(target));
  onTestFinished(() => server.close());
  return { site: `http://localhost:${server.port}`, requests };
}

/** Python's own server for files, over an empty folder that is filled afterwards. */
async function pythonFileServer(folder: string): Promise<string> {
  const server: ChildProcess = spawn(
    python.path,
    ['-u', '-m', 'http.server', '0', '--bind', '127.0.0.1', '--directory', folder],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  onTestFinished(() => void server.kill());
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.on('exit', () => reject(new Error('the file server ended')));
    server.stdout?.on('data', (data: Buffer) => {
      const port = /port (\d+)/.exec(data.toString())?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}/`);
    });
  });
}

describeWith(python, 'dandi ls from a server that only serves files', () => {
  test('lists a Dandiset, a version that is not the newest, and every page of a long list', async () => {
    const dist = temporaryFolder();
    const site = await pythonFileServer(dist);
    await writeProgramFiles(demoContent, dist, { site });
    const paths = async (address: string): Promise<string[]> => {
      const { code, stdout, stderr } = await runDandi('ls', '-r', '-f', 'json', site + address);
      expect(code, stderr).toBe(0);
      const items = JSON.parse(stdout) as { path: string; asset_id?: string }[];
      return items.filter(({ asset_id }) => asset_id !== undefined).map((item) => item.path);
    };
    for (const version of ['0.250702.1411', '0.250318.0930', 'draft']) {
      const wanted = [...readableAssets(listOf(demoContent, '000001', version))];
      expect(await paths(`dandiset/000001/${version}`)).toEqual(wanted.map((one) => one.path));
    }
    const many = manyFiles(temporaryFolder(), 2500);
    await writeProgramFiles(many, dist, { site });
    expect(await paths('dandiset/000001/draft')).toHaveLength(2500);
  });
});

describeWith([python, demoBytes], 'dandi download from the local server', () => {
  test('a version of the demo, whole', async () => {
    const { site } = await served(demoContent);
    for (const version of ['0.250702.1411', '0.250114.1002']) {
      const into = temporaryFolder();
      await dandiDownload(`${site}/dandiset/000001/${version}`, into);
      const list = listOf(demoContent, '000001', version);
      expect(wrongFiles(list, path.join(into, '000001'))).toEqual([]);
    }
  });

  test('a folder, a prefix, a pattern and a file of it', async () => {
    const { site } = await served(demoContent);
    const version = '0.250702.1411';
    const assets = `${site}/api/dandisets/000001/versions/${version}/assets/`;
    const download = async (address: string): Promise<string[]> =>
      dandiDownload(address, temporaryFolder());
    const ofM2 = [
      'sub-M2/sub-M2_ses-20240612_behavior+ecephys.nwb',
      'sub-M2/sub-M2_ses-20240619_behavior+ecephys.nwb',
    ];
    expect(await download(`${site}/dandiset/000001/${version}/files?location=sub-M2`)).toEqual(
      ofM2,
    );
    expect(await download(`${assets}?path=sub-M2/sub-M2_ses-20240612`)).toHaveLength(1);
    expect(await download(`${assets}?glob=*_ses-*`)).toHaveLength(2);
    const list = listOf(demoContent, '000001', version);
    const [asset] = readableAssets(list);
    const into = path.join(temporaryFolder(), path.dirname(asset!.path));
    mkdirSync(into);
    // The client leaves out the folders above a file that is named whole.
    expect(await dandiDownload(`${assets}?path=${asset!.path}`, into)).toEqual([
      path.basename(asset!.path),
    ]);
    expect(wrongFiles(list, path.dirname(into), { among: [asset!.path] })).toEqual([]);
  });

  test('a Zarr', async () => {
    const { site } = await served(demoContent);
    const into = temporaryFolder();
    await dandiDownload(`${site}/dandiset/000006/0.250610.1040`, into);
    const list = listOf(demoContent, '000006', '0.250610.1040');
    const folder = path.join(into, '000006');
    expect(wrongFiles(list, folder, { storage: demoBytes.path })).toEqual([]);
  });
});

describeWith(python, 'dandi download of files with unusual names', () => {
  test('gives each its own name and bytes', async () => {
    const names = [
      'a@b.txt',
      'sub-S/img@2x.png',
      'sub-S/img@3x.png',
      'sub-S/logo@2x.png',
      'jane@lab.example.org/notes.txt',
      'sub-S/a  b.tsv',
      'sub-S/a b.tsv',
      'sub-S/a\u00a0b.tsv',
      'sub-S/a\u200bb.tsv',
    ];
    const content = manyFiles(temporaryFolder(), names);
    const { site } = await served(content);
    const into = temporaryFolder();
    const files = await dandiDownload(`${site}/dandiset/000001/draft`, into);
    const inFolder = names.map((name) => `000001/${name}`);
    expect(files.filter((name) => !name.endsWith('dandiset.yaml')).sort()).toEqual(inFolder.sort());
    expect(wrongFiles(listOf(content, '000001', 'draft'), path.join(into, '000001'))).toEqual([]);
  });
});

describeWith(python, 'dandi download of five thousand files', () => {
  test('in few requests in addition to the files themselves', { timeout: 900_000 }, async () => {
    const content = manyFiles(temporaryFolder(), 5000);
    const { site, requests } = await served(content);
    const into = temporaryFolder();
    await dandiDownload(`${site}/dandiset/000001/draft`, into);
    expect(wrongFiles(listOf(content, '000001', 'draft'), path.join(into, '000001'))).toEqual([]);
    const ofFiles = requests.filter((target) => /\/download\/$|^\/storage\//.test(target));
    const others = requests.length - ofFiles.length;
    console.log(`5,000 files: ${requests.length} requests, ${others} of them for metadata`);
    expect(others).toBeLessThan(30);
  });
});
