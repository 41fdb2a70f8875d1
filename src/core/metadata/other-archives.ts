// Where else a Dandiset is available: the addresses in its `sameAs`, dandi://DANDI/000004@0.220126.1852.

import { parseDandiAddress } from '../identifiers/dandi-address.ts';
import { pageAtDandiSite } from '../identifiers/dandi-sites.ts';
import { listMember, type JsonObject } from '../json/json-text.ts';
import { shownLine } from '../text/shown-text.ts';
import { linkTarget } from './link-target.ts';
import { linksOf, type Named } from './named-things.ts';

function elsewhere(text: string): Named | undefined {
  const address = /^dandi:/i.test(text.trim())
    ? parseDandiAddress(text, { prefix: '' })
    : undefined;
  if (address?.prefix === undefined) {
    const name = shownLine(text, 1000);
    return name === '' ? undefined : { name, ...linksOf(linkTarget(text)) };
  }
  const { prefix, number, version, path } = address;
  const found: Named = { name: `${prefix}:${number}${version === undefined ? '' : `/${version}`}` };
  const page = pageAtDandiSite(address);
  if (page !== undefined) found.href = page;
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
