// Where a request that names no file is redirected: identifiers and `latest`.

import {
  isOwnAddress,
  parseDandiAddress,
  type AddressSettings,
} from '../../core/identifiers/dandi-address.ts';
import { pageOfAddress, versionOfForward } from '../../core/hosting/page-of-address.ts';
import type { RequestPath } from './request-path.ts';

/** Reads a file of the built site as text; undefined if it does not exist. */
export type ReadPage = (names: readonly string[]) => Promise<string | undefined>;

/**
 * The page that a request for an identifier, an unpadded number or `latest` redirects to, relative to the
 * site's base path and with its query; undefined if it names nothing that this site has.
 */
export async function pageOfRequest(
  { names, isFolder, query }: RequestPath,
  settings: AddressSettings,
  readPage: ReadPage,
): Promise<string | undefined> {
  // A program that requests a document must get 404, not a page for people.
  if (names[0] === 'api') return undefined;
  const asked = names.map(encodeURIComponent).join('/');
  const address = parseDandiAddress(`/${asked}${isFolder ? '/' : ''}${query}`, settings);
  if (address === undefined || !isOwnAddress(address, settings.prefix)) return undefined;
  const page = await pageOfAddress(address, async (number) =>
    versionOfForward((await readPage(['dandiset', number, 'latest', 'index.html'])) ?? '', number),
  );
  if (page === undefined) return undefined;
  const folder = page.replace(/\/(?:\?.*)?$/, '').split('/');
  // An address that differs only in its query or its trailing slash is the page itself.
  if (folder.join('/') === names.join('/')) return undefined;
  if ((await readPage([...folder, 'index.html'])) === undefined) return undefined;
  if (address.path !== undefined || query === '') return page;
  return `${page}${query}`;
}
