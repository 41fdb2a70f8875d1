// The page that a pull request's report links to: the proposed record as it would read, from the forge's
// files, loaded on the reader's demand. The record is untrusted.

import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser as chromium, launchBrowser } from '../support/sites/browser.ts';
import { DRAFT, SUBMISSION, TestArchive } from '../support/broken/test-archive.ts';
import { propose } from '../support/forge/propose.ts';
import { PublishingStage } from '../support/forge/publishing-stage.ts';
import { SCRIPT } from '../support/records/hostile-records.ts';
import { describeWith } from '../support/needed-part.ts';
import { axeFaults, sidewaysFaults, visit } from './visit.ts';

describeWith(chromium, 'the preview of a pull request', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('shows what is proposed on demand, checked, and nothing of it runs', async () => {
    const stage = await PublishingStage.start();
    const { forge } = stage;
    const theirs = new TestArchive();
    theirs.edit(`${SUBMISSION}/dandiset.json`, (record) => {
      record['name'] = `Grid cells ${SCRIPT}`.slice(0, 150);
      record['description'] = `${SCRIPT}\n\n[a link](javascript:window.__hit=1) **bold**`;
      record['acknowledgement'] = SCRIPT;
      delete record['license'];
    });
    theirs.edit(`${DRAFT}/dandiset.json`, (record) => (record['name'] = 'A better title'));
    const text = (name: string): string => theirs.text(name);
    const submission = await propose(forge, 'mallory', 'new', {
      files: {
        'content/submissions/grid-cells/dandiset.json': text(`${SUBMISSION}/dandiset.json`),
        'content/submissions/grid-cells/assets.jsonl': text(`${SUBMISSION}/assets.jsonl`),
      },
    });
    const draft = await propose(forge, 'ada', 'title', {
      files: { [`content/${DRAFT}/dandiset.json`]: text(`${DRAFT}/dandiset.json`) },
    });
    // The report names the page on the archive's own site; here it is served elsewhere.
    const linked = /\((https:\S+\/)(submissions\/preview\/\S+)\)/.exec(await stage.report(draft));
    const site = await stage.site();

    const ofDraft = await visit(browser, site.url + (linked?.[2] ?? ''));
    await ofDraft.page.getByText('Nobody has reviewed it').waitFor();
    // Until then only the site is contacted.
    expect(ofDraft.faults).toEqual([]);
    await ofDraft.page.getByRole('button', { name: 'Show it' }).click();
    await ofDraft.page.getByRole('heading', { name: 'A better title' }).waitFor();
    const changes = await ofDraft.page.locator('main').innerText();
    expect(changes).toContain('1 difference to the record that this site has.');
    const files = `request ${forge.repository}/raw/${draft.head.sha}/content/${DRAFT}`;
    const open = `request ${forge.web}/api/v3/repos/lab/archive/commits/${draft.head.sha}/pulls?per_page=100`;
    expect(ofDraft.faults.sort()).toEqual(
      [open, `${files}/dandiset.json`, `${files}/assets.jsonl`].sort(),
    );
    expect(changes).toContain(`Pull request ${draft.number} proposes this commit.`);
    await ofDraft.close();

    const named = `?commit=${submission.head.sha}&folder=submissions/grid-cells`;
    const { page, faults, close } = await visit(
      browser,
      `${site.url}submissions/preview/${named}`,
      {},
      [forge.web],
    );
    await page.getByRole('button', { name: 'Show it' }).click();
    await page.getByRole('heading', { name: 'Grid cells' }).waitFor();
    const shown = await page.locator('main').innerText();
    expect(shown).toContain('Licence is needed.');
    expect(shown).toContain('<script>window.__hit=1</script>');
    expect(shown).toContain('Citation');
    expect(await page.evaluate(() => '__hit' in globalThis)).toBe(false);
    expect(await page.locator('main a[href^="javascript"]').count()).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await sidewaysFaults(page)).toEqual([]);
    expect(faults).toEqual([]);

    // A forge serves the commits of forks under the archive's name, whoever made them.
    submission.state = 'closed';
    await page.reload();
    await page.getByRole('button', { name: 'Show it' }).click();
    await page.getByText('No open pull request has this commit').waitFor();
    expect(await page.locator('.proposal-status .notice.danger').count()).toBe(1);
    await page.route(/\/api\/v3\//, (route) => route.fulfill({ status: 403, body: '{}' }));
    await page.reload();
    await page.getByRole('button', { name: 'Show it' }).click();
    await page.getByText('did not say whether an open pull request has this commit').waitFor();
    await page.unroute(/\/api\/v3\//);

    // Another place than the archive's repository cannot be named, and a commit has to exist.
    await page.goto(`${site.url}submissions/preview/${named}&repository=https://evil.example/a/b`);
    expect(await page.locator('main').innerText()).toContain('leads here');
    await page.goto(`${site.url}submissions/preview/${named.replace(/[0-9a-f]{8}/, '00000000')}`);
    await page.getByRole('button', { name: 'Show it' }).click();
    await page.getByText('could not be loaded').waitFor();
    await close();
  }, 120_000);
});
