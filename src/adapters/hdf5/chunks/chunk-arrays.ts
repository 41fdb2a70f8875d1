// The arrays in which HDF5 lists the chunks of a dataset in the order of its grid: fixed ones, and those that can be
// extended. By the HDF5 File Format Specification, version 3.0, sections VII.C and VII.D.

import { NO_ADDRESS, type ByteCursor } from '../byte-cursor.ts';
import { structureAt, type ListContext, type ListedChunk } from './chunk-lists.ts';
import { Hdf5Problem } from '../hdf5-problem.ts';

interface Elements {
  /** Of one element. */
  bytes: number;
  isFiltered: boolean;
  /** Elements of a page, of blocks that have more. */
  page: number;
}

/** A chunk with its position in the array. */
type ArrayChunk = Omit<ListedChunk, 'place'> & { position: number };

function damaged(): Hdf5Problem {
  return new Hdf5Problem('The list of its chunks is damaged.');
}

const MOST_ELEMENTS = 20_000_000;

function* elementsOf(
  { format }: ListContext,
  { bytes, isFiltered }: Elements,
  cursor: ByteCursor,
  [from, count]: readonly [from: number, count: number],
): Generator<ArrayChunk> {
  for (let position = from; position < from + count; position += 1) {
    const address = cursor.address(format.offsets);
    const length = isFiltered ? cursor.number(bytes - format.offsets - 4) : undefined;
    const mask = isFiltered ? cursor.number(4) : 0;
    if (address === NO_ADDRESS) continue;
    yield { position, address, mask, ...(length === undefined ? {} : { length }) };
  }
}

function isSet(bits: Uint8Array, at: number): boolean {
  return ((bits[at >> 3] ?? 0) & (128 >> (at % 8))) !== 0;
}

/** The pages of a block, those that were written; they begin at an address. */
function* pagesOf(
  context: ListContext,
  elements: Elements,
  address: number,
  [from, count]: readonly [from: number, count: number],
  isWritten: (page: number) => boolean,
): Generator<ArrayChunk> {
  const pageBytes = elements.page * elements.bytes + 4;
  for (let page = 0; page * elements.page < count; page += 1) {
    if (!isWritten(page)) continue;
    const first = page * elements.page;
    const length = Math.min(elements.page, count - first);
    const cursor = structureAt(context, address + page * pageBytes, length * elements.bytes);
    yield* elementsOf(context, elements, cursor, [from + first, length]);
  }
}

function* fixedElements(context: ListContext, address: number): Generator<ArrayChunk> {
  const { offsets, lengths } = context.format;
  const head = structureAt(context, address, 8 + lengths + offsets);
  head.signature('FAHD');
  head.skip(1);
  const isFiltered = head.number(1) === 1;
  const bytes = head.number(1);
  const elements = { isFiltered, bytes, page: 2 ** head.number(1) };
  const count = head.number(lengths);
  const block = head.address(offsets);
  if (block === NO_ADDRESS) return;
  if (count > MOST_ELEMENTS) throw damaged();
  const prefix = 6 + offsets;
  structureAt(context, block, 4).signature('FADB');
  if (count <= elements.page) {
    const cursor = structureAt(context, block + prefix, count * bytes);
    return yield* elementsOf(context, elements, cursor, [0, count]);
  }
  const bitBytes = Math.ceil(Math.ceil(count / elements.page) / 8);
  const bits = structureAt(context, block + prefix, bitBytes).bytes(bitBytes);
  const pages = block + prefix + bitBytes + 4;
  yield* pagesOf(context, elements, pages, [0, count], (page) => isSet(bits, page));
}

interface Extensible {
  elements: Elements;
  /** Bytes of the number of a block's first element. */
  offsetBytes: number;
  /** Of the smallest block of elements. */
  smallest: number;
}

function* dataBlock(
  context: ListContext,
  { elements, offsetBytes }: Extensible,
  address: number,
  span: readonly [from: number, count: number],
  isWritten: (page: number) => boolean,
): Generator<ArrayChunk> {
  if (address === NO_ADDRESS) return;
  const prefix = 6 + context.format.offsets + offsetBytes;
  structureAt(context, address, 4).signature('EADB');
  if (span[1] > elements.page)
    return yield* pagesOf(context, elements, address + prefix + 4, span, isWritten);
  const cursor = structureAt(context, address + prefix, span[1] * elements.bytes);
  yield* elementsOf(context, elements, cursor, span);
}

