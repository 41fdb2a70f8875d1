// Links of a record to other Dandisets: to their pages here where this archive has them.

import { formatSitePath, isOwnAddress } from '../../core/identifiers/dandi-address.ts';
import type { Named } from '../../core/metadata/named-things.ts';
import { address } from '../catalog/addresses.ts';
import type { Catalog } from '../catalog/catalog.ts';

/** The thing with a link to its page here, if it is a Dandiset or a version that this archive has. */
export function linkedHere<Thing extends Named>(
  catalog: Pick<Catalog, 'archive' | 'base' | 'byNumber'>,
  thing: Thing,
): Thing {
  const { dandiset } = thing;
  if (dandiset === undefined || !isOwnAddress(dandiset, catalog.archive.identifierPrefix))
    return thing;
  const { number, version } = dandiset;
  const here = catalog.byNumber.get(number);
  const versions = here === undefined ? [] : [here.draft, ...here.published];
  const isHeld = versions.some(
    (one) => one !== undefined && (version === undefined || one.version === version),
  );
  return isHeld ? { ...thing, href: address(catalog.base, formatSitePath(dandiset)) } : thing;
}
