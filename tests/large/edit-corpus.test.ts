// The form in a browser finds in every real draft what the check command and the check of a pull request find
// in it, word by word; and an unchanged draft is submitted with exactly its original bytes.

import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.ts';
import { browser as chromium, launchBrowser } from '../support/sites/browser.ts';
import { COMPUTED_DANDISET_FIELDS } from '../../src/core/schema/record-models.ts';
import { builtSite, type BuiltSite } from '../support/sites/built-site.ts';
import { importedCorpus } from '../support/records/corpus.ts';
import { git } from '../support/forge/git-server.ts';
import { describeWith } from '../support/needed-part.ts';
import { runCli } from '../support/process/run-cli.ts';
import { shared } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { bundleOf, openForm, titleOf } from '../site/open-form.ts';
import { visit } from '../site/visit.ts';

interface Draft {
  number: string;
  /** Path of its record below the content folder. */
  file: string;
  text: string;
  list: 'record' | 'store' | 'absent';
}

/** The element as the page has it. */
interface Editor {
  problemsOf(
    target: { kind: 'draft'; number: string },
    text: string,
    list: Draft['list'],
  ): Promise<Problem[] | undefined>;
}

function draftsOf(content: string): Draft[] {
  const home = path.join(content, 'dandisets');
  return readdirSync(home).flatMap((shard) =>
    readdirSync(path.join(home, shard)).flatMap((number): Draft[] => {
      const file = `dandisets/${shard}/${number}/draft/dandiset.json`;
      if (!existsSync(path.join(content, file))) return [];
      const folder = path.dirname(path.join(content, file));
      const has = (name: string): boolean => existsSync(path.join(folder, name));
      const text = readFileSync(path.join(content, file), 'utf8');
      const list = has('assets.jsonl') ? 'record' : has('assets.ref.json') ? 'store' : 'absent';
      return [{ number, file, text, list }];
    }),
  );
}

/** The drafts in a repository, as a commit on top of one without them. */
function repositoryOf(content: string): string {
  const root = temporaryFolder();
  cpSync(content, path.join(root, 'content'), {
    recursive: true,
    filter: (from) => !/[/\\]0\.\d{6}\.\d{4}$/.test(from),
  });
  git(root, ['init', '--quiet', '--initial-branch=main']);
  git(root, ['add', 'content/archive.json']);
  git(root, ['commit', '--quiet', '--message=Settings']);
  git(root, ['add', '--all']);
  git(root, ['commit', '--quiet', '--message=Drafts']);
  return root;
}

/** Rules about the record, not about what a pull request may touch. */
const ofRecord = (problem: Problem): boolean =>
  problem.path.endsWith('/dandiset.json') && !problem.rule.startsWith('pull-request-');