/** Blocks of elements in a super block: how many, and of how many elements. */
function superBlockOf(number: number, smallest: number): { blocks: number; count: number } {
  return {
    blocks: 2 ** Math.floor(number / 2),
    count: 2 ** Math.floor((number + 1) / 2) * smallest,
  };
}

function* superBlock(
  context: ListContext,
  array: Extensible,
  address: number,
  [number, from]: readonly [number: number, from: number],
): Generator<ArrayChunk> {
  if (address === NO_ADDRESS) return;
  const { offsets } = context.format;
  const { blocks, count } = superBlockOf(number, array.smallest);
  const { page } = array.elements;
  const pages = count > page ? Math.ceil(count / page) : 0;
  const bitBytes = Math.ceil(pages / 8);
  const length = 6 + offsets + array.offsetBytes + blocks * (bitBytes + offsets);
  const cursor = structureAt(context, address, length);
  cursor.signature('EASB');
  cursor.skip(2 + offsets + array.offsetBytes);
  const bits = cursor.bytes(blocks * bitBytes);
  for (let block = 0; block < blocks; block += 1) {
    const own = bits.subarray(block * bitBytes, (block + 1) * bitBytes);
    const span = [from + block * count, count] as const;
    yield* dataBlock(context, array, cursor.address(offsets), span, (at) => isSet(own, at));
  }
}

function* extensibleElements(context: ListContext, address: number): Generator<ArrayChunk> {
  const { offsets, lengths } = context.format;
  const head = structureAt(context, address, 12 + 6 * lengths + offsets);
  head.signature('EAHD');
  head.skip(1);
  const isFiltered = head.number(1) === 1;
  const bytes = head.number(1);
  const bits = head.number(1);
  const inIndex = head.number(1);
  const smallest = head.number(1);
  const leastPointers = head.number(1);
  const page = 2 ** head.number(1);
  head.skip(6 * lengths);
  const index = head.address(offsets);
  if (index === NO_ADDRESS) return;
  if (bits > 64 || smallest === 0 || leastPointers === 0) throw damaged();
  const array = {
    elements: { isFiltered, bytes, page },
    offsetBytes: Math.ceil(bits / 8),
    smallest,
  };
  const supers = 1 + bits - Math.log2(smallest);
  const direct = 2 * Math.log2(leastPointers);
  const blocks = 2 * (leastPointers - 1);
  const length = 6 + offsets + inIndex * bytes + (blocks + Math.max(0, supers - direct)) * offsets;
  const cursor = structureAt(context, index, length);
  cursor.signature('EAIB');
  cursor.skip(2 + offsets);
  yield* elementsOf(context, array.elements, cursor, [0, inIndex]);
  let from = inIndex;
  for (let number = 0; number < supers; number += 1) {
    const { blocks: inside, count } = superBlockOf(number, smallest);
    if (number < direct) {
      for (let block = 0; block < inside; block += 1)
        yield* dataBlock(
          context,
          array,
          cursor.address(offsets),
          [from + block * count, count],
          () => true,
        );
    } else yield* superBlock(context, array, cursor.address(offsets), [number, from]);
    from += inside * count;
  }
}

/** The place in a grid of an element: the first dimension changes slowest. */
function placeOf(position: number, grid: readonly number[]): number[] {
  const place: number[] = [];
  let rest = position;
  for (const length of [...grid].reverse()) {
    place.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return place;
}

/** Fixed arrays, for datasets that cannot grow without bounds. */
export function* fixedArrayChunks(context: ListContext, address: number): Generator<ListedChunk> {
  const grid = context.mostGrid.map((one) => one ?? 1);
  for (const { position, ...chunk } of fixedElements(context, address))
    yield { ...chunk, place: placeOf(position, grid) };
}

/** Extensible arrays, for datasets that grow along one dimension: in their order it comes first. */
export function* extensibleArrayChunks(
  context: ListContext,
  address: number,
): Generator<ListedChunk> {
  const growing = context.mostGrid.indexOf(undefined);
  if (growing === -1) throw damaged();
  const others = context.mostGrid.filter((one) => one !== undefined);
  for (const { position, ...chunk } of extensibleElements(context, address)) {
    const [first = 0, ...rest] = placeOf(position, [Number.MAX_SAFE_INTEGER, ...others]);
    yield { ...chunk, place: [...rest.slice(0, growing), first, ...rest.slice(growing)] };
  }
}
