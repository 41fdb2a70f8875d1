// Reading the API's lists from the built site, page by page, to answer queries.

import { isJsonObject, listMember, parseJson, textMember } from '../../core/json/json-text.ts';
import type { ListedAsset } from '../../core/api/asset-queries.ts';
import type { ServedFolder } from './served-folder.ts';

/** The text of a document of the API by the path segments of its address; undefined if there is none. */
export async function readDocument(
  dist: ServedFolder,
  names: readonly string[],
): Promise<string | undefined> {
  const file = await dist.open(names);
  if (file === undefined || file === 'folder') return undefined;
  return file.handle.readFile('utf8').finally(() => file.handle.close());
}

/** The items of a list, a page at a time; undefined if there is no such list. */
export async function* apiListPages(
  dist: ServedFolder,
  names: readonly string[],
): AsyncGenerator<ListedAsset[]> {
  for (let page = 1; ; page += 1) {
    const folder = page === 1 ? names : [...names, `page-${page}`];
    const text = await readDocument(dist, [...folder, 'index.html']);
    const parsed = text === undefined ? undefined : parseJson(text);
    if (parsed?.ok !== true) return;
    yield listMember(parsed.value, 'results').filter(isJsonObject) as unknown as ListedAsset[];
    if (textMember(parsed.value, 'next') === undefined) return;
  }
}
