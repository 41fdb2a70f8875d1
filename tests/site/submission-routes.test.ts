// Every way to submit gives the same bytes: the form's single files, its bundle, the command's bundle, a
// curator's git am, and what the command pushes to a fork. The record has an unusual layout in the form, and
// the site is below a path.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json/json-text.ts';
import { readBundle } from '../../src/core/submission/read-bundle.ts';
import { assetRecord, authoredDandiset } from '../support/broken/records.ts';
import { DRAFT } from '../support/broken/test-archive.ts';
import { browser as chromium, launchBrowser } from '../support/sites/browser.ts';
import { PublishingStage, settledArchive } from '../support/forge/publishing-stage.ts';
import { git } from '../support/forge/git-server.ts';
import { describeWith } from '../support/needed-part.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { titleOf } from './open-form.ts';
import { visit } from './visit.ts';

const NOTES = 'A “third” session, für alle.';
const ODD_NUMBERS = '"numbers": [1.0, 12345678901234567890, 1E3, -0.50],';

/** The text of a record with everything that JSON lets one write in more than one way. */
function odd(record: JsonObject): string {
  return JSON.stringify(record, null, '\t')
    .replace('{', `{\n\t\t${ODD_NUMBERS}`)
    .replace('Recordings', 'R\\u00e9cordings \\u0041nd\\/or Zoë’s,')
    .replaceAll('":', '" :')
    .replaceAll('\n', '\r\n');
}

const LISTED = ['sub-01/ä.nwb', 'sub-02/\u{1f9e0}.nwb', 'sub-03/image.nwb'];
const oddList = `\ufeff${LISTED.toReversed()
  .map((name) => JSON.stringify(assetRecord(name), null, 1).replace(/\n */g, ' '))
  .join('\r\n\r\n')}`;
const oddRelease = `\ufeff{ "releaseNotes":\r\n${JSON.stringify(NOTES)} }`;

type Texts = Record<string, string>;

