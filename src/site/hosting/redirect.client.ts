// Shared by the page for unknown addresses and the home page: from an address to its page.

import {
  pageOfAddress,
  versionOfForward,
  versionOfPage,
} from '../../core/hosting/page-of-address.ts';
import {
  isOwnAddress,
  parseDandiAddress,
  type DandiAddress,
} from '../../core/identifiers/dandi-address.ts';
import type { LeadSettings } from './lead-settings.client.ts';

export type Lead =
  | { kind: 'page'; address: DandiAddress; target: URL }
  | { kind: 'foreign'; address: DandiAddress }
  | { kind: 'none' };

/** Where a path of this site, with its query and fragment, redirects to. */
export async function leadOf(requested: string, settings: LeadSettings): Promise<Lead> {
  const address = parseDandiAddress(requested, settings);
  if (address === undefined) return { kind: 'none' };
  if (!isOwnAddress(address, settings.prefix)) return { kind: 'foreign', address };
  const page = await pageOfAddress(address, async (number) => {
    const answer = await fetch(`${settings.base}dandiset/${number}/latest/`);
    if (!answer.ok) return undefined;
    // Some hosts redirect, others have a page that forwards.
    if (answer.redirected) return versionOfPage(new URL(answer.url).pathname, number);
    return versionOfForward(await answer.text(), number);
  });
  // Without a page the address is named all the same, so that the message can say what is missing.
  const path = page ?? `dandiset/${address.number}/`;
  return { kind: 'page', address, target: new URL(settings.base + path, location.href) };
}
