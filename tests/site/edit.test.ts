// The form for the metadata of a Dandiset, in a browser: from a changed field to the files that are
// submitted.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { browser as chromium } from '../support/sites/browser.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { describeWith } from '../support/needed-part.ts';
import { demoInBrowser } from './demo-in-browser.ts';
import { bundleOf, formChecked, openForm, titleOf } from './open-form.ts';
import { axeFaults, keyboardFaults, sidewaysFaults, visit } from './visit.ts';

const DRAFT = 'dandisets/000/000001/draft/dandiset.json';
const ADDRESS = 'edit/?dandiset=000001';
const draft = readFileSync(path.join(demoContent, DRAFT), 'utf8');

describeWith(chromium, 'the form', () => {
  const demo = demoInBrowser();

  const status = (page: Page): Promise<string> => page.locator('.problem-words').innerText();
  const checked = (page: Page, words: string | RegExp): Promise<void> =>
    page.locator('.problem-words', { hasText: words }).waitFor();

  test('shows a draft, and an unchanged one has nothing to submit', async () => {
    const { page, faults, close } = await openForm(demo, ADDRESS);
    expect(await titleOf(page).inputValue()).toBe(JSON.parse(draft).name);
    expect(await page.locator('.object-row', { hasText: 'Adler, Nora' }).count()).toBe(1);
    expect(await status(page)).toBe('No problems: it can be submitted.');
    expect(await page.locator('.submission').innerText()).toContain('Nothing is changed yet.');
    await page.getByRole('button', { name: 'JSON' }).click();
    expect(await page.getByLabel('dandiset.json').inputValue()).toBe(draft);
    expect(faults).toEqual([]);
    await close();
  });

  test('a changed field changes its line of the record and nothing else', async () => {
    const { page, faults, close } = await openForm(demo, ADDRESS);
    await titleOf(page).fill('Another “title”');
    await page.getByText('Unsaved work is kept').waitFor();
    const { files, target } = await bundleOf(page);
    const changed = draft.replace(/^ {2}"name": .*$/m, '  "name": "Another “title”",');
    expect(target).toEqual({ kind: 'draft', number: '000001' });
    expect(files).toEqual([{ path: DRAFT, text: changed }]);
    const edit = page.getByRole('link', { name: 'Open on GitHub' });
    expect(await edit.getAttribute('href')).toBe(
      `https://github.com/example/dandi-demo/edit/main/content/${DRAFT}`,
    );
    // And back: exactly the original bytes.
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Nothing is changed yet.').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('a pasted address of a person or an organization becomes its identifier', async () => {
    const { page, close } = await openForm(demo, ADDRESS);
    await page.getByRole('button', { name: 'Adler, Nora', exact: false }).first().click();
    const row = page.locator('.object-row', { hasText: 'Adler, Nora' });
    const orcid = row.getByLabel('ORCID');
    for (const pasted of [
      'https://orcid.org/0000-0002-1694-233X',
      'orcid.org/0000-0002-1694-233x/',
    ]) {
      await orcid.fill(pasted);
      await orcid.blur();
      expect(await orcid.inputValue()).toBe('0000-0002-1694-233X');
    }
    await row.getByRole('button', { name: 'Add affiliation', exact: false }).click();
    const ror = row.getByLabel('ROR').last();
    await ror.fill('ror.org/01an7q238/');
    await ror.blur();
    expect(await ror.inputValue()).toBe('https://ror.org/01an7q238');
    await close();
  });

  test('problems are shown at their field with what to do, and in a list that links to it', async () => {
    const { page, close } = await openForm(demo, ADDRESS);
    await page.getByRole('button', { name: 'Adler, Nora', exact: false }).first().click();
    const row = page.locator('.object-row', { hasText: 'Adler, Nora' });
    await row.getByLabel('ORCID').fill('0000-0009-0001-0378');
    await row.getByLabel('E-mail').fill('nobody');
    await checked(page, /errors/);
    expect(
      await row.locator('[data-field="identifier"] .field-problems').first().innerText(),
    ).toContain('wrong check digit. Copy the ORCID iD');
    expect(await row.getByLabel('ORCID').getAttribute('aria-invalid')).toBe('true');
    expect(await row.locator('.badge:visible').innerText()).toMatch(/problems/);
    expect(await page.locator('.submission').innerText()).toContain('is not accepted before');
    await page.getByRole('button', { name: 'Adler, Nora', exact: false }).first().click();
    await page.locator('.problem-list button', { hasText: 'check digit' }).click();
    expect(
      await row.getByLabel('ORCID').evaluate((input) => input === document.activeElement),
    ).toBe(true);
    await titleOf(page).fill('');
    await checked(page, /errors/);
    await page.locator('.problem-list button', { hasText: 'Title is needed' }).click();
    expect(await titleOf(page).evaluate((input) => input === document.activeElement)).toBe(true);
    await close();
  });

  test('undo and redo follow the changes, by keyboard too', async () => {
    const { page, close } = await openForm(demo, ADDRESS);
    const title = titleOf(page);
    const before = await title.inputValue();
    await title.focus();
    await page.keyboard.press('End');
    await page.keyboard.type(' and more');
    await page.getByLabel('Add to keywords').fill('sharp waves, ripples');
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Keywords', { exact: true }).count()).toBe(6);
    await page.keyboard.press('Control+z');
    expect(await page.getByLabel('Keywords', { exact: true }).count()).toBe(4);
    expect(await title.inputValue()).toBe(`${before} and more`);
    await page.keyboard.press('Control+z');
    expect(await title.inputValue()).toBe(before);
    await page.keyboard.press('Control+y');
    await page.keyboard.press('Control+Shift+z');
    expect(await title.inputValue()).toBe(`${before} and more`);
    expect(await page.getByLabel('Keywords', { exact: true }).count()).toBe(6);
    await close();
  });

  test('people are put in order by keys, buttons and dragging', async () => {
    const { page, close } = await openForm(demo, ADDRESS);
    const names = async (): Promise<string[]> =>
      (await page.locator('[data-field="contributor"] .row-title').allInnerTexts()).slice(0, 3);
    expect(await names()).toEqual(['Adler, Nora', 'Benítez, Tomás', 'Ibekwe, Chidi']);
    await page.getByRole('button', { name: 'Move down: Adler, Nora' }).press('Enter');
    expect(await names()).toEqual(['Benítez, Tomás', 'Adler, Nora', 'Ibekwe, Chidi']);
    await page.keyboard.press('Alt+ArrowDown');
    expect(await names()).toEqual(['Benítez, Tomás', 'Ibekwe, Chidi', 'Adler, Nora']);
    expect(await page.locator('.editor > [role="status"]').innerText()).toBe(
      'Adler, Nora is now 3 of 7',
    );
    const handle = (name: string) =>
      page.locator('.object-row', { hasText: name }).locator('.handle');
    await handle('Adler, Nora').dragTo(handle('Benítez, Tomás'));
    expect(await names()).toEqual(['Adler, Nora', 'Benítez, Tomás', 'Ibekwe, Chidi']);
    await close();
  });

  test('terms are completed from the vocabularies', async () => {
    const { page, close } = await openForm(demo, ADDRESS);
    await page.getByRole('button', { name: 'Add other term' }).click();
    const name = page.getByRole('combobox', { name: 'Name' });
    await name.last().fill('house m');
    await page.getByRole('option', { name: /Mus musculus/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await name.last().inputValue()).toBe('Mus musculus');
    const row = page.locator('.object-row', { hasText: 'Mus musculus' });
    expect(await row.getByLabel('Identifier').inputValue()).toMatch(/NCBITaxon_10090$/);
    await close();
  });

  test('JSON is edited too; broken JSON changes nothing', async () => {
    const { page, close } = await openForm(demo, ADDRESS);
    await page.getByRole('button', { name: 'JSON' }).click();
    const area = page.getByLabel('dandiset.json');
    await area.fill(draft.replace('"name":', '"name" '));
    expect(await page.locator('#json-problem').innerText()).toMatch(
      /^Line \d+, column \d+: expected ":"/,
    );
    await area.fill(
      draft.replace('{', '{\n  "labNotebook": 1.50,').replace(/"name": "/, '"name": "Edited '),
    );
    await page.getByRole('button', { name: 'Form' }).click();
    expect(await titleOf(page).inputValue()).toMatch(/^Edited /);
    expect(await page.locator('.record-form').innerText()).toContain('labNotebook');
    const { files } = await bundleOf(page);
    expect(files[0]?.text).toContain('"labNotebook": 1.50,\n');
    await close();
  });

  test('a new Dandiset is written, filled in from a file, and submitted', async () => {
    const { page, faults, close } = await openForm(demo, 'submit/');
    await checked(page, /errors/);
    await page.getByText('Fill in from a file').click();
    const csl = {
      type: 'article-journal',
      title: 'Ripples in <i>CA1</i>',
      DOI: '10.5555/demo.1',
      author: [
        { family: 'Carberry', given: 'Josiah', ORCID: 'https://orcid.org/0000-0002-1825-0097' },
      ],
    };
    await page.locator('#prefill-file').setInputFiles({
      name: 'paper.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(csl)),
    });
    await page.getByText('Filled from CSL-JSON: title, contributors, related resources').waitFor();
    await page.getByRole('textbox', { name: 'Description needed' }).fill('Units of **CA1**.');
    await page.getByLabel('CC0-1.0').check();
    await page.getByRole('button', { name: 'Carberry, Josiah' }).first().click();
    const person = page.locator('.object-row', { hasText: 'Carberry, Josiah' });
    await person.getByLabel('E-mail').fill('carberry@example.org');
    await person.locator('summary').first().click();
    await person.getByLabel('contact person').check();
    await checked(page, 'No problems');
    expect(await page.getByLabel('Name of the submission').inputValue()).toBe('ripples-in-ca1');
    const open_ = page.getByRole('link', { name: 'Open on GitHub' });
    expect(await open_.getAttribute('href')).toContain(
      '/new/main?filename=content%2Fsubmissions%2Fripples-in-ca1',
    );
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Carberry, J. (n.d.). Ripples in CA1').waitFor();
    expect(await page.locator('.preview strong').innerText()).toBe('CA1');
    await page.getByLabel('Ask for the first published version too').check();
    await page.getByLabel('Release notes').fill('First version.');
    // Several files: GitHub accepts them from outsiders only in their own fork.
    const uploads = page.getByText('the upload page of your copy');
    expect(await uploads.getAttribute('href')).toBeNull();
    await page.getByLabel('Your name at GitHub').fill('ada');
    expect(await uploads.getAttribute('href')).toBe(
      'https://github.com/ada/dandi-demo/upload/main/content/submissions/ripples-in-ca1',
    );
    expect(await page.getByText('Open the pull request').getAttribute('href')).toContain(
      'https://github.com/example/dandi-demo/compare/main...ada:main?expand=1&title=New',
    );
    const { files, target } = await bundleOf(page);
    expect(target).toEqual({ kind: 'submission', slug: 'ripples-in-ca1' });
    expect(files.map((file) => file.path)).toEqual([
      'submissions/ripples-in-ca1/dandiset.json',
      'submissions/ripples-in-ca1/release.json',
    ]);
    expect(JSON.parse(files[0]?.text ?? '')).toMatchObject({
      identifier: 'DEMO-DANDI:000000',
      relatedResource: [{ identifier: 'doi:10.5555/demo.1', relation: 'dcite:IsDescribedBy' }],
    });
    expect(faults).toEqual([]);
    await close();
  });

  test.each(['light', 'dark'] as const)(
    'is accessible and narrow in every view (%s)',
    async (colorScheme) => {
      const { page, faults, close } = await openForm(demo, ADDRESS, { colorScheme });
      await page.getByLabel('Add to study targets').fill('Something else');
      await page.keyboard.press('Enter');
      await page.locator('.row-toggle').nth(1).click();
      for (const view of ['Preview', 'Differences', 'JSON', 'Form']) {
        await page.getByRole('button', { name: view, exact: true }).click();
        if (view === 'Preview') await page.locator('.preview').waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await page.setViewportSize({ width: 360, height: 740 });
        expect(await sidewaysFaults(page)).toEqual([]);
        await page.setViewportSize({ width: 1200, height: 900 });
      }
      expect(faults).toEqual([]);
      await close();
    },
  );

  test('every control is reached by the keyboard and shows that it is', async () => {
    for (const address of ['submit/', 'edit/']) {
      const { page, close } = await visit(demo.browser, demo.site.url + address);
      if (address === 'submit/') {
        await formChecked(page);
        expect(await axeFaults(page)).toEqual([]);
        await page.getByRole('button', { name: 'Add person' }).click();
        // The check has run: it makes the list of problems, whose links are reached too.
        await page
          .locator('.problem-list', { hasText: 'contributor 1 must have "name"' })
          .waitFor();
      }
      expect(await keyboardFaults(page)).toEqual([]);
      await close();
    }
  });

  test('without scripts the pages say what to do', async () => {
    for (const address of [ADDRESS, 'submit/']) {
      const { page, close } = await visit(demo.browser, demo.site.url + address, {
        javaScriptEnabled: false,
      });
      expect(await page.locator('main').innerText()).toContain('dandiset submit');
      expect(await page.getByRole('button', { name: 'Edit' }).isVisible()).toBe(false);
      await close();
    }
  });

  test('a Dandiset that does not exist is reported', async () => {
    for (const [query, words] of [
      ['edit/?dandiset=4', 'six digits'],
      ['edit/?dandiset=../x', 'six digits'],
    ] as const) {
      const { page, close } = await visit(demo.browser, demo.site.url + query);
      await page.getByText(words).waitFor();
      await close();
    }
  });
});
