// References as kerchunk writes them (version 1), for fsspec's `reference` file system and Zarr.
// https://fsspec.github.io/kerchunk/spec.html

import type { DataTree, TreeDataset } from '../data-tree/data-tree.ts';
import { base64 } from '../text/base64.ts';
import { attributesText } from './attributes-text.ts';
import type { ChunkTable } from './chunk-table.ts';
import { flatValues, textBytes } from './element-bytes.ts';
import {
  arrayReferences,
  keyOf,
  zarrayText,
  type ArrayReferences,
  type References,
} from './zarr-references.ts';

const GROUP = JSON.stringify({ zarr_format: 2 });

/** Texts of any length, which are in the tree if they are few. */
function textReferences({ type, shape, value }: TreeDataset): ArrayReferences | undefined {
  if (type !== 'string' || shape === null || value === undefined) return undefined;
  const texts = flatValues(value);
  if (!texts.every((one) => typeof one === 'string')) return undefined;
  const key = shape.length === 0 ? '0' : shape.map(() => 0).join('.');
  const chunks = shape.map((length) => Math.max(1, length));
  return {
    array: { shape, chunks, dtype: '|O', filters: [{ id: 'vlen-utf8' }] },
    chunks: new Map(texts.length === 0 ? [] : [[key, `base64:${base64(textBytes(texts))}`]]),
  };
}

/**
 * The references of a file at an address. What Zarr cannot represent, or the tree does not have, is left out, and named
 * in `.zattrs` of the root as `_OMITTED`: links, compound types, filters that Zarr has no codec for, long lists of texts.
 */
export function kerchunkReferences(
  tree: DataTree,
  tables: ReadonlyMap<string, ChunkTable>,
  url: string,
): { version: 1; refs: References } {
  const refs: References = {};
  const omitted: string[] = [];
  for (const object of tree.objects) {
    const key = keyOf(object.path);
    if (object.kind === 'group') {
      refs[`${key}.zgroup`] = GROUP;
    } else if (object.kind === 'dataset') {
      const found = arrayReferences(object, tables.get(object.path), url) ?? textReferences(object);
      if (found === undefined) {
        omitted.push(object.path);
        continue;
      }
      refs[`${key}.zarray`] = zarrayText(found.array);
      for (const [chunk, reference] of found.chunks) refs[key + chunk] = reference;
    } else {
      omitted.push(object.path);
      continue;
    }
    if (object.attributes !== undefined)
      refs[`${key}.zattrs`] = attributesText(object.attributes, object.attributeTypes);
  }
  if (omitted.length > 0) {
    const root = tree.objects.find(({ path }) => path === '/');
    refs['.zattrs'] = attributesText(
      { ...root?.attributes, _OMITTED: omitted },
      root?.attributeTypes,
    );
  }
  return { version: 1, refs };
}
