// What the header of an object states and the library does not pass on: where and how values are stored. By the HDF5
// File Format Specification, version 3.0, sections II (superblock) and IV.A (object headers).

import { ByteCursor, NO_ADDRESS } from './byte-cursor.ts';
import { Hdf5Problem } from './hdf5-problem.ts';

/** Bytes of the file from a position on; fewer at its end. */
export type ReadBytes = (from: number, length: number) => Uint8Array;

/** Widths of addresses and lengths in this file, and where its addresses begin. */
export interface FileFormat {
  readonly offsets: number;
  readonly lengths: number;
  readonly base: number;
}

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Reads the superblock. @throws Hdf5Problem, ArchiveError */
export function fileFormat(read: ReadBytes): FileFormat {
  for (let at = 0; at < 2 ** 40; at = at === 0 ? 512 : at * 2) {
    const bytes = read(at, 64);
    if (bytes.length < 48) break;
    if (!SIGNATURE.every((one, i) => bytes[i] === one)) continue;
    const isNew = bytes[8]! >= 2;
    const [offsets, lengths] = isNew ? [bytes[9]!, bytes[10]!] : [bytes[13]!, bytes[14]!];
    const places = isNew ? 12 : bytes[8] === 1 ? 28 : 24;
    if (![2, 4, 8].includes(offsets) || ![2, 4, 8].includes(lengths)) break;
    return { offsets, lengths, base: new ByteCursor(bytes, places).number(offsets) };
  }
  throw new Hdf5Problem('The beginning of the file is damaged.');
}

/** How chunks are found. Addresses are relative to the file's base. */
export type ChunkIndex =
  | { kind: 'tree' | 'implicit' | 'fixed' | 'extensible' | 'tree2'; address: number }
  | { kind: 'single'; address: number; length?: number; mask: number };

/** How the values of a dataset are stored. */
export type Layout =
  | { class: 'compact'; bytes: number }
  | { class: 'contiguous'; address: number; bytes?: number }
  | { class: 'chunked'; index: ChunkIndex; chunkShape: number[]; filtersEdges: boolean }
  | { class: 'virtual' };

export interface ObjectHeader {
  layout?: Layout;
  hasExternalFiles: boolean;
  /** The value of elements that have never been written, in the file's own type. */
  fill?: Uint8Array;
  /** Why its numbers cannot be read: the library passes them on as they are. */
  unusual?: string;
}

const MESSAGE = { type: 3, fill: 5, external: 7, layout: 8, continuation: 16 };
const MOST_BLOCKS = 1000;
const MOST_BLOCK_BYTES = 4 * 1024 * 1024;

interface Message {
  type: number;
  isShared: boolean;
  data: ByteCursor;
}

function indexOf(cursor: ByteCursor, format: FileFormat, flags: number): ChunkIndex {
  const address = (): number => cursor.address(format.offsets);
  const kind = cursor.number(1);
  switch (kind) {
    case 1: {
      const isFiltered = (flags & 2) !== 0;
      const [length, mask] = isFiltered ? [cursor.number(format.lengths), cursor.number(4)] : [];
      return {
        kind: 'single',
        ...(length === undefined ? {} : { length }),
        mask: mask ?? 0,
        address: address(),
      };
    }
    case 2:
      return { kind: 'implicit', address: address() };
    case 3:
      cursor.skip(1);
      return { kind: 'fixed', address: address() };
    case 4:
      cursor.skip(5);
      return { kind: 'extensible', address: address() };
    case 5:
      cursor.skip(6);
      return { kind: 'tree2', address: address() };
    default:
      throw new Hdf5Problem('Its chunks are listed in an unknown way.');
  }
}

/** Versions 1 and 2, which HDF5 wrote before 1.6.3. */
function oldLayout(cursor: ByteCursor, { offsets }: FileFormat): Layout {
  const rank = cursor.number(1);
  const kind = cursor.number(1);
  cursor.skip(5);
  const address = kind === 0 ? NO_ADDRESS : cursor.address(offsets);
  const dimensions = Array.from({ length: rank }, () => cursor.number(4));
  if (kind === 0) return { class: 'compact', bytes: cursor.number(4) };
  if (kind === 1) return { class: 'contiguous', address };
  const index: ChunkIndex = { kind: 'tree', address };
  return { class: 'chunked', index, chunkShape: dimensions.slice(0, -1), filtersEdges: true };
}

function layoutOf(cursor: ByteCursor, format: FileFormat): Layout {
  const version = cursor.number(1);
  if (version < 3) return oldLayout(cursor, format);
  const kind = cursor.number(1);
  if (kind === 0) return { class: 'compact', bytes: cursor.number(2) };
  if (kind === 1)
    return {
      class: 'contiguous',
      address: cursor.address(format.offsets),
      bytes: cursor.number(format.lengths),
    };
  if (kind === 3) return { class: 'virtual' };
  if (kind !== 2) throw new Hdf5Problem('Its values are stored in an unknown way.');
  if (version === 3) {
    const rank = cursor.number(1);
    const index: ChunkIndex = { kind: 'tree', address: cursor.address(format.offsets) };
    const chunkShape = Array.from({ length: rank }, () => cursor.number(4)).slice(0, -1);
    return { class: 'chunked', index, chunkShape, filtersEdges: true };
  }
  const flags = cursor.number(1);
  const rank = cursor.number(1);
  const width = cursor.number(1);
  const chunkShape = Array.from({ length: rank }, () => cursor.number(width)).slice(0, -1);
  return {
    class: 'chunked',
    index: indexOf(cursor, format, flags),
    chunkShape,
    filtersEdges: (flags & 1) === 0,
  };
}

