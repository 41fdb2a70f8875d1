// A page opened in a browser, recording everything that it should not do.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

export interface Visit {
  page: Page;
  /** Requests to other hosts, errors and warnings of the console, exceptions, dialogs. */
  faults: string[];
  close(): Promise<void>;
}

/** Opens an address; requests outside `allowed` (origins) are recorded. */
export async function visit(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
  allowed: readonly string[] = [],
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const faults: string[] = [];
  const origins = new Set([new URL(address).origin, ...allowed]);
  context.on('request', (request) => {
    if (!origins.has(new URL(request.url()).origin)) faults.push(`request ${request.url()}`);
  });
  context.on('weberror', (error) => faults.push(`exception ${error.error().message}`));
  context.on('dialog', (dialog) => {
    faults.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console ${message.text()}`);
  });
  const page = await context.newPage();
  // These load more once they are shown.
  const isDone = /\/(?:search|files)\//.test(address) ? 'networkidle' : 'load';
  await page.goto(address, { waitUntil: isDone });
  return { page, faults, close: () => context.close() };
}

/** What axe finds wrong, one line per problem. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    interface Violation {
      id: string;
      nodes: { target: unknown[]; failureSummary?: string }[];
    }
    const axe = (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } })
      .axe;
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ target, failureSummary = '' }) => {
        const why = failureSummary.split('\n')[1] ?? '';
        return `${id} at ${target.join(' ')}: ${why.trim()}`;
      }),
    );
  });
}

/** Elements that are wider than the window, where the page scrolls sideways; otherwise none. */
export function sidewaysFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    return [
      `${scrollWidth} px in ${clientWidth} px`,
      ...wide.slice(0, 4).map((element) => `${element.tagName}.${element.className}`),
    ];
  });
}

/** The sum of all shifts of the layout since the page was opened. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            sum += (entry as unknown as { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 100);
      }),
  );
}

/** Links and controls that Tab does not reach, or that do not show that they have the focus. */
export async function keyboardFaults(page: Page): Promise<string[]> {
  // Includes what scripts write.
  await page.waitForLoadState('networkidle');
  const count = await page.evaluate(() => {
    const controls = [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, input, select, textarea, summary, [tabindex="0"]',
      ),
    ].filter(
      (element) =>
        element.checkVisibility({ visibilityProperty: true }) &&
        element.tabIndex >= 0 &&
        !element.matches(':disabled'),
    );
    controls.forEach((element, at) => (element.dataset['control'] = String(at)));
    return controls.length;
  });
  const seen = new Map<string, boolean>();
  for (let press = 0; press < count * 2 + 10 && seen.size < count; press += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      const control = element?.dataset['control'];
      if (element === null || control === undefined) return undefined;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const hasOutline = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
      const { width, height } = element.getBoundingClientRect();
      return { control, isShown: (hasOutline || boxShadow !== 'none') && width * height > 0 };
    });
    if (focused !== undefined) seen.set(focused.control, focused.isShown);
  }
  const names = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-control]')].map(
      (element) => `${element.tagName} ${(element.textContent || element.id).trim().slice(0, 40)}`,
    ),
  );
  return names.flatMap((name, at) => {
    const isShown = seen.get(String(at));
    if (isShown === undefined) return [`not reached: ${name}`];
    return isShown ? [] : [`focus not seen: ${name}`];
  });
}
