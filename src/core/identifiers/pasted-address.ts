// Addresses as they are pasted into a search: without `https://`, of the site under another name, of DANDI itself.

import { parseDandiAddress, type AddressSettings, type DandiAddress } from './dandi-address.ts';

/** Where DANDI serves what its identifiers name. */
const DANDI_SITES = [
  'https://dandiarchive.org/',
  'https://gui.dandiarchive.org/',
  'https://api.dandiarchive.org/',
];
const DANDI_DOIS = '10.48324';

/** `dandiarchive.org/dandiset/000054`, `localhost:4321/dandiset/000004/`. */
const BARE = /^(?=[^/]*(?:\.[a-z]{2,}|localhost)(?::\d+)?\/)[a-z\d][a-z\d.-]*(?::\d+)?\//i;
/** What is below a version in the API. */
const BELOW_VERSION =
  /^(https?:\/\/[^/]+\/(?:[^?#]*\/)?api\/dandisets\/\d{6}(?:\/versions\/[^/?#]+)?)\/.+$/i;

/**
 * The Dandiset, version and path that a pasted text names; undefined if it names none. `sites` are the addresses
 * that the site has besides its public one.
 */
export function parsePastedAddress(
  text: string,
  settings: AddressSettings,
  sites: readonly string[] = [],
): DandiAddress | undefined {
  const isDandi = settings.prefix.toUpperCase() === 'DANDI';
  const trimmed = text.trim();
  const whole = (BARE.test(trimmed) ? `https://${trimmed}` : trimmed)
    .replace(/^(https?:\/\/)www\./i, '$1')
    .replace(BELOW_VERSION, '$1');
  const own = settings.site === undefined ? [] : [settings.site];
  const all = [...own, ...sites, ...(isDandi ? DANDI_SITES : [])];
  const dois = isDandi ? { doiPrefix: DANDI_DOIS } : {};
  for (const site of all) {
    const found = parseDandiAddress(whole, { ...dois, ...settings, site });
    if (found !== undefined) return found;
  }
  return all.length === 0 ? parseDandiAddress(whole, { ...dois, ...settings }) : undefined;
}
