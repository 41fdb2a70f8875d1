// What the metadata of a Zarr array say: element type, shape, chunks and codecs, of versions 2 and 3.

import type { ElementType, Filter, TreeValue } from '../../core/data-tree/data-tree.ts';
import {
  isJsonObject,
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../../core/json/json-text.ts';

/** An array as its metadata describe it. */
export interface ArrayMetadata {
  readonly zarrFormat: 2 | 3;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Of a chunk that is read at once: of the inner one, if chunks are in shards. */
  readonly chunkShape: readonly number[];
  readonly filters: readonly Filter[];
  /** Bytes of an element; undefined for texts of any length and objects. */
  readonly elementBytes: number | undefined;
  /** Whether a chunk without a file has a value: not where the fill value is null. */
  readonly hasFillValue: boolean;
  /** The metadata themselves, to open the array with. */
  readonly json: JsonObject;
}

const MOST_DIMENSIONS = 32;
const MOST_FIELDS = 100;

function sizesIn(value: unknown, key: string, least: number): number[] | undefined {
  const list = member(value, key);
  if (!Array.isArray(list) || list.length > MOST_DIMENSIONS) return undefined;
  return list.every((size) => Number.isSafeInteger(size) && (size as number) >= least)
    ? (list as number[])
    : undefined;
}

interface Element {
  type: ElementType;
  bytes: number | undefined;
}

/** NumPy's short form of a type, `<i2`, as version 2 writes it; texts and objects by the filters. */
function elementOfV2(dtype: unknown, filterIds: readonly string[], depth = 0): Element | undefined {
  if (Array.isArray(dtype)) {
    if (depth > 4 || dtype.length === 0 || dtype.length > MOST_FIELDS) return undefined;
    const fields: [string, ElementType][] = [];
    let bytes: number | undefined = 0;
    for (const field of dtype as unknown[]) {
      const [name, type] = Array.isArray(field) ? (field as unknown[]) : [];
      const element = elementOfV2(type, filterIds, depth + 1);
      if (typeof name !== 'string' || element === undefined) return undefined;
      fields.push([name, element.type]);
      bytes =
        bytes === undefined || element.bytes === undefined ? undefined : bytes + element.bytes;
    }
    return { type: { compound: fields }, bytes };
  }
  if (typeof dtype !== 'string') return undefined;
  if (dtype === '|O') {
    const isText = ['vlen-utf8', 'vlen-bytes', 'json2'].some((id) => filterIds.includes(id));
    return { type: isText ? 'string' : 'opaque', bytes: undefined };
  }
  if (dtype === '|b1') return { type: 'boolean', bytes: 1 };
  const [, kind = '', size = ''] = /^[<>|]([iufcSUVmM])(\d{1,6})(?:\[\w+\])?$/.exec(dtype) ?? [];
  if (kind === '') return undefined;
  return { type: dtype, bytes: Number(size) * (kind === 'U' ? 4 : 1) };
}

const V3_TYPES = new Map([
  ['bool', 'boolean'],
  ['int8', '|i1'],
  ['uint8', '|u1'],
  ['int16', 'i2'],
  ['uint16', 'u2'],
  ['int32', 'i4'],
  ['uint32', 'u4'],
  ['int64', 'i8'],
  ['uint64', 'u8'],
  ['float16', 'f2'],
  ['float32', 'f4'],
  ['float64', 'f8'],
  ['complex64', 'c8'],
  ['complex128', 'c16'],
  ['string', 'string'],
]);

function elementOfV3(dataType: unknown, isBigEndian: boolean): Element | undefined {
  if (typeof dataType !== 'string') {
    const name = textMember(dataType, 'name');
    return name === undefined ? undefined : { type: name, bytes: undefined };
  }
  const type = V3_TYPES.get(dataType);
  if (type === undefined) return { type: dataType.slice(0, 100), bytes: undefined };
  if (type === 'string') return { type, bytes: undefined };
  const bytes = type === 'boolean' ? 1 : Number(/\d+$/.exec(type)?.[0]);
  return { type: /^[|b]/.test(type) ? type : `${isBigEndian ? '>' : '<'}${type}`, bytes };
}

function filterOf(name: string | undefined, parameters: JsonObject): Filter[] {
  if (name === undefined) return [];
  const entries = Object.entries(parameters as { [key: string]: TreeValue });
  return [{ name, ...(entries.length === 0 ? {} : { parameters: Object.fromEntries(entries) }) }];
}

function readV2(json: JsonObject): ArrayMetadata | undefined {
  const shape = sizesIn(json, 'shape', 0);
  const chunkShape = sizesIn(json, 'chunks', 1);
  const codecs = [...listMember(json, 'filters'), ...listMember(json, 'compressor')].filter(
    isJsonObject,
  );
  const filters = codecs.flatMap(({ id, ...parameters }) =>
    filterOf(typeof id === 'string' ? id : undefined, parameters),
  );
  const element = elementOfV2(
    member(json, 'dtype'),
    filters.map(({ name }) => name),
  );
  if (shape === undefined || chunkShape?.length !== shape.length || element === undefined)
    return undefined;
  const hasFillValue = (member(json, 'fill_value') ?? null) !== null;
  const { type, bytes: elementBytes } = element;
  return { zarrFormat: 2, type, shape, chunkShape, filters, elementBytes, hasFillValue, json };
}

/** The codecs of version 3, those within shards among them; `bytes` is only how values are laid down. */
function codecsOf(list: readonly JsonValue[], depth = 0): JsonValue[] {
  return list.flatMap((codec) =>
    depth < 3 && textMember(codec, 'name') === 'sharding_indexed'
      ? [codec, ...codecsOf(listMember(member(codec, 'configuration'), 'codecs'), depth + 1)]
      : [codec],
  );
}

function readV3(json: JsonObject): ArrayMetadata | undefined {
  const shape = sizesIn(json, 'shape', 0);
  const grid = member(json, 'chunk_grid');
  const outer = sizesIn(member(grid, 'configuration'), 'chunk_shape', 1);
  const codecs = codecsOf(listMember(json, 'codecs'));
  const named = (name: string): JsonValue | undefined =>
    codecs.find((codec) => textMember(codec, 'name') === name);
  const isBigEndian = textMember(member(named('bytes'), 'configuration'), 'endian') === 'big';
  const element = elementOfV3(member(json, 'data_type'), isBigEndian);
  if (textMember(grid, 'name') !== 'regular' || shape === undefined || element === undefined)
    return undefined;
  if (outer?.length !== shape.length) return undefined;
  const shard = named('sharding_indexed');
  const inner =
    shard === undefined ? outer : sizesIn(member(shard, 'configuration'), 'chunk_shape', 1);
  // Shards hold whole chunks.
  if (inner?.length !== shape.length || outer.some((size, at) => size % (inner[at] ?? 1) !== 0))
    return undefined;
  const filters = codecs.flatMap((codec) => {
    const configuration = member(codec, 'configuration');
    const parameters = isJsonObject(configuration) ? configuration : {};
    const name = textMember(codec, 'name');
    return name === 'bytes' ? [] : filterOf(name, name === 'sharding_indexed' ? {} : parameters);
  });
  const { type, bytes: elementBytes } = element;
  return {
    zarrFormat: 3,
    type,
    shape,
    chunkShape: inner,
    filters,
    elementBytes,
    hasFillValue: (member(json, 'fill_value') ?? null) !== null,
    json,
  };
}

/** The array that metadata describe; undefined if they describe none. */
export function readArrayMetadata(json: JsonObject): ArrayMetadata | undefined {
  return member(json, 'zarr_format') === 3 ? readV3(json) : readV2(json);
}
