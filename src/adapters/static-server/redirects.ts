// Where a request that names no file is redirected: identifiers, `latest`, and downloads by asset.

import {
  isOwnAddress,
  parseDandiAddress,
  type AddressSettings,
} from '../../core/identifiers/dandi-address.ts';
import { pageOfAddress, versionOfForward } from '../../core/hosting/page-of-address.ts';
import { blobKeyPath } from '../../core/records/asset.ts';
import type { RequestPath } from './request-path.ts';

/** Reads a file of the built site as text; undefined if it does not exist. */
export type ReadPage = (names: readonly string[]) => Promise<string | undefined>;

/**
 * The path in the store, below its address, that `/api/assets/<id>/download/` redirects to. The `asset_id` in
 * the API's lists contains it (`apiAssetId`), so no list has to be read; the bare key is accepted too.
 */
export function storePathOfDownload(names: readonly string[]): string[] | undefined {
  const [api, assets, ...rest] = names;
  if (api !== 'api' || assets !== 'assets' || rest.at(-1) !== 'download') return undefined;
  const id = rest.slice(0, -1);
  const path = blobKeyPath(id.at(-1) ?? '');
  if (id.length !== 1 && `blobs/${id.join('/')}` !== path) return undefined;
  return path?.split('/');
}

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
