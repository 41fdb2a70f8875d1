// Queries on the assets of a version, and single assets of a version or of the archive.

import { globTest, pathEntries, withPathPrefix } from '../../core/api/asset-queries.ts';
import { flagOf } from '../../core/api/dandiset-queries.ts';
import { inListOrder, requestedOrder } from '../../core/api/list-order.ts';
import { memberTexts } from '../../core/json/member-texts.ts';
import { objectText } from '../../core/json/object-text.ts';
import { parseAssetLine } from '../../core/records/asset-list.ts';
import { blobKeyPath, placeOfBytes } from '../../core/records/asset.ts';
import {
  NOT_FOUND,
  pageAnswer,
  pageOfItems,
  apiRefusal,
  type ApiAnswer,
  type ApiFolders,
  type ApiQuery,
} from './api-answer.ts';
import { itemTexts, listHead, placesBetween, type ItemPlace } from './api-lists.ts';
import type { IndexedAsset } from './asset-lists.ts';
import { assetKnownAs, requestedAsset } from './asset-lookup.ts';

const SELECTING = ['path', 'glob', 'zarr', 'order', 'ordering'];
const PAGING = ['page', 'page_size', 'metadata'];
const ORDERS = ['path', 'created', 'modified'] as const;

/** The assets that a query selects, in its order. */
function selectedAssets(assets: readonly IndexedAsset[], query: URLSearchParams): IndexedAsset[] {
  const prefix = query.get('path');
  const glob = query.get('glob');
  const matches = glob === null ? (): boolean => true : globTest(glob);
  const zarrAlone = flagOf(query, 'zarr') === true;
  const found = assets.filter(({ path, isZarr }) => (isZarr || !zarrAlone) && matches(path));
  const wanted = prefix === null ? found : withPathPrefix(found, prefix);
  const order = requestedOrder(query, ORDERS);
  if (order === undefined) return wanted;
  // The list is in the order of paths.
  if (order.field === 'path') return order.descending ? wanted.reverse() : wanted;
  const { field } = order;
  return inListOrder(wanted, order.descending, (asset) => asset[field]);
}

/** `…/assets/?…`; undefined if the query asks for nothing but the list. */
export async function queriedAssets(
  { dist, lists }: ApiFolders,
  request: ApiQuery,
): Promise<ApiAnswer | undefined> {
  const { names, query } = request;
  const isSelecting = SELECTING.some((name) => query.has(name));
  if (!isSelecting && !PAGING.some((name) => query.has(name))) return undefined;
  const head = await listHead(dist, names);
  if (head === undefined) return NOT_FOUND;
  const withMetadata = flagOf(query, 'metadata') !== false;
  const textsAt = async (places: ItemPlace[]): Promise<string[]> => {
    const texts = await itemTexts(dist, names, places);
    if (withMetadata) return texts;
    return texts.map((text) =>
      objectText([...memberTexts(text)].filter(([name]) => name !== 'metadata')),
    );
  };
  if (!isSelecting) {
    return pageAnswer(request, head, ({ from, to }) => textsAt(placesBetween(from, to)));
  }
  const found = selectedAssets((await lists.of(names)) ?? [], query);
  return pageAnswer(request, { ...head, count: found.length }, ({ from, to }) =>
    textsAt(found.slice(from, to).map(({ place }) => place)),
  );
}

