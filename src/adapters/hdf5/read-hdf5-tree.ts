// The tree of an HDF5 file: its objects with attributes, small values and the beginnings of tables.

import type {
  DataTree,
  ElementType,
  TreeDataset,
  TreeGroup,
  TreeObject,
  TreeValue,
} from '../../core/data-tree/data-tree.ts';
import { nestedValue } from '../../core/data-tree/tree-number.ts';
import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import { saysRate, saysWhere } from '../../core/nwb/wanted-values.ts';
import { formatCount } from '../../core/text/format.ts';
import { decodeElements, type DecodeContext } from './decode-elements.ts';
import { elementTypeOf, hasOuterParts } from './element-types.ts';
import { filtersOf } from './hdf5-filters.ts';
import { HDF5_CLASS, type DataMetadata } from './hdf5-library.ts';
import { Hdf5Problem } from './hdf5-problem.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';
import {
  LIST_LIMITS,
  listHdf5Objects,
  SPECIFICATIONS,
  type FoundObject,
  type ListLimits,
  type ObjectList,
} from './list-hdf5-objects.ts';
import { readAttribute, readElements, type Ranges, type ReadableDataset } from './read-elements.ts';
import { readSpecifications } from './read-specifications.ts';
import { readableHeader, storageOf } from './read-storage.ts';

export interface TreeLimits extends ListLimits {
  /** Attributes of one object. */
  attributes: number;
  /** Bytes of one attribute. */
  attribute: number;
  /** Bytes of a value that is shown whole; outside of tables also at most 64 elements. */
  value: number;
  /** The same for values that say where something was recorded. */
  place: number;
  /** Rows at the beginning of a table. */
  rows: number;
  /** Bytes that may have to be decompressed for the beginning of a table. */
  headChunk: number;
  /** Characters of all attributes and values as JSON. */
  total: number;
}

export const TREE_LIMITS: TreeLimits = {
  ...LIST_LIMITS,
  attributes: 1000,
  attribute: 64 * 1024,
  value: 2048,
  place: 64 * 1024,
  rows: 20,
  headChunk: 1024 * 1024,
  total: 32 * 1024 * 1024,
};

/** NWB's reference to the specifications, which are not among the objects. */
const SPECIFICATIONS_REFERENCE = '.specloc';
const NUMBERS: readonly number[] = [HDF5_CLASS.integer, HDF5_CLASS.bitfield, HDF5_CLASS.float];
/** Elements of a dataset that is no part of a table and is shown whole. */
const FEW = 64;
/** What an element with parts outside of its own bytes is reckoned as. */
const OUTER_BYTES = 16;

class TreeReading {
  readonly omitted: Set<string>;
  readonly #reader: Hdf5Reader;
  readonly #list: ObjectList;
  readonly #limits: TreeLimits;
  /** Paths of groups whose members are columns of a table. */
  readonly #tables = new Set<string>();
  #left: number;

  constructor(reader: Hdf5Reader, list: ObjectList, limits: TreeLimits) {
    this.#reader = reader;
    this.#list = list;
    this.#limits = limits;
    this.#left = limits.total;
    this.omitted = new Set(list.omitted);
  }

