// What a program can add to the API's documents: assets by path, pattern and folder, one asset, and the files
// of a Zarr. Static hosts have only the documents (docs/decisions/0007).

import {
  globTest,
  pathEntries,
  withPathPrefix,
  type ListedAsset,
} from '../../core/api/asset-queries.ts';
import { parseJson } from '../../core/json/json-text.ts';
import { isBlobKey } from '../../core/records/asset.ts';
import { apiListPages, readDocument } from './api-lists.ts';
import type { ServedFolder } from './served-folder.ts';

/** Where a request is redirected, or the JSON that answers it; 404 for what does not exist. */
export type ApiAnswer = { store: string[] } | { json: string } | 'absent';

/** The query of a request, and the address at which the site was requested. */
export interface ApiQuery {
  query: URLSearchParams;
  here: string;
}

export interface ApiFolders {
  dist: ServedFolder;
  storage: ServedFolder | undefined;
}

const asList = (results: readonly unknown[]): ApiAnswer => ({
  json: JSON.stringify({ count: results.length, next: null, previous: null, results }),
});

async function allAssets(dist: ServedFolder, list: readonly string[]): Promise<ListedAsset[]> {
  const assets: ListedAsset[] = [];
  for await (const page of apiListPages(dist, list)) assets.push(...page);
  return assets;
}

/** The assets of a version that a query selects; undefined if it selects in none of these forms. */
async function queriedAssets(
  dist: ServedFolder,
  list: readonly string[],
  query: URLSearchParams,
): Promise<ApiAnswer | undefined> {
  const prefix = query.get('path');
  const glob = query.get('glob');
  if (prefix === null && glob === null) return undefined;
  const matches = glob === null ? (): boolean => true : globTest(glob);
  const found: ListedAsset[] = [];
  for await (const page of apiListPages(dist, list)) {
    found.push(...page.filter(({ path }) => path.startsWith(prefix ?? '') && matches(path)));
  }
  return asList(prefix === null ? found : withPathPrefix(found, prefix));
}

async function folderEntries(
  dist: ServedFolder,
  version: readonly string[],
  folder: string,
  here: string,
): Promise<ApiAnswer> {
  const assets = await allAssets(dist, [...version, 'assets']);
  const entries = pathEntries(assets, folder);
  if (entries.length === 0) return 'absent';
  return asList(
    entries.map(({ asset_id, ...sums }) => ({
      ...sums,
      version: version.at(-1),
      asset:
        asset_id === undefined
          ? null
          : { asset_id, url: `${here}api/assets/${asset_id}/download/` },
    })),
  );
}

/** One asset of a version, by its `asset_id`. */
async function oneAsset(
  dist: ServedFolder,
  list: readonly string[],
  rest: readonly string[],
): Promise<ApiAnswer> {
  const isInfo = rest.at(-1) === 'info';
  const id = (isInfo ? rest.slice(0, -1) : rest).join('/');
  for await (const page of apiListPages(dist, list)) {
    const found = page.find(({ asset_id }) => asset_id === id) as
      (ListedAsset & { metadata?: unknown }) | undefined;
    if (found !== undefined) return { json: JSON.stringify(isInfo ? found : found.metadata) };
  }
  return 'absent';
}

/** The files of a Zarr as its list in the store has them. */
async function zarrFiles(
  storage: ServedFolder | undefined,
  zarr: string,
  query: URLSearchParams,
): Promise<ApiAnswer> {
  const prefix = query.get('prefix') ?? '';
  if (query.get('download') === 'true') return { store: ['zarr', zarr, ...prefix.split('/')] };
  const list = await storage?.open(['zarr', `${zarr}.json`]);
  if (list === undefined || list === 'folder') return 'absent';
  const text = await list.handle.readFile('utf8').finally(() => list.handle.close());
  const parsed = parseJson(text);
  if (!parsed.ok || !Array.isArray(parsed.value)) return 'absent';
  const modified = list.modified.toISOString();
  return asList(
    parsed.value
      .filter((row) => Array.isArray(row))
      .filter(([key]) => typeof key === 'string' && key.startsWith(prefix))
      .map(([Key, Size, ETag]) => ({ Key, LastModified: modified, ETag, Size })),
  );
}

/** The response to a request below `/api/`; undefined if the document at its address is the response. */
export async function apiAnswer(
  { dist, storage }: ApiFolders,
  names: readonly string[],
  { query, here }: ApiQuery,
): Promise<ApiAnswer | undefined> {
  const [, first, second = '', third, , fifth] = names;
  if (first === 'zarr' && third === 'files' && names.length === 4) {
    return isBlobKey(second) ? zarrFiles(storage, second, query) : 'absent';
  }
  if (first === 'schemas' && names.length === 2) {
    const model = query.get('model') ?? '';
    const json = await readDocument(dist, ['api', 'schemas', `${model}.json`]);
    return json === undefined ? 'absent' : { json };
  }
  if (first !== 'dandisets' || third !== 'versions' || fifth !== 'assets') return undefined;
  const version = names.slice(0, 5);
  const list = names.slice(0, 6);
  const rest = names.slice(6);
  if (rest.length === 0) return queriedAssets(dist, list, query);
  if (rest[0] === 'paths') {
    const folder = query.get('path_prefix');
    return folder === null ? undefined : folderEntries(dist, version, folder, here);
  }
  return /^page-\d+$/.test(rest[0] ?? '') ? undefined : oneAsset(dist, list, rest);
}