/** `…/assets/paths/?path_prefix=…`: a folder; undefined if the document of the top folder is the response. */
export async function queriedFolder(
  { dist, lists }: ApiFolders,
  request: ApiQuery,
): Promise<ApiAnswer | undefined> {
  const { names, query, here } = request;
  const list = names.slice(0, -1);
  const folder = query.get('path_prefix');
  const assets = await lists.of(list);
  if (assets === undefined) return NOT_FOUND;
  const isPlain = folder === null && !query.has('page') && !query.has('page_size');
  if (isPlain && (await listHead(dist, names)) !== undefined) return undefined;
  const entries = pathEntries(assets, folder ?? '');
  if (entries.length === 0 && (folder ?? '') !== '' && assets.length > 0) return NOT_FOUND;
  const items = entries.map(({ asset_id, ...sums }) => ({
    ...sums,
    version: list.at(-2),
    asset:
      asset_id === undefined ? null : { asset_id, url: `${here}api/assets/${asset_id}/download/` },
  }));
  const note = (await listHead(dist, list))?.note;
  return note === undefined
    ? pageOfItems(request, items)
    : pageAnswer(request, { count: 0, note }, () => []);
}

/** What is asked of one asset: `…/<id>/`, `…/<id>/info/` or `…/<id>/download/`. */
type AssetPart = 'metadata' | 'info' | 'download';

function splitParts(rest: readonly string[]): { id: string | undefined; part: AssetPart } {
  const last = rest.at(-1);
  const part = last === 'info' || last === 'download' ? last : 'metadata';
  return { id: requestedAsset(part === 'metadata' ? rest : rest.slice(0, -1)), part };
}

/** The response about an asset whose item is `text`. */
function answerAbout(text: string, part: AssetPart, query: URLSearchParams): ApiAnswer {
  if (part === 'info') return { json: text };
  if (part === 'metadata') return { json: memberTexts(text).get('metadata') ?? '{}' };
  const read = parseAssetLine(text);
  if (!read.ok) return NOT_FOUND;
  const { asset } = read;
  if (asset.zarr !== undefined) {
    return apiRefusal(400, 'A Zarr is many files: there is a list of them in the API.');
  }
  // Bytes in no store have no key; the list repeats the asset's own identifier in its place.
  const { blob, ...others } = asset;
  const place = placeOfBytes(blob === asset.assetId ? others : asset) ?? '';
  if (place.startsWith('https://')) return { address: place };
  const path = blobKeyPath(place);
  if (path === undefined) return NOT_FOUND;
  const name = asset.path.split('/').at(-1) ?? '';
  const disposition = query.get('content_disposition') === 'inline' ? 'inline' : 'attachment';
  return { store: path.split('/'), saveAs: { name, disposition } };
}

/** One asset of a version, by its UUID or the key of its bytes. */
export async function oneAsset(
  { dist, lists }: ApiFolders,
  list: readonly string[],
  rest: readonly string[],
  query: URLSearchParams,
): Promise<ApiAnswer> {
  const { id, part } = splitParts(rest);
  const assets = id === undefined ? undefined : await lists.of(list);
  const found = assets === undefined ? undefined : assetKnownAs(assets, id ?? '');
  if (found === undefined) return NOT_FOUND;
  const [text] = await itemTexts(dist, list, [found.place]);
  return text === undefined ? NOT_FOUND : answerAbout(text, part, query);
}

/** One asset of the archive, by its UUID or the key of its bytes: `/assets/<id>/…`. */
export async function anyAsset(
  { dist, lookup }: ApiFolders,
  { names, query }: ApiQuery,
): Promise<ApiAnswer> {
  const { id, part } = splitParts(names.slice(2));
  if (id === undefined) return NOT_FOUND;
  const key = blobKeyPath(id)?.split('/');
  // Every file that the client downloads is asked for by its key: no list has to be read for it. A UUID may
  // be the key of a blob as well as the name of an asset.
  const isKey = names.length > 4 || id.length === 64;
  if (part === 'download' && isKey && key !== undefined && !query.has('content_disposition')) {
    return { store: key };
  }
  const found = await lookup.find(id);
  if (found === undefined) {
    return part === 'download' && key !== undefined ? { store: key } : NOT_FOUND;
  }
  const [text] = await itemTexts(dist, found.list, [found.place]);
  if (text === undefined) return NOT_FOUND;
  const isPrivate = found.list.at(-2) === 'draft';
  return { ...answerAbout(text, part, query), isPrivate };
}
