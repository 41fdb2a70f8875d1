// The form in a browser finds in every real draft what the check command finds in it, word by word,
// and an unchanged draft is the very bytes it was.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.ts';
import { browser as chromium, launchBrowser } from '../../src/testing/browser.ts';
import { builtSite, type BuiltSite } from '../../src/testing/built-site.ts';
import { importedCorpus } from '../../src/testing/corpus.ts';
import { describeWith } from '../../src/testing/needed-part.ts';
import { runCli } from '../../src/testing/run-cli.ts';
import { shared } from '../../src/testing/shared.ts';
import { visit } from './visit.ts';

interface Draft {
  number: string;
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
      const folder = path.join(home, shard, number, 'draft');
      if (!existsSync(path.join(folder, 'dandiset.json'))) return [];
      const has = (name: string): boolean => existsSync(path.join(folder, name));
      const text = readFileSync(path.join(folder, 'dandiset.json'), 'utf8');
      const list = has('assets.jsonl') ? 'record' : has('assets.ref.json') ? 'store' : 'absent';
      return [{ number, text, list }];
    }),
  );
}

describeWith([chromium, shared], 'the form on the corpus', () => {
  let content: string;
  let drafts: Draft[];
  let problems: Problem[];
  let site: BuiltSite;
  let browser: Browser;
  beforeAll(async () => {
    content = await importedCorpus();
    drafts = draftsOf(content);
    const checked = await runCli('check', content, '--json');
    ({ problems } = JSON.parse(checked.stdout) as { problems: Problem[] });
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

  test('finds what the command finds, in all 293 drafts', async () => {
    expect(drafts).toHaveLength(293);
    const expected = drafts.map(({ number }) => {
      const file = `dandisets/${number.slice(0, 3)}/${number}/draft/dandiset.json`;
      return problems.filter((problem) => problem.path === file);
    });
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

  test('with 89 contributors, a letter changes its field and its line, and no other row', async () => {
    const longest = drafts
      .map(({ number, text }) => ({ number, count: contributorsOf(text) }))
      .sort((a, b) => b.count - a.count)[0];
    expect(longest?.count).toBe(89);
    const { page, close } = await visit(browser, `${site.url}edit/?dandiset=${longest?.number}`);
    await page.locator('.problem-words:not(:empty)').waitFor();
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
