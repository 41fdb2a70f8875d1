// DANDI's own API: the record of a version is one document, its assets are a list in pages that
// holds their metadata where it is asked to.

import { member, textMember } from '../../core/json/json-text.ts';
import { listVersions, AT_ONCE, followedIn, type HttpApi } from './http-api-list.ts';
import { getJson, listedItems, type ListedItem } from './http-json.ts';
import { inOrder } from './in-order.ts';
import type { RecordSource, SourceAsset } from './record-source.ts';
import type { DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { BrokenFile, problemOf } from './source-files.ts';

/** The item with its metadata, fetched where the list does not hold it. */
async function wholeAsset(
  { reader }: HttpApi,
  list: string,
  { text, value, address, pointer }: ListedItem,
): Promise<SourceAsset> {
  const place = { path: address, pointer };
  const id = textMember(value, 'asset_id');
  if (id === undefined || member(value, 'metadata') !== undefined) return { ok: true, text, place };
  const own = `${list}${encodeURIComponent(id)}/`;
  const document = await getJson(reader, own);
  if (document === undefined)
    throw new BrokenFile('source-missing-file', 'is missing', { place: own });
  const isEmpty = Object.keys(value as object).length === 0;
  const opening = text.slice(0, text.lastIndexOf('}'));
  return { ok: true, text: `${opening}${isEmpty ? '' : ','}"metadata":${document.text}}`, place };
}

async function* assetsOf(api: HttpApi, list: string): AsyncGenerator<SourceAsset> {
  try {
    const first = `${list}?metadata=true&order=path&page_size=1000`;
    const items = listedItems(api.reader, first, (next) => followedIn(api, next));
    yield* inOrder(items, AT_ONCE, (item) => wholeAsset(api, list, item));
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
    list: (reporter) => listVersions(api, only, reporter),
    async readRecord({ folder }) {
      const address = versionAddress(folder);
      try {
        const document = await getJson(api.reader, address);
        if (document !== undefined) return { ok: true, path: address, text: document.text };
        throw new BrokenFile('source-missing-file', 'is missing');
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
