// What a program can add to the API's documents: queries, single assets, and the files of a Zarr. Static hosts
// have only the documents (docs/decisions/0007).

import { parseJson } from '../../core/json/json-text.ts';
import { isBlobKey } from '../../core/records/asset.ts';
import { NOT_FOUND, type ApiAnswer, type ApiFolders, type ApiQuery } from './api-answer.ts';
import { anyAsset, oneAsset, queriedAssets, queriedFolder } from './api-asset-routes.ts';
import { queriedDandisets, queriedVersions } from './api-dandiset-routes.ts';
import { readDocument } from './api-lists.ts';
import type { ServedFolder } from './served-folder.ts';

/** The files of a Zarr as its list in the store has them. */
async function zarrFiles(
  storage: ServedFolder | undefined,
  zarr: string,
  query: URLSearchParams,
): Promise<ApiAnswer> {
  const prefix = query.get('prefix') ?? '';
  if (query.get('download') === 'true') return { store: ['zarr', zarr, ...prefix.split('/')] };
  const list = await storage?.open(['zarr', `${zarr}.json`]);
  if (list === undefined || list === 'folder') return NOT_FOUND;
  const text = await list.handle.readFile('utf8').finally(() => list.handle.close());
  const parsed = parseJson(text);
  if (!parsed.ok || !Array.isArray(parsed.value)) return NOT_FOUND;
  const LastModified = list.modified.toISOString();
  const results = parsed.value
    .filter((row) => Array.isArray(row))
    .filter(([key]) => typeof key === 'string' && key.startsWith(prefix))
    .map(([Key, Size, ETag]) => ({ Key, LastModified, ETag, Size }));
  const page = { count: results.length, next: null, previous: null, results };
  return { json: JSON.stringify(page) };
}

/** The response to a request below `/api/`; undefined if the document at its address is the response. */
export async function apiAnswer(
  folders: ApiFolders,
  request: ApiQuery,
): Promise<ApiAnswer | undefined> {
  const { names, query } = request;
  const { dist, storage } = folders;
  const [, first, second = '', third, , fifth] = names;
  if (first === 'zarr' && third === 'files' && names.length === 4) {
    return isBlobKey(second) ? zarrFiles(storage, second, query) : NOT_FOUND;
  }
  if (first === 'schemas' && names.length === 2) {
    const model = query.get('model') ?? '';
    const json = await readDocument(dist, ['api', 'schemas', `${model}.json`]);
    return json === undefined ? NOT_FOUND : { json };
  }
  if (first === 'assets' && names.length > 2) return anyAsset(folders, request);
  if (first !== 'dandisets') return undefined;
  if (names.length === 2) return queriedDandisets(dist, request);
  if (third !== 'versions') return undefined;
  if (names.length === 4) return queriedVersions(dist, request);
  if (fifth !== 'assets') return undefined;
  const rest = names.slice(6);
  if (rest.length === 0) return queriedAssets(folders, request);
  if (rest[0] === 'paths' && rest.length === 1) return queriedFolder(folders, request);
  if (/^page-\d+$/.test(rest[0] ?? '')) return undefined;
  return oneAsset(folders, names.slice(0, 6), rest, query);
}
