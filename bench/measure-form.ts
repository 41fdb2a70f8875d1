// How responsive the form is with 89 contributors, compared with the same form with one and with a bare text
// field: from a key or a click to the frame that shows its effect, with the processor slowed down.

import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, CDPSession, Locator, Page } from 'playwright';
import { launchBrowser } from '../tests/support/sites/browser.ts';
import { builtSite } from '../tests/support/sites/built-site.ts';
import { median } from './measure-builds.ts';
import { CPU_SLOWDOWN } from './measure-pages.ts';
import { syntheticArchive } from './synthetic-archive.ts';

const KEYS = 60;
const STEPS = 20;
const OPENINGS = 5;
/** Milliseconds between keys, as people type: most pauses are too short for the check to begin. */
const PAUSES = [90, 140, 70, 230, 110, 270, 80, 160, 210, 100];
const MOST_CONTRIBUTORS = 89;

/** Milliseconds. */
export interface Delay {
  median: number;
  /** The 95th percentile. */
  slowest: number;
  /** Processor time for each, which does not depend on other load on the machine. */
  work?: number;
}

/** What a user does in the form, and how long it takes to show. */
export interface FormMeasure {
  contributors: number;
  /** The same for each form; the second is a key in a text field without any listener. */
  actions: { what: string; delay: Delay }[];
}

function delayOf(times: readonly number[]): Delay {
  const sorted = [...times].sort((a, b) => a - b);
  return {
    median: median(sorted),
    slowest: sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? NaN,
  };
}

/**
 * Drafts with the given numbers of contributors, as Dandisets 000001, 000002 …; returns the folder of the
 * records.
 */
function draftsWith(cache: string, counts: readonly number[]): string {
  const content = path.join(cache, 'form', 'content');
  rmSync(content, { recursive: true, force: true });
  // Five versions for every two Dandisets.
  cpSync(syntheticArchive(cache, 5 * Math.ceil(counts.length / 2)), content, { recursive: true });
  for (const [at, count] of counts.entries()) {
    const number = String(at + 1).padStart(6, '0');
    const file = path.join(content, 'dandisets', '000', number, 'draft', 'dandiset.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as { contributor: { name: string }[] };
    const [person] = record.contributor;
    const contributor = Array.from({ length: count }, (_, index) => ({
      ...person,
      name: `Family${index}, Given`,
    }));
    writeFileSync(file, `${JSON.stringify({ ...record, contributor }, null, 2)}\n`);
  }
  return content;
}

/** Has the page record how long it takes from each key or click to the frame after its change. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { shownAfter: times });
    let pressed = 0;
    const note = (from: number): void => {
      requestAnimationFrame(() => {
        // A message is delivered after the frame has been painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => times.push(performance.now() - from);
        port2.postMessage(0);
      });
    };
    const options = { capture: true };
    addEventListener(
      'keydown',
      (event) => {
        pressed = event.timeStamp;
        if (event.altKey && event.key.startsWith('Arrow')) note(pressed);
      },
      options,
    );
    addEventListener('input', () => note(pressed), options);
    addEventListener('click', (event) => note(event.timeStamp), options);
  });
}

/** A page and the metrics its browser reports. */
interface Watched {
  page: Page;
  devtools: CDPSession;
}

/** Milliseconds of main-thread time the page has used so far, slowed down as it is. */
async function workOf({ devtools }: Watched): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
}

/** Repeats an action; returns the delays that the page recorded meanwhile. */
async function delays(
  watched: Watched,
  count: number,
  act: (at: number) => Promise<void>,
): Promise<Delay> {
  const { page } = watched;
  await page.evaluate('shownAfter.length = 0');
  const before = await workOf(watched);
  for (let at = 0; at < count; at += 1) {
    await act(at);
    await page.waitForTimeout(PAUSES[at % PAUSES.length] ?? 100);
  }
  const work = ((await workOf(watched)) - before) / count;
  return { ...delayOf(await page.evaluate<number[]>('shownAfter')), work };
}

