// The specifications that an NWB file keeps.

import { specifiedTypes, type KeptNamespace } from '../../core/data-tree/specified-types.ts';
import type { DataTree } from '../../core/data-tree/data-tree.ts';
import { decodeElements } from './decode-elements.ts';
import { HDF5_CLASS, HDF5_OBJECT } from './hdf5-library.ts';
import { Hdf5Problem } from './hdf5-problem.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';
import { childPath, memberNames, SPECIFICATIONS } from './list-hdf5-objects.ts';
import { readElements } from './read-elements.ts';

const MOST_NAMES = 100;
/** Of all texts together; those of NWB itself are 0.5 MB. */
const MOST_TEXT = 16 * 1024 * 1024;

interface TextBudget {
  left: number;
}

function textAt(reader: Hdf5Reader, path: string, budget: TextBudget): string | undefined {
  const meta = reader.call((library, file) => library.get_dataset_metadata(file, path));
  if (meta.type !== HDF5_CLASS.string || meta.total_size !== 1 || meta.shape === null)
    return undefined;
  const filters = reader
    .call((library, file) => library.get_dataset_filters(file, path))
    .map(({ id, name }) => ({ id, name }));
  const ranges = meta.shape.map((length) => [0, length] as const);
  const value = readElements(
    reader,
    { path, meta, filters },
    ranges,
    budget.left,
    (memory, at, count) =>
      decodeElements(memory, at, count, meta, { reference: () => null, budget: budget.left })[0],
  );
  if (typeof value !== 'string') return undefined;
  budget.left -= value.length;
  return value;
}

function isA(reader: Hdf5Reader, path: string, type: number): boolean {
  return reader.call((library, file) => library.get_type(file, path)) === type;
}

function readable<Value>(work: () => Value, otherwise: Value): Value {
  try {
    return work();
  } catch (error) {
    if (error instanceof Hdf5Problem) return otherwise;
    throw error;
  }
}

function namesAt(reader: Hdf5Reader, path: string): string[] {
  return readable(() => {
    if (!isA(reader, path, HDF5_OBJECT.group)) return [];
    return memberNames(reader, path).slice(0, MOST_NAMES);
  }, []);
}

/** Types and versions as the file itself states them; empty if it has none. @throws ArchiveError */
export function readSpecifications(reader: Hdf5Reader): Pick<DataTree, 'namespaces' | 'types'> {
  const budget: TextBudget = { left: MOST_TEXT };
  const kept: KeptNamespace[] = [];
  for (const namespace of namesAt(reader, SPECIFICATIONS)) {
    const folder = childPath(SPECIFICATIONS, namespace);
    for (const version of namesAt(reader, folder)) {
      const texts = new Map<string, string>();
      const place = childPath(folder, version);
      for (const name of namesAt(reader, place)) {
        const text = readable(() => textAt(reader, childPath(place, name), budget), undefined);
        if (text !== undefined) texts.set(name, text);
      }
      kept.push({ namespace, version, texts });
    }
  }
  return specifiedTypes(kept);
}