  #context(budget: number): DecodeContext {
    const { paths } = this.#list;
    return {
      budget,
      reference: (address) => {
        const path = paths.get(address);
        return path === undefined
          ? { omitted: 'A reference to an object that is not listed.' }
          : { ref: path };
      },
    };
  }

  /** The value if there is still room for it. */
  #fitting<Value extends TreeValue>(value: Value): Value | undefined {
    if (this.#left <= 0) return undefined;
    this.#left -= JSON.stringify(value).length;
    if (this.#left > 0) return value;
    this.omitted.add('Some attributes and values are left out, because there are very many.');
    return undefined;
  }

  #attribute(path: string, name: string): { value: TreeValue; type?: ElementType } {
    const limit = this.#limits.attribute;
    try {
      const meta = this.#reader.call((library, file) =>
        library.get_attribute_metadata(file, path, name),
      );
      const { shape } = meta;
      if (shape === null) return { value: null };
      const value = readAttribute(
        this.#reader,
        [path, name, meta],
        limit,
        (memory, address, count) =>
          nestedValue(decodeElements(memory, address, count, meta, this.#context(limit)), shape),
      );
      return NUMBERS.includes(meta.type) ? { value, type: elementTypeOf(meta) } : { value };
    } catch (error) {
      if (error instanceof Hdf5Problem) return { value: { omitted: error.message } };
      throw error;
    }
  }

  #attributes(path: string): Pick<TreeGroup, 'attributes' | 'attributeTypes'> {
    const names = this.#reader
      .call((library, file) => library.get_attribute_names(file, path))
      .filter((name) => path !== '/' || name !== SPECIFICATIONS_REFERENCE)
      .sort(compareUtf8);
    if (names.length > this.#limits.attributes)
      this.omitted.add(
        `Of objects with more than ${formatCount(this.#limits.attributes)} attributes, only so many are read.`,
      );
    const entries: [string, TreeValue][] = [];
    const types: [string, ElementType][] = [];
    for (const name of names.slice(0, this.#limits.attributes)) {
      if (name.length > this.#limits.path) {
        this.omitted.add('Attributes with very long names are left out.');
        continue;
      }
      const { value, type } = this.#attribute(path, name);
      const fitting = this.#fitting(value);
      if (fitting === undefined) continue;
      entries.push([name, fitting]);
      if (type !== undefined) types.push([name, type]);
    }
    // Not by assignment: an attribute may be named `__proto__`.
    return {
      ...(entries.length === 0 ? {} : { attributes: Object.fromEntries(entries) }),
      ...(types.length === 0 ? {} : { attributeTypes: Object.fromEntries(types) }),
    };
  }

  #read(dataset: ReadableDataset, ranges: Ranges): TreeValue {
    const { meta } = dataset;
    const shape = ranges.map(([from, to]) => to - from);
    return readElements(
      this.#reader,
      dataset,
      ranges,
      this.#limits.headChunk,
      (memory, address, count) =>
        nestedValue(
          decodeElements(memory, address, count, meta, this.#context(this.#limits.attribute)),
          shape,
        ),
    );
  }

  /** All of it, if it is small; the first rows, if it belongs to a table. */
  #values(
    dataset: ReadableDataset,
    attributes: TreeDataset['attributes'],
  ): Pick<TreeDataset, 'value' | 'head'> {
    const { meta, path } = dataset;
    const { shape } = meta;
    if (shape === null) return {};
    const element = hasOuterParts(meta) ? Math.max(OUTER_BYTES, meta.size) : meta.size;
    const chunkBytes = (meta.chunks ?? [0]).reduce((all, one) => all * one, meta.size);
    if (chunkBytes > this.#limits.headChunk) return {};
    const whole = shape.map((length) => [0, length] as const);
    const isTable =
      meta.type === HDF5_CLASS.compound ||
      saysRate(path) ||
      this.#tables.has(path.slice(0, path.lastIndexOf('/')) || '/');
    // Of hundreds of short recordings, values would be most of an index.
    const few = isTable || meta.total_size <= FEW ? this.#limits.value : 0;
    const most = saysWhere(path, attributes) ? this.#limits.place : few;
    if (meta.total_size * element <= most) {
      const value = this.#read(dataset, whole);
      if (JSON.stringify(value).length <= 2 * most) {
        const fitting = this.#fitting(value);
        return fitting === undefined ? {} : { value: fitting };
      }
    }
    const [length, ...others] = shape;
    if (!isTable || length === undefined) return {};
    const rowBytes = others.reduce((all, one) => all * one, element);
    const rows = Math.min(
      length,
      this.#limits.rows,
      Math.floor((2 * this.#limits.value) / Math.max(1, rowBytes)),
    );
    if (rows === 0) return {};
    const head = this.#read(dataset, [[0, rows], ...whole.slice(1)]);
    const fitting = this.#fitting(head);
    return Array.isArray(fitting) ? { head: fitting as readonly TreeValue[] } : {};
  }

  #dataset(found: FoundObject): TreeDataset | TreeObject {
    const { path } = found;
    const reader = this.#reader;
    let meta: DataMetadata;
    try {
      meta = reader.call((library, file) => library.get_dataset_metadata(file, path));
    } catch (error) {
      if (!(error instanceof Hdf5Problem)) throw error;
      return { kind: 'unreadable', path, problem: error.message };
    }
    const problems: string[] = [];
    const attempt = <Part extends object>(work: () => Part): Part | Record<string, never> => {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof Hdf5Problem)) throw error;
        problems.push(error.message);
        return {};
      }
    };
    const attributes = attempt(() => this.#attributes(path));
    const { filters = [] } = attempt(() => ({ filters: filtersOf(reader, path) }));
    const header = readableHeader(reader, found.address);
    const storage = storageOf(reader, header, meta, filters);
    if (header?.unusual !== undefined) problems.push(header.unusual);
    const values =
      problems.length > 0
        ? {}
        : attempt(() => this.#values({ path, meta, filters }, attributes.attributes));
    return {
      kind: 'dataset',
      path,
      type: elementTypeOf(meta),
      shape: meta.shape === null ? null : [...meta.shape],
      storage,
      ...attributes,
      ...values,
      ...(problems[0] === undefined ? {} : { problem: problems[0] }),
    };
  }

  #group({ path, problem }: FoundObject): TreeGroup {
    try {
      const attributes = this.#attributes(path);
      if (Object.hasOwn(attributes.attributes ?? {}, 'colnames')) this.#tables.add(path);
      return { kind: 'group', path, ...attributes, ...(problem === undefined ? {} : { problem }) };
    } catch (error) {
      if (!(error instanceof Hdf5Problem)) throw error;
      return { kind: 'group', path, problem: problem ?? error.message };
    }
  }

  objects(): TreeObject[] {
    return this.#list.objects.map((found) => {
      if (!('address' in found)) return found;
      return found.kind === 'group' ? this.#group(found) : this.#dataset(found);
    });
  }
}

/**
 * All that is known of a file without reading its data.
 *
 * @throws ArchiveError if the bytes of the file cannot be read; what is damaged in the file is part of the tree
 */
export function readHdf5Tree(reader: Hdf5Reader, limits: Partial<TreeLimits> = {}): DataTree {
  const all = { ...TREE_LIMITS, ...limits };
  const list = listHdf5Objects(reader, all);
  const reading = new TreeReading(reader, list, all);
  const objects = reading.objects();
  const isNwb = [...list.paths.values()].includes(SPECIFICATIONS);
  const specified = isNwb ? readSpecifications(reader) : { namespaces: {}, types: {} };
  return { format: 'hdf5', objects, ...specified, omitted: [...reading.omitted] };
}
