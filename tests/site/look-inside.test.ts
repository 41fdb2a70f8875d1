// Looking into HDF5 files that have no index: read in a worker on demand, from the store or from the reader's machine.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { openFile } from '../../src/adapters/bytes/file-bytes.ts';
import { readDataTree } from '../../src/adapters/hdf5/open-hdf5.ts';
import { describeContents } from '../../src/core/nwb/describe-contents.ts';
import { blobKeyPath } from '../../src/core/records/asset.ts';
import { demoBytes, describeWith } from '../support/needed-part.ts';
import { browser as chromium } from '../support/sites/browser.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { filesMadeBy } from '../support/python-made-files.ts';
import { python } from '../support/process/python.ts';
import { demoInBrowser } from './demo-in-browser.ts';
import { axeFaults, visit, type Visit } from './visit.ts';

const VERSION = '000001/0.250702.1411';
const FILE = 'sub-M1/sub-M1_behavior+ecephys.nwb';

/** Where the bytes of the file are on this machine. */
function stored(): string {
  const list = readFileSync(
    path.join(demoContent, 'dandisets/000', VERSION, 'assets.jsonl'),
    'utf8',
  );
  const assets = list
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { path: string; blob: string });
  const { blob = '' } = assets.find((asset) => asset.path === FILE) ?? {};
  return path.join(demoBytes.path, blobKeyPath(blob) ?? '');
}

describeWith([chromium, demoBytes], 'looking inside a file without an index', () => {
  const demo = demoInBrowser();

  /** Opens the files of the version, where no file has an index. */
  async function open(location: string): Promise<Visit> {
    const opened = await visit(demo.browser, `${demo.site.url}offline/`);
    await opened.page.route('**/indexes/**', (route) => route.fulfill({ status: 404 }));
    await opened.page.goto(
      `${demo.site.url}dandiset/${VERSION}/files/?location=${encodeURIComponent(location)}`,
    );
    return opened;
  }

  /** Requires that the page shows what Node reads of the file. */
  async function expectContents(page: Page): Promise<void> {
    const tree = await readDataTree(await openFile(stored()));
    const { sentences } = describeContents(tree);
    const lead = page.locator('.contents-lead');
    await lead.waitFor();
    expect(await lead.innerText()).toContain(sentences[0]);
    await page.getByText(`${tree.objects.length - 1} objects`).waitFor();
  }

  test('says the cost first, then reads the file by ranges', async () => {
    const { page, close } = await open(FILE);
    const asked: string[] = [];
    page.context().on('request', (request) => {
      if (/worker|\/blobs\//.test(request.url())) asked.push(request.headers()['range'] ?? 'whole');
    });
    await page.getByText('There is no index of this file yet.').waitFor();
    await page.getByText('Loads a reader of 1 MB once').waitFor();
    expect(asked).toEqual([]);
    await page.getByRole('button', { name: 'Look inside', exact: true }).click();
    await expectContents(page);
    // The worker's own script, then the file.
    expect(asked.filter((range) => range !== 'whole')).toEqual([
      'bytes=0-98303',
      'bytes=98304-111578',
    ]);
    await page.locator('[role=treeitem]', { hasText: 'units' }).click();
    expect(new URL(page.url()).searchParams.get('object')).toBe('/units');
    expect(await page.locator('.object-pane').innerText()).toContain('spike_times');
    expect(await axeFaults(page)).toEqual([]);
    await close();
  });

  test('a failing store is said, and asked again; reading can be cancelled', async () => {
    const { page, close } = await open(FILE);
    let fails = true;
    await page
      .context()
      .route('**/blobs/**', (route) =>
        fails ? route.fulfill({ status: 503, body: '' }) : route.continue(),
      );
    await page.getByRole('button', { name: 'Look inside', exact: true }).click();
    const alert = page.locator('.look-inside [role=alert]');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('The file could not be read.');
    fails = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectContents(page);
    await page.reload();
    await page.getByRole('button', { name: 'Look inside', exact: true }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Look inside', exact: true }).waitFor();
    await close();
  });

  test('a file of the reader’s own is read where it is', async () => {
    const { page, faults, close } = await open('sub-M1/');
    const asked: string[] = [];
    page.context().on('request', (request) => {
      if (!/\/_astro\/|\/favicon/.test(request.url())) asked.push(request.url());
    });
    const field = page.getByLabel('Look inside a file of your own');
    // Its name says nothing: what is in it does.
    const buffer = readFileSync(stored());
    await field.setInputFiles({ name: 'recording.mat', mimeType: '', buffer });
    await expectContents(page);
    await page.getByRole('treeitem', { name: 'units' }).click();
    await page.locator('.object-pane h3', { hasText: 'units' }).waitFor();
    // A file that others cannot open is no part of the address.
    expect(new URL(page.url()).searchParams.has('object')).toBe(false);
    await field.setInputFiles({
      name: 'cut.nwb',
      mimeType: '',
      buffer: buffer.subarray(0, 50_000),
    });
    await page.getByText('cut.nwb is cut off: its end is missing.').waitFor();
    await field.setInputFiles({ name: 'no.nwb', mimeType: '', buffer: Buffer.from('<script>') });
    await page.getByText('no.nwb is no HDF5 file.').waitFor();
    expect(asked).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  test('decoders are loaded for what a file is compressed with', async (context) => {
    if (python.absent !== undefined) return context.skip();
    const made = filesMadeBy('hdf5_small_zstd.py');
    const { page, close } = await open('sub-M1/');
    const asked: string[] = [];
    page.context().on('request', (request) => {
      const decoder = /(libH5Z\w+)-[\w-]+\.so$/.exec(request.url())?.[1];
      // Not also what the site's own worker passes on.
      if (decoder !== undefined && request.resourceType() === 'xhr') asked.push(decoder);
    });
    const field = page.getByLabel('Look inside a file of your own');
    await field.setInputFiles(path.join(made.folder, 'small.h5'));
    await page.getByRole('treeitem', { name: 'small' }).click();
    const values = page.locator('.object-pane .cells tbody td');
    await values.first().waitFor();
    expect(await values.allInnerTexts()).toEqual(['200', '201', '202', '203', '204']);
    expect(asked).toEqual(['libH5Zzstd']);
    await close();
    made.remove();
  });
});
