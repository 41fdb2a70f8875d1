// The datasets of a file without neurodata types: plain HDF5, MATLAB's files, a plain Zarr.

import type { DataTree, TreeDataset } from '../data-tree/data-tree.ts';
import type { RecordedObject } from './file-contents.ts';
import { nameInTree, sizesOf, type TreeReader } from './tree-reader.ts';

/** Datasets that are listed; of more, the largest. */
export const MOST_ARRAYS = 200;
const UNIT_NAMES = ['unit', 'units', 'Unit', 'Units', 'UNITS'];
const DESCRIPTION_NAMES = ['description', 'long_name', 'comment'];
const MOST_DIMENSIONS = 32;

function firstText(
  reader: TreeReader,
  object: TreeDataset,
  names: readonly string[],
): string | undefined {
  return names.map((name) => reader.attributeText(object, name)).find((text) => text !== undefined);
}

/** The datasets with at least one dimension, in the order of the tree, and how many there are of them. */
export function plainArrays(
  tree: Pick<DataTree, 'objects'>,
  reader: TreeReader,
  isListed: (dataset: TreeDataset) => boolean = () => true,
): { arrays: RecordedObject[]; count: number } {
  const found: { dataset: TreeDataset; size: number; at: number }[] = [];
  let count = 0;
  for (const [at, dataset] of tree.objects.entries()) {
    const sizes = sizesOf(dataset);
    if (dataset.kind !== 'dataset' || sizes === undefined || sizes.length === 0) continue;
    if (!isListed(dataset)) continue;
    count += 1;
    found.push({ dataset, size: sizes.reduce((product, one) => product * one, 1), at });
    // The smaller half goes now and then, so that a million datasets need no more memory than a few hundred.
    if (found.length >= 2 * MOST_ARRAYS) {
      found.sort((a, b) => b.size - a.size || a.at - b.at);
      found.length = MOST_ARRAYS;
    }
  }
  found.sort((a, b) => b.size - a.size || a.at - b.at);
  const listed = found.slice(0, MOST_ARRAYS).sort((a, b) => a.at - b.at);
  const arrays = listed.map(({ dataset }): RecordedObject => {
    const unit = firstText(reader, dataset, UNIT_NAMES);
    const description = firstText(reader, dataset, DESCRIPTION_NAMES);
    return {
      path: dataset.path,
      name: nameInTree(dataset.path),
      extends: [],
      ...(description === undefined ? {} : { description }),
      ...(unit === undefined ? {} : { unit }),
      shape: (sizesOf(dataset) ?? []).slice(0, MOST_DIMENSIONS),
      regions: [],
      devices: [],
      externalFiles: [],
    };
  });
  return { arrays, count };
}
