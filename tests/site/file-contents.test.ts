// The view of an NWB file from its index: overview, tree, one object; keyboard, address, and what is refused.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../support/needed-part.ts';
import { browser as chromium, launchBrowser } from '../support/sites/browser.ts';
import { builtSite, type BuiltSite } from '../support/sites/built-site.ts';
import { HOSTILE, writeViewerArchive } from './viewer-archive.ts';
import { axeFaults, keyboardFaults, sidewaysFaults, visit, type Visit } from './visit.ts';

describeWith(chromium, 'the view of an NWB file', () => {
  let site: BuiltSite;
  let browser: Browser;
  beforeAll(async () => {
    site = await builtSite({ content: writeViewerArchive() });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const address = (name: string, rest = ''): string =>
    `${site.url}dandiset/000001/draft/files/?location=sub-1/${name}.nwb${rest}`;
  async function open(name: string, rest = '', options = {}): Promise<Visit> {
    const opened = await visit(browser, address(name, rest), options);
    await opened.page.locator('.file-view > :not([role=status])').first().waitFor();
    return opened;
  }
  const selected = (page: Page): string | null => new URL(page.url()).searchParams.get('object');
  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => document.activeElement?.textContent?.replace(/\s+/g, ' ').trim() ?? '');

  test('two requests show what is in the file', async () => {
    const { page, faults, close } = await open('patch');
    const lead = await page.locator('.contents-lead').innerText();
    expect(lead).toContain('NWB 2.8.0');
    expect(lead).toMatch(/1,200 current-clamp sweeps of 1 s each at 20 kHz/);
    expect(await page.locator('.contents-facts').innerText()).toMatch(
      /Subject\s+M1 · Mus musculus · F · P90D/,
    );
    expect(await page.locator('.recorded tbody').innerText()).toContain('CurrentClampSeries');
    expect(await page.locator('.contents-tools').innerText()).toContain('4,830 objects');
    // Nothing below closed groups is made.
    expect(await page.locator('[role=treeitem]').count()).toBe(10);
    const asked = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/storage/'))
        .map((entry) => (entry as PerformanceResourceTiming).transferSize),
    );
    expect(asked.length).toBe(1);
    expect(asked[0]).toBeLessThan(100_000);
    expect(faults).toEqual([]);
    await close();
  });

  test('the tree is used by keyboard alone, and a large group in steps', async () => {
    const { page, close } = await open('patch');
    await page.getByLabel('Filter objects by name').focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toMatch(/\/ NWBFile$/);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toMatch(/acquisition$/);
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('[role=treeitem]').count()).toBe(10 + 301);
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toMatch(/sweep_0000 CurrentClampSeries$/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('d');
    expect(await focused(page)).toBe('data float32 · 20,000');
    await page.keyboard.press('Enter');
    expect(selected(page)).toBe('/acquisition/sweep_0000/data');
    const pane = page.locator('.object-pane');
    expect(await pane.innerText()).toContain(
      'chunks of 5,000, 4 chunks, gzip, 41.0 kB in the file, 80.0 kB unpacked',
    );
    expect(await pane.innerText()).toMatch(/Unit\s+volts/);
    // The focus stays in the tree, on the row.
    expect(await focused(page)).toBe('data float32 · 20,000');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await focused(page)).toMatch(/acquisition$/);
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('[role=treeitem]').count()).toBe(10);
    await page.keyboard.press('End');
    expect(await focused(page)).toMatch(/session_start_time/);
    expect(await keyboardFaults(page)).toEqual([]);
    await close();
  });

  test('the filter finds names in the whole file', async () => {
    const { page, close } = await open('patch');
    const field = page.getByLabel('Filter objects by name');
    await field.fill('sweep_111*');
    await page.getByText('10 of 4,830 objects').waitFor();
    await page.getByRole('treeitem', { name: '/acquisition/sweep_1113' }).click();
    expect(selected(page)).toBe('/acquisition/sweep_1113');
    await field.fill('no such name');
    await page.getByText('No name matches.').waitFor();
    await field.fill('');
    // The tree is open where the chosen object is.
    const row = page.locator('[role=treeitem][aria-selected=true]');
    await page.getByText('4,830 objects').waitFor();
    expect(await row.innerText()).toContain('sweep_1113');
    await close();
  });

  test('the address names the object, and Back works', async () => {
    const { page, close } = await open('patch', '&object=/intervals/trials');
    const title = page.locator('.object-pane h3');
    expect(await title.innerText()).toBe('trials');
    const table = page.locator('.object-pane .cells');
    expect((await table.locator('thead').innerText()).trim()).toBe(
      'id\tstart_time\tstop_time\ttags\tsweep',
    );
    expect(await table.locator('tbody tr').allInnerTexts()).toEqual([
      '0\t0.5\t1\tleft, go\t/acquisition/sweep_0007',
      '1\t1.5\t2\t\t/acquisition/sweep_0003/data',
      `2\tNaN\t3\t${HOSTILE}\t→ nowhere`,
    ]);
    await table.getByRole('link', { name: '/acquisition/sweep_0007' }).click();
    expect(await title.innerText()).toBe('sweep_0007');
    expect(await focused(page)).toBe('sweep_0007');
    expect(await page.locator('[aria-selected=true]').innerText()).toContain('sweep_0007');
    await page.getByRole('link', { name: 'data', exact: true }).click();
    expect(selected(page)).toBe('/acquisition/sweep_0007/data');
    await page.goBack();
    await page.goBack();
    expect(await title.innerText()).toBe('trials');
    await page.reload();
    await title.waitFor();
    expect(await title.innerText()).toBe('trials');
    await close();
  });

  test('links jump to what they mean; circles, other files and absent ones are words', async () => {
    const { page, faults, close } = await open('patch', '&object=/last_sweep');
    await page.locator('.object-pane dd').getByRole('link').click();
    expect(selected(page)).toBe('/acquisition/sweep_1199');
    const pane = page.locator('.object-pane');
    for (const [object, words] of [
      ['/hostile/circle', '/hostile/circle (not in this file)'],
      ['/hostile/gone', '/nowhere (not in this file)'],
      ['/hostile/out', '/a in the file ../../etc/x.h5'],
      ['/hostile/broken', 'The header of this object is damaged.'],
      ['/hostile/__proto__', 'a name like others'],
      ['/no/such', 'This file has no object /no/such.'],
      ['/general/devices/amplifier', HOSTILE],
      [`/hostile/${HOSTILE.replaceAll('/', '∕')}`, `${HOSTILE}\t${HOSTILE}`],
    ] as const) {
      await page.goto(address('patch', `&object=${encodeURIComponent(object)}`));
      await pane.locator('h3').waitFor();
      expect(await pane.innerText()).toContain(words);
    }
    expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
    expect(faults).toEqual([]);
    await close();
  });

  test('an index of other bytes, and one that is none, are refused', async () => {
    const changed = await open('changed');
    await changed.page.getByText('The index in the store is not used.').waitFor();
    await changed.page.getByRole('button', { name: 'Look inside', exact: true }).waitFor();
    await changed.close();
    const odd = await open('odd');
    await odd.page.getByText('This is not an index.').waitFor();
    await odd.close();
  });

  test('a store that fails is said, and asked again', async () => {
    const { page, close } = await visit(browser, `${site.url}offline/`);
    let status = 503;
    await page.route('**/indexes/**', (route) =>
      status === 200 ? route.continue() : route.fulfill({ status, body: 'no' }),
    );
    await page.goto(address('patch'));
    await page.locator('.file-view [role=alert]').waitFor();
    await page.getByRole('button', { name: 'Look inside', exact: true }).waitFor();
    status = 200;
    await page.locator('.file-view').getByRole('button', { name: 'Try again' }).click();
    await page.locator('.contents-lead').waitFor();
    await close();
  });

  test.each([
    [1280, 'light'],
    [1280, 'dark'],
    [360, 'light'],
    [360, 'dark'],
  ] as const)('is accessible at %i px, %s', async (width, colorScheme) => {
    const rest = '&object=/intervals/trials';
    const { page, close } = await open('patch', rest, {
      colorScheme,
      viewport: { width, height: 800 },
    });
    expect([...(await axeFaults(page)), ...(await sidewaysFaults(page))]).toEqual([]);
    await close();
  });
});