describeWith([chromium, shared], 'the form on the corpus', () => {
  let content: string;
  let drafts: Draft[];
  let expected: Problem[][];
  let site: BuiltSite;
  let browser: Browser;
  beforeAll(async () => {
    content = await importedCorpus();
    drafts = draftsOf(content);
    expected = inDrafts(await problemsBy('check', content));
    site = await builtSite({ content });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const problemsIn = (page: Page): Promise<(Problem[] | undefined)[]> =>
    page.evaluate(async (all) => {
      const editor = document.querySelector('edit-dandiset') as unknown as Editor;
      const found: (Problem[] | undefined)[] = [];
      for (const { number, text, list } of all) {
        found.push(await editor.problemsOf({ kind: 'draft', number }, text, list));
      }
      return found;
    }, drafts);

  /** Problems of a command, as it prints them. */
  async function problemsBy(...args: string[]): Promise<Problem[]> {
    const { stdout } = await runCli(...args, '--json');
    return (JSON.parse(stdout) as { problems: Problem[] }).problems;
  }

  const inDrafts = (problems: readonly Problem[]): Problem[][] =>
    drafts.map(({ file }) => problems.filter(({ path: where }) => where === file));

  test('finds what the command finds, in all 293 drafts', async () => {
    expect(drafts).toHaveLength(293);
    const { page, faults, close } = await visit(browser, `${site.url}edit/`);
    const found = await problemsIn(page);
    const different = drafts.flatMap(({ number }, index) =>
      JSON.stringify(found[index]) === JSON.stringify(expected[index])
        ? []
        : [{ number, found: found[index], expected: expected[index] }],
    );
    expect(different.slice(0, 3)).toEqual([]);
    expect(expected.flat().length).toBeGreaterThan(100);
    expect(faults).toEqual([]);
    await close();
  });

  test('and what the check of a pull request finds, and shows in its report', async () => {
    const root = repositoryOf(content);
    const folder = path.join(root, 'content');
    const pull = await problemsBy('check', folder, '--base', 'HEAD~1', '--head', 'HEAD');
    expect(inDrafts(pull.filter(ofRecord))).toEqual(expected);
    // A report shows the first forty: drafts with more problems are compared one by one.
    const worst = drafts
      .map(({ file }, at) => ({ file, found: expected[at] ?? [] }))
      .sort((a, b) => b.found.length - a.found.length)
      .slice(0, 3);
    for (const { file, found } of worst) {
      const text = readFileSync(path.join(folder, file));
      writeFileSync(path.join(folder, file), '{}\n');
      git(root, ['commit', '--quiet', '--all', '--message=Without']);
      writeFileSync(path.join(folder, file), text);
      git(root, ['commit', '--quiet', '--all', '--message=With']);
      const of = ['--base', 'HEAD~1', '--head', 'HEAD', '--report'];
      const reported = await problemsBy('check', folder, ...of);
      const inOrder = (problems: readonly Problem[]): string[] =>
        problems.map((problem) => JSON.stringify(problem)).sort();
      expect(inOrder(reported)).toEqual(inOrder(found));
      expect(found.length).toBeGreaterThan(2);
    }
  });

  test('submits nothing where nothing is changed, or everything is changed back', async () => {
    for (const { number, text } of drafts.filter((_, at) => at % 40 === 0)) {
      const { page, faults, close } = await visit(browser, `${site.url}edit/?dandiset=${number}`);
      await page.getByText('Nothing is changed yet.').waitFor();
      for (const row of (await page.locator('.row-toggle').all()).slice(0, 5)) await row.click();
      const title = titleOf(page);
      await title.press('End');
      await title.press('x');
      await page.locator('.routes:visible').waitFor();
      await title.press('Backspace');
      await page.getByText('Nothing is changed yet.').waitFor();
      await page.getByRole('button', { name: 'JSON', exact: true }).click();
      expect(await page.getByLabel('dandiset.json').inputValue()).toBe(text);
      expect(faults).toEqual([]);
      await close();
    }
  });

  test('submits a changed draft without what its archive wrote, and the rest unchanged', async () => {
    const [first] = drafts;
    const { page, close } = await openForm(
      { browser, site },
      `edit/?dandiset=${first?.number ?? ''}`,
    );
    await titleOf(page).fill('Another title');
    const { files } = await bundleOf(page);
    const [record] = files.map(({ text }) => JSON.parse(text) as Record<string, unknown>);
    const before = JSON.parse(first?.text ?? '') as Record<string, unknown>;
    const gone = Object.keys(before).filter((name) => record?.[name] === undefined);
    expect(gone).toEqual(expect.arrayContaining(['id', 'url', 'version', 'citation']));
    expect(COMPUTED_DANDISET_FIELDS).toEqual(expect.arrayContaining(gone));
    expect({ ...before, ...record, name: before['name'] }).toEqual(before);
    await close();
  });

  test('with 89 contributors, a letter changes its field and its line, and no other row', async () => {
    const longest = drafts
      .map(({ number, text }) => ({ number, count: contributorsOf(text) }))
      .sort((a, b) => b.count - a.count)[0];
    expect(longest?.count).toBe(89);
    const address = `edit/?dandiset=${longest?.number}`;
    const { page, close } = await openForm({ browser, site }, address);
    const rows = page.locator('[data-field="contributor"] > .object-rows > .object-row');
    expect(await rows.count()).toBe(89);
    await rows.nth(40).locator('.row-toggle').click();
    const touched = await page.evaluate(async () => {
      const list = document.querySelectorAll('[data-field="contributor"] > .object-rows > li');
      const row = list[40];
      const input = row?.querySelector<HTMLInputElement>('[data-field="name"] input');
      if (row === undefined || !input) return undefined;
      const seen = new Set<Element>();
      const observer = new MutationObserver((records) => {
        for (const { target } of records) {
          const own = (target instanceof Element ? target : target.parentElement)?.closest(
            '[data-field="contributor"] > .object-rows > li',
          );
          if (own) seen.add(own);
        }
      });
      const options = { subtree: true, childList: true, characterData: true, attributes: true };
      observer.observe(document.querySelector('.record-form') as Element, options);
      input.value += 'x';
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve, 600));
      return { rows: seen.size, isOwn: seen.has(row) };
    });
    expect(touched).toEqual({ rows: 1, isOwn: true });
    await close();
  });
});

function contributorsOf(text: string): number {
  const { contributor } = JSON.parse(text) as { contributor?: unknown };
  return Array.isArray(contributor) ? contributor.length : 0;
}
