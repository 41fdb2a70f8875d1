// Checks the shape of an index that may hold anything.

import { isJsonObject, type JsonObject } from '../json/json-text.ts';
import { chunkCount, MOST_CHUNKS } from './chunk-table.ts';

const MOST_OBJECTS = 200_000;
const MOST_DEPTH = 64;
const MOST_RANK = 32;
const MOST_PATH = 8192;
const DIGEST = /^[0-9a-f]{64}$/;
const LAYOUTS = ['compact', 'contiguous', 'chunked', 'virtual', 'external'];
const LINKS = ['soft', 'external', 'same'];

/** Thrown within this file only: what is wrong, as words after "The index is damaged: ". */
class Wrong extends Error {}

function require(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Wrong(what);
}

function isCount(value: unknown, most = Number.MAX_SAFE_INTEGER): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most;
}

function own(value: JsonObject, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function isText(value: unknown, most = MOST_PATH): value is string {
  return typeof value === 'string' && value.length <= most;
}

function isOptional(value: JsonObject, key: string, check: (one: unknown) => boolean): boolean {
  return !Object.hasOwn(value, key) || check(value[key]);
}

/** Lists and objects within each other, no deeper than any value of data. */
function isShallow(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth < MOST_DEPTH && Object.values(value).every((one) => isShallow(one, depth + 1));
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= MOST_RANK && value.every((one) => isCount(one));
}

function isPair(value: unknown, check: (second: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length === 2 && isText(value[0]) && check(value[1]);
}

function isElementType(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.length <= 100;
  if (!isJsonObject(value) || depth > MOST_DEPTH) return false;
  const inner = (one: unknown): boolean => isElementType(one, depth + 1);
  const [compound, enumeration, list, array] = ['compound', 'enum', 'list', 'array'].map((key) =>
    own(value, key),
  );
  if (compound !== undefined)
    return Array.isArray(compound) && compound.every((one) => isPair(one, inner));
  if (list !== undefined) return inner(list);
  if (array !== undefined) return inner(array) && isShape(own(value, 'shape'));
  const members = own(value, 'members');
  const isNumber = (one: unknown): boolean => typeof one === 'number';
  return (
    inner(enumeration) && Array.isArray(members) && members.every((one) => isPair(one, isNumber))
  );
}

function isFilter(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    isText(own(value, 'name'), 300) &&
    isOptional(value, 'id', (id) => isCount(id)) &&
    isOptional(
      value,
      'parameters',
      (one) => typeof one === 'object' && one !== null && isShallow(one),
    )
  );
}

interface Sizes {
  file: number;
  chunks: number;
}

function checkChunks(storage: JsonObject, shape: unknown, sizes: Sizes): void {
  const chunkShape = own(storage, 'chunkShape');
  if (chunkShape !== undefined)
    require(isShape(chunkShape) && chunkShape.every((one) => one > 0), 'a shape of chunks');
  const chunks = own(storage, 'chunks');
  if (chunks === undefined) return;
  require(isJsonObject(chunks), 'a table of chunks');
  const [from, length, count] = [own(chunks, 'from'), own(chunks, 'length'), own(chunks, 'count')];
  require(isCount(from) && isCount(length) && from + length <= sizes.chunks, 'a table of chunks');
  require(isShape(shape) &&
    isShape(chunkShape) &&
    chunkShape.length === shape.length, 'a table of chunks');
  require(isCount(count, MOST_CHUNKS) &&
    count === chunkCount(shape, chunkShape), 'a number of chunks');
}

function checkDataset(object: JsonObject, sizes: Sizes): void {
  const shape = own(object, 'shape');
  require(shape === null || isShape(shape), 'a shape');
  require(isElementType(own(object, 'type')), 'a type');
  const storage = own(object, 'storage');
  require(isJsonObject(storage) && LAYOUTS.includes(String(own(storage, 'layout'))), 'a layout');
  const filters = own(storage, 'filters');
  require(filters === undefined || (Array.isArray(filters) && filters.every(isFilter)), 'a filter');
  const [bytes, offset] = [own(storage, 'bytes') ?? 0, own(storage, 'offset') ?? 0];
  require(isCount(bytes) && isCount(offset), 'a size');
  const fill = own(storage, 'fill') ?? 0;
  require(typeof fill === 'number' || isText(fill, 100), 'a value of what was not written');
  const isHere = own(storage, 'offset') !== undefined;
  require(!isHere || offset + bytes <= sizes.file, 'a place outside of the file');
  checkChunks(storage, shape, sizes);
  require(isOptional(object, 'value', isShallow), 'a value');
  require(isOptional(object, 'head', (head) => Array.isArray(head) && isShallow(head)), 'a value');
}

function checkObject(object: unknown, sizes: Sizes, seen: Set<string>): void {
  require(isJsonObject(object), 'an object');
  const path = own(object, 'path');
  require(isText(path) && path.startsWith('/') && !seen.has(path), 'a path');
  seen.add(path);
  const isAttributes = (value: unknown): boolean => isJsonObject(value) && isShallow(value);
  require(isOptional(object, 'attributes', isAttributes), 'attributes');
  const areTypes = (value: unknown): boolean =>
    isJsonObject(value) && Object.values(value).every((one) => isElementType(one));
  require(isOptional(object, 'attributeTypes', areTypes), 'a type of an attribute');
  require(isOptional(object, 'problem', (one) => isText(one)), 'a problem');
  switch (own(object, 'kind')) {
    case 'group':
      return;
    case 'dataset':
      return checkDataset(object, sizes);
    case 'link': {
      require(LINKS.includes(String(own(object, 'link'))), 'a link');
      require(isText(own(object, 'target')), 'a link');
      return require(isOptional(object, 'file', (one) => isText(one)), 'a link');
    }
    case 'unreadable':
      return require(isText(own(object, 'problem')), 'a problem');
    default:
      throw new Wrong('a kind of object');
  }
}

function checkTree(tree: unknown, sizes: Sizes): void {
  require(isJsonObject(tree), 'the tree');
  require(['hdf5', 'zarr'].includes(String(own(tree, 'format'))), 'the format');
  const objects = own(tree, 'objects');
  require(Array.isArray(objects) && objects.length <= MOST_OBJECTS, 'the objects');
  const seen = new Set<string>();
  for (const object of objects) checkObject(object, sizes, seen);
  const [namespaces, types, omitted] = ['namespaces', 'types', 'omitted'].map((key) =>
    own(tree, key),
  );
  require(isJsonObject(namespaces), 'the namespaces');
  require(Object.values(namespaces).every((one) => isText(one)), 'the namespaces');
  require(isJsonObject(types), 'the types');
  for (const type of Object.values(types)) {
    require(isJsonObject(type) && isText(own(type, 'namespace')), 'a neurodata type');
    const parents = own(type, 'extends');
    require(Array.isArray(parents) &&
      parents.length <= 100 &&
      parents.every((one) => isText(one)), 'a neurodata type');
  }
  require(Array.isArray(omitted) && omitted.every((one) => isText(one)), 'what was left out');
}

function checkIndex(value: JsonObject): void {
  require(isText(own(value, 'madeBy'), 300), 'its maker');
  const file = own(value, 'file');
  require(isJsonObject(file), 'the file');
  const [size, sha256] = [own(file, 'size'), own(file, 'sha256')];
  require(isCount(size) && typeof sha256 === 'string' && DIGEST.test(sha256), 'the file');
  require(isOptional(file, 'etag', (one) => isText(one, 1000)), 'the ETag');
  const chunksFile = own(value, 'chunksFile');
  let chunks = 0;
  if (chunksFile !== undefined) {
    require(isJsonObject(chunksFile), 'the file of chunks');
    const [length, digest] = [own(chunksFile, 'size'), own(chunksFile, 'sha256')];
    require(isCount(length) &&
      typeof digest === 'string' &&
      DIGEST.test(digest), 'the file of chunks');
    chunks = length;
  }
  checkTree(own(value, 'tree'), { file: size, chunks });
}

/**
 * Why a value is no index that this program can use, as one plain sentence; undefined if it is one. `schema` and
 * `version` are what is expected.
 */
export function problemOfFileIndex(
  value: unknown,
  { schema, version }: { schema: string; version: number },
): string | undefined {
  if (!isJsonObject(value) || own(value, 'schema') !== schema) return 'This is not an index.';
  if (own(value, 'version') !== version) return 'The index is of another version.';
  try {
    checkIndex(value);
    return undefined;
  } catch (error) {
    if (error instanceof Wrong) return `The index is damaged: ${error.message} cannot be right.`;
    throw error;
  }
}
