// What the form reads from files: a list of assets, which is checked as the command checks it, and metadata
// that people have already.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.ts';
import { browser as chromium } from '../support/sites/browser.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { describeWith } from '../support/needed-part.ts';
import { runCli } from '../support/process/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { demoInBrowser } from './demo-in-browser.ts';
import { bundleOf, openForm, titleOf } from './open-form.ts';

const FOLDER = 'dandisets/000/000001/draft';
const read = (name: string): string => readFileSync(path.join(demoContent, FOLDER, name), 'utf8');

/** The element as the page has it. */
interface Editor {
  problemsOfList(target: { kind: 'draft'; number: string }, text: string): Promise<Problem[]>;
}

describeWith(chromium, 'the form and files', () => {
  const demo = demoInBrowser();

  /** Lines that are not JSON, have no path, give a wrong size, are duplicates, lack what is required. */
  function brokenList(): string {
    const [first = '', second = '', ...more] = read('assets.jsonl').trimEnd().split('\n');
    const odd = JSON.parse(first) as { size: number; metadata: Record<string, unknown> };
    odd.size += 1;
    delete odd.metadata['encodingFormat'];
    return [JSON.stringify(odd), second, second, '{"path": "x"', '{}', ...more, ''].join('\n');
  }

  const give = (page: Page, name: string, text: string): Promise<void> =>
    page
      .getByLabel('List of files')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

  test('a list has the problems that the command finds in it, and they link to its field', async () => {
    const { page, faults, close } = await openForm(demo, 'edit/?dandiset=000001');
    const list = brokenList();
    const found = await page.evaluate((text) => {
      const editor = document.querySelector('edit-dandiset') as unknown as Editor;
      return editor.problemsOfList({ kind: 'draft', number: '000001' }, text);
    }, list);
    const content = temporaryFolder({
      [`${FOLDER}/dandiset.json`]: read('dandiset.json'),
      [`${FOLDER}/assets.jsonl`]: list,
      'archive.json': readFileSync(path.join(demoContent, 'archive.json')),
      ...Object.fromEntries(
        ['species', 'approaches', 'techniques', 'standards'].map((name) => [
          `vocabularies/${name}.json`,
          readFileSync(path.join(demoContent, 'vocabularies', `${name}.json`)),
        ]),
      ),
    });
    const checked = await runCli('check', content, '--json');
    const { problems } = JSON.parse(checked.stdout) as { problems: Problem[] };
    expect(found).toEqual(problems.filter(({ path: file }) => file.endsWith('/assets.jsonl')));
    expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual([
      'asset-path-twice',
      'asset-schema',
      'asset-size-differs',
      'asset-unreadable',
    ]);

    const [line] = read('assets.jsonl').split('\n');
    await give(page, 'assets.jsonl', `${line?.replace(/"size":\d+/, '"size":1')}\n`);
    const problem = page.locator('.problem-list button', { hasText: 'List of files, line 1: ' });
    await problem.first().click();
    const field = page.getByLabel('List of files');
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await page.locator('.submission').innerText()).toContain('is not accepted before');
    await give(page, 'assets.jsonl', `${line}\n{"path"`);
    await page.getByText(/assets\.jsonl cannot be read: line 2/).waitFor();
    // This site has drafts of the newest releases only: it reports what it cannot check.
    await give(
      page,
      'assets.jsonl',
      `${line?.replace(/"schemaVersion":"[^"]*"/, '"schemaVersion":"0.5.1"')}\n`,
    );
    await page.getByText('in release 0.5.1 of the schema are left to').waitFor();
    await give(page, 'assets.jsonl', read('assets.jsonl'));
    await page.getByText('Nothing is changed yet.').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('a new list replaces the old one', async () => {
    const { page, close } = await openForm(demo, 'edit/?dandiset=000001');
    const lines = read('assets.jsonl').trimEnd().split('\n');
    await give(page, 'assets.jsonl', lines.slice(1).join('\n'));
    await page.getByText(`Read: ${lines.length - 1} files, no problems.`).waitFor();
    const { files } = await bundleOf(page);
    const text = `${lines.slice(1).join('\n')}\n`;
    expect(files).toEqual([{ path: `${FOLDER}/assets.jsonl`, text }]);
    await close();
  });

  test('a dataset_description.json is dropped in, and fills what is empty', async () => {
    const { page, faults, close } = await openForm(demo, 'submit/');
    await titleOf(page).fill('My own title');
    const description = {
      Name: 'Their title',
      BIDSVersion: '1.8.0',
      License: 'CC0',
      Authors: ['Josiah S. Carberry', 'Lovelace, Ada'],
      Funding: ['NIH R01-1234'],
      EthicsApprovals: ['IRB 12'],
      ReferencesAndLinks: ['https://doi.org/10.5555/demo.2', 'https://lab.example/code'],
      Keywords: ['ripples'],
    };
    await page.getByText('Fill in from a file').click();
    await page.locator('.prefill').evaluate((zone, text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'dataset_description.json'));
      zone.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true, bubbles: true }));
    }, JSON.stringify(description));
    await page.getByText(/^Filled from dataset_description\.json: /).waitFor();
    const rows = async (field: string): Promise<string[]> =>
      page.locator(`[data-field="${field}"] > .object-rows > li .row-title`).allInnerTexts();
    expect(await rows('contributor')).toEqual([
      'Carberry, Josiah S.',
      'Lovelace, Ada',
      'NIH R01-1234',
    ]);
    expect(await rows('ethicsApproval')).toEqual(['IRB 12']);
    expect(await rows('relatedResource')).toHaveLength(2);
    expect(await page.getByLabel('CC0-1.0').isChecked()).toBe(true);
    expect(await titleOf(page).inputValue()).toBe('My own title');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await rows('contributor')).toEqual([]);

    await page.locator('#prefill-file').setInputFiles({
      name: 'notes.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"hello": 1}'),
    });
    await page.getByText('notes.json is neither CSL-JSON nor').waitFor();
    expect(faults).toEqual([]);
    await close();
  });
});
