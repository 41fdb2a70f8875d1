// DANDI's own API: the record of a version is one document; its assets are a paged list that includes their
// metadata if requested.

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
  const own = `${list}${encodeURIComponent(id)}/`;
  const metadata = (await needJson(reader, own)).text;
  // The item contains at least its "asset_id", so a comma is right.
  return {
    ok: true,
    text: `${text.slice(0, text.lastIndexOf('}'))},"metadata":${metadata}}`,
    place,
  };
}

async function* assetsOf(api: HttpApi, list: string): AsyncGenerator<SourceAsset> {
  try {
    const first = `${list}?metadata=true&order=path&page_size=1000`;
    yield* inOrder(listedItems(api, first), AT_ONCE, (item) => wholeAsset(api, list, item));
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
    async readAssets({ folder }) {
      const list = `${versionAddress(folder)}assets/`;
      return { path: list, items: assetsOf(api, list) };
    },
  };
}
