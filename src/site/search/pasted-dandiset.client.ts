// The Dandiset that a searched text names; loaded for a text that may be an address.

import { formatSitePath, isOwnAddress } from '../../core/identifiers/dandi-address.ts';
import { parsePastedAddress } from '../../core/identifiers/pasted-address.ts';
import type { LeadSettings } from '../hosting/lead-settings.client.ts';

/** Its number, and the path of its page below the base; undefined if the text names none of this archive. */
export function ownAddress(
  text: string,
  settings: LeadSettings,
  sites: readonly string[],
): { number: string; path: string } | undefined {
  const found = parsePastedAddress(text, settings, sites);
  if (found === undefined || !isOwnAddress(found, settings.prefix)) return undefined;
  return { number: found.number, path: formatSitePath(found) };
}
