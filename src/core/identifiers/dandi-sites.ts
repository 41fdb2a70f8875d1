// Archives that run DANDI's server: their pages and their APIs, by the prefix of their identifiers.

import type { DandiAddress } from './dandi-address.ts';

/** Both addresses end in `/`. */
export interface DandiSite {
  site: string;
  api: string;
}

const SITES: readonly (readonly [prefix: string, site: string, api: string])[] = [
  ['DANDI', 'https://dandiarchive.org/', 'https://api.dandiarchive.org/api/'],
  [
    'DANDI-SANDBOX',
    'https://sandbox.dandiarchive.org/',
    'https://api.sandbox.dandiarchive.org/api/',
  ],
  ['EMBER-DANDI', 'https://dandi.emberarchive.org/', 'https://api-dandi.emberarchive.org/api/'],
  [
    'EMBER-DANDI-SANDBOX',
    'https://dandi.sandbox.emberarchive.org/',
    'https://api-dandi.sandbox.emberarchive.org/api/',
  ],
  ['LINC', 'https://lincbrain.org/', 'https://api.lincbrain.org/api/'],
  ['LINC-STAGING', 'https://staging.lincbrain.org/', 'https://staging-api.lincbrain.org/api/'],
];

/** The archives that run DANDI's server, by their prefix. */
export const DANDI_SITES: ReadonlyMap<string, DandiSite> = new Map(
  SITES.map(([prefix, site, api]) => [prefix, { site, api }]),
);

/** The API whose archive has its pages at a host; undefined for an unknown host. */
export function apiOfPages(host: string): string | undefined {
  // The old address of DANDI's pages still redirects.
  const now = host.toLowerCase().replace(/^gui\.(?=dandiarchive\.org$)/, '');
  return [...DANDI_SITES.values()].find(({ site }) => site === `https://${now}/`)?.api;
}

/** The page of an address at the archive of its prefix; undefined for an unknown archive. */
export function pageAtDandiSite(address: DandiAddress): string | undefined {
  const { prefix = '', number, version, path } = address;
  const site = DANDI_SITES.get(prefix)?.site;
  if (site === undefined) return undefined;
  const page = `${site}dandiset/${number}`;
  if (path === undefined || path === '') return version === undefined ? page : `${page}/${version}`;
  const location = encodeURIComponent(path).replaceAll('%2F', '/');
  return `${page}/${version ?? 'draft'}/files?location=${location}`;
}
