// Checks pages of a site in a browser: accessible in light and dark, on a phone; contacting nobody else;
// never jumping.

import type { Browser } from 'playwright';
import type { BuiltSite } from '../support/sites/built-site.ts';
import { axeFaults, layoutShift, sidewaysFaults, visit } from './visit.ts';

/** These are complete before their scripts; others may grow a little. */
const IS_VERSION_PAGE = /^dandiset\/\d{6}\/(?:0\.[\d.]+\/|draft\/)?$/;

/** A response of 404 is written to the console by the browser itself. */
export const isExpected = (address: string, fault: string): boolean =>
  address === 'no-such-page/' && fault.includes('404');

/**
 * What is wrong with pages of a site, in light and dark and on a phone; `allowed`: hosts they may contact.
 */
export async function lookAt(
  browser: Browser,
  site: BuiltSite,
  addresses: string[],
  allowed: string[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const address of addresses) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const one = await visit(browser, site.url + address, { colorScheme }, allowed);
      const found = [
        ...(await axeFaults(one.page)),
        ...one.faults.filter((fault) => !isExpected(address, fault)),
      ];
      const shift = await layoutShift(one.page);
      if (shift > (IS_VERSION_PAGE.test(address) ? 0 : 0.1)) found.push(`shifts by ${shift}`);
      await one.page.setViewportSize({ width: 360, height: 740 });
      found.push(...(await sidewaysFaults(one.page)));
      faults.push(...found.map((fault) => `/${address} (${colorScheme}): ${fault}`));
      await one.close();
    }
  }
  return faults;
}
