// Where else a Dandiset is available: the addresses in its `sameAs`, dandi://DANDI/000004@0.220126.1852.

import { parseDandiAddress, type DandiAddress } from '../identifiers/dandi-address.ts';
import { listMember, type JsonObject } from '../json/json-text.ts';
import { linkableUrl, shownLine } from '../text/shown-text.ts';
import type { Named } from './named-things.ts';

/** The sites of archives that run DANDI's server, by their prefix. */
export const DANDI_SITES: ReadonlyMap<string, string> = new Map([
  ['DANDI', 'https://dandiarchive.org/'],
  ['DANDI-SANDBOX', 'https://sandbox.dandiarchive.org/'],
  ['EMBER-DANDI', 'https://dandi.emberarchive.org/'],
  ['EMBER-DANDI-SANDBOX', 'https://dandi.sandbox.emberarchive.org/'],
  ['LINC', 'https://lincbrain.org/'],
  ['LINC-STAGING', 'https://staging.lincbrain.org/'],
]);

/** The page of an address at an archive that runs DANDI's server. */
function pageThere(site: string, { number, version, path }: DandiAddress): string {
  const page = `${site}dandiset/${number}`;
  if (path === undefined || path === '') return version === undefined ? page : `${page}/${version}`;
  const location = encodeURIComponent(path).replaceAll('%2F', '/');
  return `${page}/${version ?? 'draft'}/files?location=${location}`;
}

function elsewhere(text: string): Named | undefined {
  const address = /^dandi:/i.test(text.trim())
    ? parseDandiAddress(text, { prefix: '' })
    : undefined;
  if (address?.prefix === undefined) {
    const name = shownLine(text, 1000);
    const href = linkableUrl(text);
    if (name === '') return undefined;
    return href === undefined ? { name } : { name, href };
  }
  const { prefix, number, version, path } = address;
  const found: Named = { name: `${prefix}:${number}${version === undefined ? '' : `/${version}`}` };
  const site = DANDI_SITES.get(prefix);
  if (site !== undefined) found.href = pageThere(site, address);
  if (path !== undefined && path !== '') found.note = shownLine(path, 1000);
  return found;
}

/**
 * The same Dandiset in other archives, in the order of the record: named by its identifier there, with its
 * page if the archive is a known one.
 */
export function alsoAvailableAt(record: JsonObject): Named[] {
  return listMember(record, 'sameAs')
    .filter((item) => typeof item === 'string')
    .flatMap((text) => elsewhere(text) ?? []);
}
