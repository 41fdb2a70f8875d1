// References as LINDI reads them: those of kerchunk, with HDF5's links, references, scalars and compound types as
// attributes. https://github.com/NeurodataWithoutBorders/lindi

import type {
  DataTree,
  ElementType,
  TreeDataset,
  TreeObject,
  TreeValue,
} from '../data-tree/data-tree.ts';
import { attributesText } from './attributes-text.ts';
import type { ChunkTable } from './chunk-table.ts';
import { flatValues } from './element-bytes.ts';
import { arrayReferences, keyOf, zarrayText, type References } from './zarr-references.ts';

const GROUP = JSON.stringify({ zarr_format: 2 });
const JSON_CODEC = {
  id: 'json2',
  encoding: 'utf-8',
  allow_nan: true,
  check_circular: true,
  ensure_ascii: true,
  skipkeys: false,
  sort_keys: true,
  strict: true,
};

/** What of an object's attributes a reference names. */
type ObjectIds = ReadonlyMap<string, TreeValue>;

function idsOf(objects: readonly TreeObject[]): ObjectIds {
  return new Map(
    objects.flatMap(({ path, attributes }) => {
      const id =
        attributes !== undefined && Object.hasOwn(attributes, 'object_id')
          ? attributes['object_id']
          : undefined;
      return id === undefined ? [] : [[path, id] as const];
    }),
  );
}

/** A value with its references as LINDI writes them. */
function withReferences(value: TreeValue, ids: ObjectIds): TreeValue {
  if (Array.isArray(value))
    return (value as readonly TreeValue[]).map((one) => withReferences(one, ids));
  if (typeof value !== 'object' || value === null || !('ref' in value)) return value;
  const path = (value as { ref: TreeValue }).ref;
  if (typeof path !== 'string') return null;
  return {
    _REFERENCE: {
      object_id: ids.get(path) ?? null,
      path,
      source: '.',
      source_object_id: ids.get('/') ?? null,
    },
  };
}

/** What LINDI knows as an attribute: not one without a value, nor lists of references, nor what could not be read. */
function isKnown(value: TreeValue): boolean {
  if (Array.isArray(value))
    return (value as readonly TreeValue[]).every(
      (one) => typeof one !== 'object' || Array.isArray(one),
    );
  return typeof value !== 'object' || (value !== null && 'ref' in value);
}

/** An object's attributes with their references as LINDI writes them. */
function linkedAttributes(
  { attributes = {} }: TreeObject,
  ids: ObjectIds,
): Record<string, TreeValue> {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([, value]) => isKnown(value))
      .map(([name, value]) => [name, withReferences(value, ids)]),
  );
}

function fieldType(type: ElementType): string {
  if (type === 'reference') return '<REFERENCE>';
  if (type === 'string') return 'object';
  return typeof type === 'string' ? type : 'object';
}

/** Values that are in the tree and that Zarr alone has no type for: as JSON. */
function writtenValues(
  dataset: TreeDataset,
  ids: ObjectIds,
): { zarray: string; chunk?: string; key: string } | undefined {
  const { type, shape, value } = dataset;
  if (shape === null || value === undefined) return undefined;
  const isCompound = typeof type === 'object' && 'compound' in type;
  if (type !== 'string' && type !== 'reference' && !isCompound) return undefined;
  const own = shape.length === 0 ? [1] : shape;
  // A row of a compound type is a list itself, in the order of rows.
  const rows = isCompound
    ? shape.length === 0
      ? [value]
      : (value as readonly TreeValue[])
    : flatValues(value);
  if (isCompound && shape.length > 1) return undefined;
  const values = rows.map((one) => withReferences(one, ids));
  const chunks = own.map((length) => Math.max(1, length));
  const zarray = zarrayText({ shape: own, chunks, dtype: '|O', filters: [JSON_CODEC] });
  const key = own.map(() => 0).join('.');
  return values.length === 0
    ? { zarray, key }
    : { zarray, key, chunk: JSON.stringify([...values, '|O', own]) };
}

/** An array that the HDF5 file itself is asked for: nothing else says where its values are. */
function linkedArray({ shape }: TreeDataset): string {
  const own = shape === null || shape.length === 0 ? [1] : shape;
  const chunks = own.map((length) => Math.max(1, length));
  return zarrayText({ shape: own, chunks, dtype: '|O', filters: [JSON_CODEC] });
}

/** LINDI adds zeros to each chunk that is shorter than its values: no checksum at its end is found then. */
function hasLostChecksum({ storage }: TreeDataset): boolean {
  const { filters = [] } = storage;
  return filters.length > 1 && filters.some(({ id }) => id === 3);
}

/** Whether values are in other files, which a link into this one would silently read as zeros. */
function isElsewhere({ storage }: TreeDataset): boolean {
  return storage.layout === 'virtual' || storage.layout === 'external';
}

function addDataset(
  refs: References,
  dataset: TreeDataset,
  table: ChunkTable | undefined,
  url: string,
  ids: ObjectIds,
): void {
  const { path, shape, type } = dataset;
  const key = keyOf(path);
  const attributes = linkedAttributes(dataset, ids);
  if (shape?.length === 0) attributes['_SCALAR'] = true;
  const found = hasLostChecksum(dataset) ? undefined : arrayReferences(dataset, table, url);
  const written = found === undefined ? writtenValues(dataset, ids) : undefined;
  if (found !== undefined) {
    const { array } = found;
    const isScalar = array.shape.length === 0;
    refs[`${key}.zarray`] = zarrayText(isScalar ? { ...array, shape: [1], chunks: [1] } : array);
    for (const [chunk, reference] of found.chunks) refs[key + chunk] = reference;
  } else if (written !== undefined) {
    refs[`${key}.zarray`] = written.zarray;
    if (written.chunk !== undefined) refs[key + written.key] = written.chunk;
    if (typeof type === 'object' && 'compound' in type)
      attributes['_COMPOUND_DTYPE'] = type.compound.map(([name, one]) => [name, fieldType(one)]);
  } else {
    refs[`${key}.zarray`] = linkedArray(dataset);
    attributes['_EXTERNAL_ARRAY_LINK'] = { link_type: 'hdf5_dataset', url, name: path };
  }
  refs[`${key}.zattrs`] = attributesText(attributes, dataset.attributeTypes);
}

/**
 * The references of a file at an address. Datasets whose values neither Zarr nor the tree has are links into the file,
 * which LINDI follows; what it does not know is left out: links to other files, and values in them.
 */
export function lindiReferences(
  tree: DataTree,
  tables: ReadonlyMap<string, ChunkTable>,
  url: string,
): { version: 1; refs: References } {
  const ids = idsOf(tree.objects);
  const refs: References = {};
  for (const object of tree.objects) {
    const key = keyOf(object.path);
    if (object.kind === 'dataset' && !isElsewhere(object))
      addDataset(refs, object, tables.get(object.path), url, ids);
    else if (object.kind === 'group') {
      refs[`${key}.zgroup`] = GROUP;
      refs[`${key}.zattrs`] = attributesText(linkedAttributes(object, ids), object.attributeTypes);
    } else if (object.kind === 'link' && object.link !== 'external') {
      refs[`${key}.zgroup`] = GROUP;
      refs[`${key}.zattrs`] = JSON.stringify({ _SOFT_LINK: { path: object.target } });
    }
  }
  return { version: 1, refs };
}
