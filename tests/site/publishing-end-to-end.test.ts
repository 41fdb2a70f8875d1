// The whole path of a Dandiset, as a newcomer and a curator experience it: the form in a browser, a pull
// request, its report, the merge, the registrar, the site; then an edit, a second version, a withdrawal.

import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256Hex } from '../../src/core/digests/sha256.ts';
import { assetLinesOf } from '../support/forge/archive-in-git.ts';
import { browser as chromium, downloadedBytes, launchBrowser } from '../support/sites/browser.ts';
import type { ForgePull } from '../support/forge/forge-state.ts';
import { PublishingStage } from '../support/forge/publishing-stage.ts';
import { describeWith } from '../support/needed-part.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { visit } from './visit.ts';

const FILE = 'sub-01/sub-01_ecephys.nwb';
const DANDISET = '000003';
const [FIRST, SECOND] = ['0.260304.0506', '0.260401.0708'];
const [TITLE, CHANGED] = ['Grid cells in the dark', 'Grid cells in the dark and in light'];

describeWith(chromium, 'publishing, end to end', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  /** Opens a page, does something there, and checks that the page did nothing forbidden. */
  async function at<Result>(
    address: string,
    act: (page: Page) => Promise<Result>,
  ): Promise<Result> {
    const { page, faults, close } = await visit(browser, address);
    const result = await act(page);
    expect(faults).toEqual([]);
    await close();
    return result;
  }

  const said = (address: string): Promise<string> =>
    at(address, (page) => page.locator('main').innerText());

  test('form, pull request, report, merge, number, version, edit, second version, withdrawal', async () => {
    const stage = await PublishingStage.start();
    putIntoStore(stage.clone);

    const empty = await stage.site();
    const submission = await at(`${empty.url}submit/`, writeSubmission);
    const first = await submit(stage, submission);
    expect(first.title).toBe(`New Dandiset: ${TITLE}`);
    expect(await stage.report(first)).toContain('## Can be merged');
    await stage.merge(first, '2026-03-04T05:06:07Z');
    expect(await stage.register()).toEqual([
      `accept TEST-DANDI:${DANDISET}`,
      `publish TEST-DANDI:${DANDISET}/${FIRST}`,
      // Another Dandiset named its owner by a login.
      'resolve TEST-DANDI:000001',
    ]);

    const published = await stage.site();
    const page = await said(`${published.url}dandiset/${DANDISET}/${FIRST}/`);
    expect(page).toContain(TITLE);
    expect(page).toContain('Carberry, Josiah (2026)');
    expect(await bytesAt(published.url)).toBe(FILE);

    const edit = await at(`${published.url}edit/?dandiset=${DANDISET}`, changeTitle);
    const second = await submit(stage, edit);
    const changes = await stage.report(second);
    expect(changes).toContain('## Can be merged');
    expect(changes).toContain(CHANGED);
    await stage.merge(second, '2026-04-01T07:08:09Z');
    expect(await stage.register()).toEqual([`publish TEST-DANDI:${DANDISET}/${SECOND}`]);

    const twice = await stage.site();
    expect(await said(`${twice.url}dandiset/${DANDISET}/${SECOND}/`)).toContain(CHANGED);
    const differences = await said(`${twice.url}dandiset/${DANDISET}/compare/`);
    expect(differences).toContain(`${SECOND} after ${FIRST}`);
    expect(differences).toContain('The title says more.');

    const why = ['--by', 'curator', '--reason', 'The title was wrong.', '--successor', SECOND];
    await stage.withdraw(`${DANDISET}/${FIRST}`, ...why);

    const last = await stage.site();
    const tombstone = await said(`${last.url}dandiset/${DANDISET}/${FIRST}/`);
    expect(tombstone).toMatch(/withdrawn/i);
    expect(tombstone).toContain('The title was wrong.');
    const kept = await said(`${last.url}dandiset/${DANDISET}/${SECOND}/`);
    expect(kept).toContain(CHANGED);
    expect(kept).not.toContain('The title was wrong.');
  }, 240_000);
});

/** The bytes of the file are in the archive's folder store before it is described. */
function putIntoStore(clone: string): void {
  writeFiles(path.join(clone, 'storage'), { [keyOf(FILE)]: FILE });
}

function keyOf(contents: string): string {
  const sha256 = sha256Hex(contents);
  return `blobs/${sha256.slice(0, 3)}/${sha256.slice(3, 6)}/${sha256}`;
}

async function bytesAt(site: string): Promise<string> {
  return (await fetch(`${site}storage/${keyOf(FILE)}`)).text();
}

/** Fills the form for a new Dandiset and requests its first version; returns the bundle. */
async function writeSubmission(page: Page): Promise<string> {
  await page.getByRole('textbox', { name: 'Title needed' }).fill(TITLE);
  await page.getByRole('textbox', { name: 'Description needed' }).fill('Units of MEC.');
  await page.getByLabel('CC0-1.0').check();
  await page.getByRole('button', { name: 'Add person' }).first().click();
  const person = page.locator('[data-field="contributor"] .object-row').first();
  await person.getByRole('textbox', { name: 'Name needed' }).fill('Carberry, Josiah');
  await person.getByLabel('E-mail').fill('carberry@example.org');
  await person.locator('summary').first().click();
  await person.getByLabel('contact person').check();
  await page.getByLabel('List of files').setInputFiles({
    name: 'assets.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(assetLinesOf(FILE)),
  });
  await page.getByLabel('Ask for the first published version too').check();
  await page.getByLabel('Release notes').fill('First version.');
  return downloadBundle(page);
}

/** Changes the title in the form and requests a version; returns the bundle. */
async function changeTitle(page: Page): Promise<string> {
  await page.getByRole('textbox', { name: 'Title needed' }).fill(CHANGED);
  await page.getByLabel('Ask for publication').check();
  await page.getByLabel('Release notes').fill('The title says more.');
  return downloadBundle(page);
}

async function downloadBundle(page: Page): Promise<string> {
  await page.locator('.problem-words', { hasText: 'No problems' }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download bundle' }).click(),
  ]);
  const name = download.suggestedFilename();
  const folder = temporaryFolder({ [name]: await downloadedBytes(download) });
  return path.join(folder, name);
}

/** Submits a bundle by the command; returns the pull request that it opened. */
async function submit(stage: PublishingStage, bundle: string): Promise<ForgePull> {
  const { pulls } = stage.forge.archive;
  const before = pulls.length;
  const submitted = await stage.dandiset('ada', 'submit', bundle);
  expect(submitted).toMatchObject({ code: 0, stderr: '' });
  const [pull] = pulls.slice(before);
  expect(submitted.stdout).toContain(`Opened: ${stage.forge.repository}/pull/${pull?.number}`);
  if (pull === undefined) throw new Error('no pull request was opened');
  return pull;
}