describeWith(chromium, 'the ways to submit', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  async function download(page: Page, button: string): Promise<string> {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button, exact: true }).click(),
    ]);
    const place = path.join(temporaryFolder(), file.suggestedFilename());
    await file.saveAs(place);
    return place;
  }

  /** Gives the form the list and the notes, and takes everything it offers: a bundle and single files. */
  async function takeAll(page: Page): Promise<{ bundle: string; single: Texts }> {
    await page.getByLabel('List of files').setInputFiles({
      name: 'my list.jsonl',
      mimeType: 'application/jsonl',
      buffer: Buffer.from(oddList),
    });
    await page.getByText('Read: 3 files, no problems.').waitFor();
    await page.getByLabel('Ask for').check();
    await page.getByLabel('Release notes').fill(NOTES);
    await page.getByText('No errors were found.').waitFor();
    const single: Texts = {};
    for (const name of ['assets.jsonl', 'dandiset.json', 'release.json']) {
      single[name] = readFileSync(await download(page, `Download ${name}`), 'utf8');
    }
    return { bundle: await download(page, 'Download bundle'), single };
  }

  /** What all of them gave for the same record, and the tree of each. */
  async function throughAllRoutes(
    stage: PublishingStage,
    form: { bundle: string; single: Texts },
    records: Texts,
    ...options: string[]
  ): Promise<Texts> {
    const folder = temporaryFolder(records);
    const zip = path.join(folder, 'own.zip');
    const made = await stage.dandiset('ada', 'submit', folder, ...options, '--bundle', zip);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const [ofForm, ofCommand] = [form.bundle, zip].map((file) => readBundle(readFileSync(file)));
    expect(ofCommand?.files).toEqual(ofForm?.files);
    expect(ofCommand?.target).toEqual(ofForm?.target);
    expect(ofCommand?.title).toEqual(ofForm?.title);
    const texts = Object.fromEntries(
      (ofForm?.files ?? []).map(({ path: name, text }) => [path.basename(name), text]),
    );
    expect(form.single).toEqual(texts);

    const dry = await stage.dandiset('ada', 'submit', folder, ...options, '--dry-run', '--json');
    const { files } = JSON.parse(dry.stdout) as { files: { path: string; size: number }[] };
    const sizes = ofForm?.files.map((one) => [one.path, Buffer.byteLength(one.text)]);
    expect(files.map((one) => [one.path, one.size])).toEqual(sizes);

    const trees = [
      treeAfterPatch(stage, form.bundle),
      treeAfterPatch(stage, zip),
      await treeOfPull(stage, 'ada', form.bundle),
      await treeOfPull(stage, 'curator', folder, ...options),
    ];
    expect(new Set(trees).size).toBe(1);
    const changed = git(stage.forge.folder, ['diff', '--name-only', 'main', trees[0] ?? '']);
    expect(changed.split('\n').map((name) => path.basename(name))).toEqual(Object.keys(texts));
    return texts;
  }

  /** A curator applies the patch of a bundle by git am; returns the resulting tree. */
  function treeAfterPatch(stage: PublishingStage, bundle: string): string {
    const { 'submission.patch': patch } = unzipSync(readFileSync(bundle));
    const folder = temporaryFolder({ 'submission.patch': patch ?? '' });
    git(folder, ['clone', '--quiet', stage.forge.folder, 'curator']);
    git(path.join(folder, 'curator'), ['am', '--quiet', '../submission.patch']);
    return git(path.join(folder, 'curator'), ['rev-parse', 'HEAD^{tree}']);
  }

  /** A user submits by the command; returns the tree of the pull request's branch. */
  async function treeOfPull(
    stage: PublishingStage,
    login: string,
    ...source: string[]
  ): Promise<string> {
    const submitted = await stage.dandiset(login, 'submit', ...source);
    expect(submitted).toMatchObject({ code: 0, stderr: '' });
    const pull = stage.forge.archive.pulls.at(-1);
    return git(stage.forge.folder, ['rev-parse', `${pull?.head.sha}^{tree}`]);
  }

  test('give the same files, byte for byte', async () => {
    const archive = settledArchive();
    const before = odd(authoredDandiset('000001'));
    archive.files[`${DRAFT}/dandiset.json`] = before;
    const stage = await PublishingStage.start(archive);
    const site = await stage.site('/archive/');

    const first = odd(authoredDandiset('000000'));
    const { page, faults, close } = await visit(browser, `${site.url}submit/`);
    await page.getByRole('button', { name: 'JSON' }).click();
    await page.getByLabel('dandiset.json').fill(`\ufeff${first}`);
    const added = await throughAllRoutes(
      stage,
      await takeAll(page),
      { 'dandiset.json': `\ufeff${first}`, 'assets.jsonl': oddList, 'release.json': oddRelease },
      '--slug',
      'place-cells-on-a-linear-track',
    );
    expect(added['dandiset.json']).toContain('\n    1.0,\n    12345678901234567890,\n    1E3,\n');
    expect(added['dandiset.json']).toContain('R\\u00e9cordings \\u0041nd\\/or Zoë’s,');
    expect(
      added['assets.jsonl']?.match(/sub-0\d\/[^"]*/g)?.filter((_, at) => at % 2 === 0),
    ).toEqual(LISTED);
    await close();

    const edited = await visit(browser, `${site.url}edit/?dandiset=000001`);
    await edited.page.getByText('Now: 3 files, no problems.').waitFor();
    await edited.page.getByText('Nothing is changed yet.').waitFor();
    await titleOf(edited.page).fill('Zoë’s cells');
    const renamed = before.replace('Place cells on a linear track', 'Zoë’s cells');
    await throughAllRoutes(stage, await takeAll(edited.page), {
      'dandiset.json': renamed,
      'assets.jsonl': oddList,
      'release.json': oddRelease,
    });
    expect([...faults, ...edited.faults]).toEqual([]);
    await edited.close();
  }, 240_000);
});
