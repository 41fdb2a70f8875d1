// DANDI's own API: the record of a version is one document; its assets are a paged list that includes their
// metadata if requested.

import type { AssetQuery } from '../../core/download/asset-query.ts';
import { member, textMember } from '../../core/json/json-text.ts';
import { listedItems, type HttpApi, type ListedItem } from './http-api.ts';
import { AT_ONCE, listVersions } from './http-api-list.ts';
import { needJson } from './http-json.ts';
import { inOrder } from './in-order.ts';
import type { RecordSource, SourceAsset } from './record-source.ts';
import type { DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { problemOf } from './source-files.ts';

/** The item with its metadata, fetched if the list does not include it. */
async function wholeAsset(
  { reader }: HttpApi,
  list: string,
  { text, value, address, pointer }: ListedItem,
): Promise<SourceAsset> {
  const place = { path: address, pointer };
  const id = textMember(value, 'asset_id');
  if (id === undefined || member(value, 'metadata') !== undefined) return { ok: true, text, place };
  // The item contains at least its "asset_id", so a comma is right.
  const withMetadata = (json: string): string =>
    `${text.slice(0, text.lastIndexOf('}'))},"metadata":${json}}`;
  const own = `${list}${encodeURIComponent(id)}/`;
  try {
    return { ok: true, text: withMetadata((await needJson(reader, own)).text), place };
  } catch (error) {
    return { ok: false, problem: problemOf(error, own), bare: withMetadata('{}') };
  }
}

/** The items of a list that a query can mean; a host of plain files gives all of them. */
async function* meantItems(
  api: HttpApi,
  list: string,
  query: AssetQuery | undefined,
): AsyncGenerator<ListedItem> {
  const asked = query === undefined ? '' : `&${query.name}=${encodeURIComponent(query.value)}`;
  const first = `${list}?metadata=true&order=path&page_size=1000${asked}`;
  for await (const item of listedItems(api, first)) {
    const path = textMember(item.value, 'path');
    if (query === undefined || path === undefined || query.mayMatch(path)) yield item;
  }
}

async function* assetsOf(
  api: HttpApi,
  list: string,
  query: AssetQuery | undefined,
): AsyncGenerator<SourceAsset> {
  try {
    yield* inOrder(meantItems(api, list, query), AT_ONCE, (item) => wholeAsset(api, list, item));
  } catch (error) {
    yield { ok: false, problem: problemOf(error, list) };
  }
}

/** The source in an API of DANDI's shape. */
export function apiSource(api: HttpApi, only: readonly DandisetNumber[] | undefined): RecordSource {
  const versionAddress = (folder: string): string => `${api.base}${folder}/`;
  return {
    kind: 'api',
    name: api.base,
    only,
    list: (reporter) => listVersions(api, only, reporter),
    async readRecord({ folder }) {
      const address = versionAddress(folder);
      try {
        return { ok: true, path: address, text: (await needJson(api.reader, address)).text };
      } catch (error) {
        return { ok: false, problem: problemOf(error, address) };
      }
    },
    async readAssets({ folder }, query) {
      const list = `${versionAddress(folder)}assets/`;
      return { path: list, items: assetsOf(api, list, query) };
    },
  };
}