async function typing(watched: Watched, field: Locator): Promise<Delay> {
  const { page } = watched;
  await field.click();
  await page.keyboard.press('End');
  return delays(watched, KEYS, (at) => page.keyboard.press('abcdefghij'.charAt(at % 10)));
}

/** Opens a form; returns the milliseconds until it is shown with its problems. */
async function opened(browser: Browser, address: string): Promise<Watched & { time: number }> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.goto(address);
  await page.locator('.problem-words:not(:empty)').waitFor();
  const time = await page.evaluate(
    () => new Promise<number>((done) => requestAnimationFrame(() => done(performance.now()))),
  );
  return { page, devtools, time };
}

async function measure(browser: Browser, address: string): Promise<FormMeasure> {
  const openings: number[] = [];
  for (let run = 1; run < OPENINGS; run += 1) {
    const { page, time } = await opened(browser, address);
    openings.push(time);
    await page.close();
  }
  const watched = await opened(browser, address);
  const { page, devtools, time } = watched;
  openings.push(time);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => {
    const bare = Object.assign(document.createElement('input'), { id: 'bare' });
    document.querySelector('main')?.prepend(bare);
  });
  await watch(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });

  const list = page.locator('[data-field="contributor"] > .object-rows > .object-row');
  const contributors = await list.count();
  const row = list.nth(Math.floor(contributors / 2));
  const actions: FormMeasure['actions'] = [];
  const add = (what: string, delay: Delay): void => void actions.push({ what, delay });
  add('open the page', delayOf(openings));
  add('key in a bare text field', await typing(watched, page.locator('#bare')));
  await row.locator('.row-toggle').first().click();
  const name = row.locator('[data-field="name"] input').first();
  add("key in a contributor's name", await typing(watched, name));
  const description = page.getByRole('textbox', { name: 'Description needed' });
  add('key in the description', await typing(watched, description));
  const another = page.getByRole('button', { name: 'Add person' });
  add('add a contributor', await delays(watched, STEPS, () => another.click()));
  await list.last().locator('.row-toggle').first().focus();
  add(
    'move one',
    await delays(watched, STEPS, (at) =>
      page.keyboard.press(at % 10 < 5 ? 'Alt+ArrowUp' : 'Alt+ArrowDown'),
    ),
  );
  const remove = (): Promise<void> =>
    list.last().getByRole('button', { name: 'Remove', exact: false }).first().click();
  add('remove one', await delays(watched, STEPS, remove));
  await page.close();
  return { contributors, actions };
}

/** The number of the draft with the most contributors. */
function longestDraft(content: string): string {
  const home = path.join(content, 'dandisets');
  const drafts = readdirSync(home).flatMap((shard) =>
    readdirSync(path.join(home, shard)).flatMap((number) => {
      const file = path.join(home, shard, number, 'draft', 'dandiset.json');
      if (!existsSync(file)) return [];
      const { contributor } = JSON.parse(readFileSync(file, 'utf8')) as { contributor?: unknown[] };
      return [{ number, count: contributor?.length ?? 0 }];
    }),
  );
  return drafts.sort((a, b) => b.count - a.count)[0]?.number ?? '';
}

async function measureIn(
  browser: Browser,
  content: string,
  numbers: readonly string[],
): Promise<FormMeasure[]> {
  const site = await builtSite({ content });
  const measures: FormMeasure[] = [];
  for (const number of numbers) {
    measures.push(await measure(browser, `${site.url}edit/?dandiset=${number}`));
  }
  await site.close();
  return measures;
}

/** Measures the form with one contributor, with 89, and with the longest draft among real records. */
export async function measureForm(cache: string, corpus?: string): Promise<FormMeasure[]> {
  const browser = await launchBrowser();
  const synthetic = draftsWith(cache, [1, MOST_CONTRIBUTORS]);
  const measures = await measureIn(browser, synthetic, ['000001', '000002']);
  if (corpus !== undefined) {
    measures.push(...(await measureIn(browser, corpus, [longestDraft(corpus)])));
  }
  await browser.close();
  return measures;
}
