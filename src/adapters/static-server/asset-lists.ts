// What queries look at of the assets in the API's lists, remembered as long as the documents stay the same.

import type { ListedAsset } from '../../core/api/asset-queries.ts';
import { countMember, listMember, member, textMember } from '../../core/json/json-text.ts';
import { apiListPages, pageOfList, type ItemPlace } from './api-lists.ts';
import type { ServedFolder } from './served-folder.ts';

/** An asset in a list: what queries look at, and where its item is. */
export interface IndexedAsset extends ListedAsset {
  /** The UUID in its metadata, by which papers and DANDI's addresses name it. */
  identifier: string | undefined;
  isZarr: boolean;
  created: number;
  modified: number;
  place: ItemPlace;
}

/** A longer memory would cost more than reading the lists again: some 100 MB. */
const MAX_REMEMBERED = 300_000;

interface Remembered {
  /** A validator of each document of the list. */
  etags: string[];
  assets: IndexedAsset[];
}

async function etagOf(dist: ServedFolder, names: readonly string[]): Promise<string | undefined> {
  const file = await dist.open(names);
  if (file === undefined || file === 'folder') return undefined;
  await file.handle.close();
  return file.etag;
}

function indexedAsset(item: unknown, place: ItemPlace): IndexedAsset {
  const metadata = member(item, 'metadata');
  const time = (name: string): number => Date.parse(textMember(item, name) ?? '') || 0;
  return {
    asset_id: textMember(item, 'asset_id') ?? '',
    path: textMember(item, 'path') ?? '',
    size: countMember(item, 'size') ?? 0,
    identifier: textMember(metadata, 'identifier'),
    isZarr: textMember(item, 'zarr') !== undefined,
    created: time('created'),
    modified: time('modified'),
    place,
  };
}

/** The lists of assets of a served site. */
export class AssetLists {
  readonly #dist: ServedFolder;
  /** In the order of their last use. */
  readonly #remembered = new Map<string, Remembered>();

  constructor(dist: ServedFolder) {
    this.#dist = dist;
  }

  /** The assets of a list, in its order, read anew; none if there is no such list. */
  async *read(list: readonly string[]): AsyncGenerator<IndexedAsset> {
    let page = 0;
    for await (const document of apiListPages(this.#dist, list)) {
      page += 1;
      for (const [at, item] of listMember(document, 'results').entries())
        yield indexedAsset(item, { page, at });
    }
  }

  /** The assets of a list, in its order; undefined if there is no such list. */
  async of(list: readonly string[]): Promise<IndexedAsset[] | undefined> {
    const name = list.join('/');
    const before = this.#remembered.get(name);
    this.#remembered.delete(name);
    if (before !== undefined && (await this.#isCurrent(list, before))) {
      this.#remembered.set(name, before);
      return before.assets;
    }
    // Taken first: a list that changes meanwhile is read again the next time.
    const first = await etagOf(this.#dist, pageOfList(list, 1));
    if (first === undefined) return undefined;
    const etags = [first];
    const assets: IndexedAsset[] = [];
    for await (const asset of this.read(list)) {
      for (; etags.length < asset.place.page;) {
        etags.push((await etagOf(this.#dist, pageOfList(list, etags.length + 1))) ?? '');
      }
      assets.push(asset);
    }
    this.#remembered.set(name, { etags, assets });
    this.#forget();
    return assets;
  }

  async #isCurrent(list: readonly string[], { etags }: Remembered): Promise<boolean> {
    for (const [index, etag] of etags.entries()) {
      if ((await etagOf(this.#dist, pageOfList(list, index + 1))) !== etag) return false;
    }
    return true;
  }

  #forget(): void {
    let count = [...this.#remembered.values()].reduce((sum, one) => sum + one.assets.length, 0);
    for (const [name, { assets }] of this.#remembered) {
      if (count <= MAX_REMEMBERED || this.#remembered.size === 1) return;
      this.#remembered.delete(name);
      count -= assets.length;
    }
  }
}
