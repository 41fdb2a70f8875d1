// The index of a file: its tree, and where its chunks are. A document `indexes/<sha256>.json.gz`, and the tables of
// chunks in `indexes/<sha256>.chunks`. It is derived from the file, immutable, and made anew at will.

import type { DataTree, TreeObject } from '../data-tree/data-tree.ts';
import { encodeChunkTable, storedBytes, type ChunkTable } from './chunk-table.ts';
import { problemOfFileIndex } from './check-file-index.ts';

/** What a reader must know to read a document. */
export const FILE_INDEX_SCHEMA = 'file-index';
export const FILE_INDEX_VERSION = 1;

/** Bytes of a document that is read, as it is stored and unpacked. */
export const MOST_PACKED_INDEX = 16 * 1024 * 1024;
export const MOST_UNPACKED_INDEX = 96 * 1024 * 1024;

/** The file that an index is of. */
export interface IndexedFile {
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  /** Where its bytes were read, without quotes. */
  readonly etag?: string;
}

export interface FileIndex {
  readonly schema: typeof FILE_INDEX_SCHEMA;
  readonly version: typeof FILE_INDEX_VERSION;
  /** The program and its version. */
  readonly madeBy: string;
  readonly file: IndexedFile;
  readonly tree: DataTree;
  /** The file of tables; absent if no dataset has one. */
  readonly chunksFile?: { readonly size: number; readonly sha256: string };
}

/** The tree with the places of its tables, and the tables, one after the other. */
export interface TreeWithChunks {
  tree: DataTree;
  chunks: Uint8Array<ArrayBuffer>;
}

/** Puts the tables of datasets, by path, into one file. */
export function withChunkTables(
  tree: DataTree,
  tables: ReadonlyMap<string, ChunkTable>,
): TreeWithChunks {
  const parts: Uint8Array[] = [];
  let size = 0;
  const objects = tree.objects.map((object): TreeObject => {
    const table = tables.get(object.path);
    if (object.kind !== 'dataset' || table === undefined) return object;
    const bytes = encodeChunkTable(table);
    parts.push(bytes);
    const chunks = { from: size, length: bytes.length, count: table.offsets.length };
    size += bytes.length;
    return { ...object, storage: { ...object.storage, bytes: storedBytes(table), chunks } };
  });
  const chunks = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    chunks.set(part, at);
    at += part.length;
  }
  return { tree: { ...tree, objects }, chunks };
}

/** A new index. `chunksFile` is of the tables to which the tree refers. */
export function fileIndex(
  file: IndexedFile,
  tree: DataTree,
  madeBy: string,
  chunksFile?: { size: number; sha256: string },
): FileIndex {
  return {
    schema: FILE_INDEX_SCHEMA,
    version: FILE_INDEX_VERSION,
    madeBy,
    file,
    tree,
    ...(chunksFile === undefined ? {} : { chunksFile }),
  };
}

/** The text of the document. Equal indexes have equal texts. */
export function fileIndexText(index: FileIndex): string {
  return `${JSON.stringify(index)}\n`;
}

export type ParsedFileIndex =
  | { ok: true; index: FileIndex }
  /** A plain sentence. */
  | { ok: false; reason: string };

/**
 * Reads a document that may hold anything. It must be of the file that a record names, by size and, where the record
 * has one, SHA-256; everything in it is checked, so that what is returned can be used without another check.
 */
export function parseFileIndex(
  text: string,
  expected: { size: number; sha256?: string },
): ParsedFileIndex {
  const refused = (reason: string): ParsedFileIndex => ({ ok: false, reason });
  if (text.length > MOST_UNPACKED_INDEX) return refused('The index is too large.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('The index is not JSON.');
  }
  const problem = problemOfFileIndex(value, {
    schema: FILE_INDEX_SCHEMA,
    version: FILE_INDEX_VERSION,
  });
  if (problem !== undefined) return refused(problem);
  const index = value as FileIndex;
  if (index.file.size !== expected.size) return refused('The index is of a file of another size.');
  if (expected.sha256 !== undefined && index.file.sha256 !== expected.sha256)
    return refused('The index is of another file.');
  return { ok: true, index };
}
