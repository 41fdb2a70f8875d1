// The pages of Dandisets in archives that run DANDI's server.

import type { DandiAddress } from './dandi-address.ts';

/** The sites of archives that run DANDI's server, by their prefix. */
export const DANDI_SITES: ReadonlyMap<string, string> = new Map([
  ['DANDI', 'https://dandiarchive.org/'],
  ['DANDI-SANDBOX', 'https://sandbox.dandiarchive.org/'],
  ['EMBER-DANDI', 'https://dandi.emberarchive.org/'],
  ['EMBER-DANDI-SANDBOX', 'https://dandi.sandbox.emberarchive.org/'],
  ['LINC', 'https://lincbrain.org/'],
  ['LINC-STAGING', 'https://staging.lincbrain.org/'],
]);

/** The page of an address at the archive of its prefix; undefined for an unknown archive. */
export function pageAtDandiSite(address: DandiAddress): string | undefined {
  const { prefix = '', number, version, path } = address;
  const site = DANDI_SITES.get(prefix);
  if (site === undefined) return undefined;
  const page = `${site}dandiset/${number}`;
  if (path === undefined || path === '') return version === undefined ? page : `${page}/${version}`;
  const location = encodeURIComponent(path).replaceAll('%2F', '/');
  return `${page}/${version ?? 'draft'}/files?location=${location}`;
}
