// The assets of the whole archive by what they are known as: the UUID that papers hold and the key of their
// bytes. Lists are by version, so the first question reads all of them.

import { listItems, type ItemPlace } from './api-lists.ts';
import type { AssetLists, IndexedAsset } from './asset-lists.ts';
import { textMember } from '../../core/json/json-text.ts';
import { apiAssetId } from '../../core/records/asset.ts';
import type { ServedFolder } from './served-folder.ts';

/** An asset of the archive. */
export interface FoundAsset {
  /** The list of its version. */
  list: string[];
  place: ItemPlace;
}

/** A build writes these anew. */
const MARKS = [
  ['api', 'info', 'index.html'],
  ['api', 'dandisets', 'index.html'],
];

/** The key at the end of an `asset_id`, which is a path. */
function keyOfAssetId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/**
 * What an asset is asked for by, from the parts of an address: its UUID, the key of its bytes, or its
 * `asset_id`, which has the key behind two folders. Undefined for anything else.
 */
export function requestedAsset(parts: readonly string[]): string | undefined {
  const id = parts.at(-1);
  if (id === undefined || parts.length === 1) return id;
  return apiAssetId(id) === parts.join('/') ? id : undefined;
}

/** Finds one asset among those of a list: by its UUID, or by the key at the end of its `asset_id`. */
export function assetKnownAs(
  assets: readonly IndexedAsset[],
  id: string,
): IndexedAsset | undefined {
  return (
    assets.find(({ identifier }) => identifier === id) ??
    assets.find(({ asset_id }) => keyOfAssetId(asset_id) === id)
  );
}

interface Index {
  lists: string[][];
  /** What an asset is known as → the number of its list, and its place there. */
  byIdentifier: Map<string, [list: number, ItemPlace]>;
  byKey: Map<string, [list: number, ItemPlace]>;
}

/** Looks assets up in all lists of a served site. */
export class AssetLookup {
  readonly #dist: ServedFolder;
  readonly #lists: AssetLists;
  #mark = '';
  #index: Promise<Index> | undefined;

  constructor(dist: ServedFolder, lists: AssetLists) {
    this.#dist = dist;
    this.#lists = lists;
  }

  /** The asset known by this UUID or key; of several versions that have it, a published one. */
  async find(id: string): Promise<FoundAsset | undefined> {
    const mark = await this.#currentMark();
    if (this.#index === undefined || this.#mark !== mark) {
      this.#mark = mark;
      this.#index = this.#made();
      // A build may be writing: the next question tries again.
      this.#index.catch(() => (this.#index = undefined));
    }
    const { lists, byIdentifier, byKey } = await this.#index;
    const [list = -1, place] = byIdentifier.get(id) ?? byKey.get(id) ?? [];
    const names = lists[list];
    return names === undefined || place === undefined ? undefined : { list: names, place };
  }

  async #currentMark(): Promise<string> {
    const etags: string[] = [];
    for (const names of MARKS) {
      const file = await this.#dist.open(names);
      if (file === undefined || file === 'folder') continue;
      await file.handle.close();
      etags.push(file.etag);
    }
    return etags.join();
  }

  async #made(): Promise<Index> {
    const index: Index = { lists: [], byIdentifier: new Map(), byKey: new Map() };
    const versions = ['api', 'dandisets'];
    const drafts: string[][] = [];
    for (const dandiset of (await listItems(this.#dist, versions)) ?? []) {
      const ofDandiset = [...versions, textMember(dandiset, 'identifier') ?? '', 'versions'];
      for (const item of (await listItems(this.#dist, ofDandiset)) ?? []) {
        const version = textMember(item, 'version') ?? '';
        (version === 'draft' ? drafts : index.lists).push([...ofDandiset, version, 'assets']);
      }
    }
    // A draft may change; published versions come first and stay.
    index.lists.push(...drafts);
    for (const [number, list] of index.lists.entries()) {
      for await (const { identifier, asset_id, place } of this.#lists.read(list)) {
        const key = keyOfAssetId(asset_id);
        if (!index.byKey.has(key)) index.byKey.set(key, [number, place]);
        if (identifier !== undefined && !index.byIdentifier.has(identifier))
          index.byIdentifier.set(identifier, [number, place]);
      }
    }
    return index;
  }
}