/** The bytes of a fill value; undefined if there is none, which is all zeros. */
function fillOf(cursor: ByteCursor): Uint8Array | undefined {
  const version = cursor.number(1);
  const isNew = version === 3;
  const flags = isNew ? cursor.number(1) : 0;
  if (!isNew) cursor.skip(2);
  const isDefined = isNew ? (flags & 0x20) !== 0 : cursor.number(1) !== 0 || version === 1;
  const size = isDefined ? cursor.number(4) : 0;
  return size > 0 && size <= 8 ? cursor.bytes(size) : undefined;
}

/** Notes a number of which not all bits are used, or that is no IEEE 754 number. */
function addType(cursor: ByteCursor, header: ObjectHeader): void {
  const first = cursor.number(1);
  const flags = cursor.number(3);
  const size = cursor.number(4);
  const [integer, float, enumeration] = [0, 1, 8];
  const kind = first & 15;
  // The type of an enum's numbers follows.
  if (kind === enumeration) return addType(cursor, header);
  if (kind !== integer && kind !== float) return;
  const bits = { first: cursor.number(2), count: cursor.number(2) };
  const isWhole = bits.first === 0 && bits.count === size * 8;
  if (kind === integer && !isWhole)
    header.unusual = `Its numbers use ${bits.count} of ${size * 8} bits, which is not supported.`;
  if (kind === integer || size > 8) return;
  const parts = [
    cursor.number(1),
    cursor.number(1),
    cursor.number(1),
    cursor.number(1),
    cursor.number(4),
  ];
  const usual = new Map([
    [2, '10,5,0,10,15'],
    [4, '23,8,0,23,127'],
    [8, '52,11,0,52,1023'],
  ]);
  const isOld = (flags & 0x40) !== 0;
  if (!isWhole || isOld || usual.get(size) !== parts.join(','))
    header.unusual = 'Its numbers have an unusual format.';
}

/** The messages of one block of version 1: the first one, or one that continues it. */
function* oldMessages(cursor: ByteCursor): Generator<Message> {
  while (cursor.left >= 8) {
    const type = cursor.number(2);
    const size = cursor.number(2);
    const flags = cursor.number(1);
    cursor.skip(3);
    yield { type, isShared: (flags & 2) !== 0, data: new ByteCursor(cursor.bytes(size)) };
  }
}

function* newMessages(cursor: ByteCursor, hasOrder: boolean): Generator<Message> {
  const head = hasOrder ? 6 : 4;
  // What is left may be a gap; four bytes are the checksum.
  while (cursor.left >= head + 4) {
    const type = cursor.number(1);
    const size = cursor.number(2);
    const flags = cursor.number(1);
    cursor.skip(head - 4);
    yield { type, isShared: (flags & 2) !== 0, data: new ByteCursor(cursor.bytes(size)) };
  }
}

function* messagesAt(read: ReadBytes, format: FileFormat, address: number): Generator<Message> {
  const start = format.base + address;
  const head = new ByteCursor(read(start, 512));
  const isNew = head.number(1) === 0x4f;
  const blocks: { from: number; length: number; isFirst: boolean }[] = [];
  let hasOrder = false;
  if (isNew) {
    head.skip(4);
    const flags = head.number(1);
    head.skip(((flags & 0x20) !== 0 ? 16 : 0) + ((flags & 0x10) !== 0 ? 4 : 0));
    hasOrder = (flags & 4) !== 0;
    const length = head.number(1 << (flags & 3)) + 4;
    blocks.push({ from: start + head.at, length, isFirst: true });
  } else {
    head.skip(7);
    blocks.push({ from: start + 16, length: head.number(4), isFirst: true });
  }
  for (const [count, { from, length, isFirst }] of blocks.entries()) {
    if (length > MOST_BLOCK_BYTES || count >= MOST_BLOCKS)
      throw new Hdf5Problem('Its header is too large to be read.');
    const cursor = new ByteCursor(read(from, length));
    if (isNew && !isFirst) cursor.signature('OCHK');
    for (const message of isNew ? newMessages(cursor, hasOrder) : oldMessages(cursor)) {
      if (message.type !== MESSAGE.continuation) yield message;
      else
        blocks.push({
          from: format.base + message.data.number(format.offsets),
          length: message.data.number(format.lengths),
          isFirst: false,
        });
    }
  }
}

/** Reads the header at an address, which is relative to the file's base. @throws Hdf5Problem, ArchiveError */
export function readObjectHeader(
  read: ReadBytes,
  format: FileFormat,
  address: number,
): ObjectHeader {
  const header: ObjectHeader = { hasExternalFiles: false };
  for (const { type, isShared, data } of messagesAt(read, format, address)) {
    if (type === MESSAGE.external) header.hasExternalFiles = true;
    else if (type === MESSAGE.layout) header.layout = layoutOf(data, format);
    else if (type === MESSAGE.fill && !isShared) {
      const fill = fillOf(data);
      if (fill?.some((one) => one !== 0) === true) header.fill = fill;
    } else if (type === MESSAGE.type && !isShared) addType(data, header);
  }
  return header;
}
