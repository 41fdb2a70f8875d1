// What a worker does with a file, by name: the same in Node and in a browser.

import { wrongChunks, type ExpectedChunk } from './chunks/check-chunks.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';
import { readChunkTable } from './chunks/read-chunks.ts';
import type { Ranges } from './read-elements.ts';
import { readSlice } from './read-slice.ts';
import { readHdf5Tree, type TreeLimits } from './read-hdf5-tree.ts';
import { sentError, type SentError } from './sent-error.ts';

const OPERATIONS = {
  tree: (reader: Hdf5Reader, limits?: Partial<TreeLimits>) => readHdf5Tree(reader, limits),
  slice: (reader: Hdf5Reader, path: string, ranges?: Ranges) => readSlice(reader, path, ranges),
  chunks: (reader: Hdf5Reader, path: string) => readChunkTable(reader, path),
  wrongChunks: (reader: Hdf5Reader, path: string, expected: readonly ExpectedChunk[]) =>
    wrongChunks(reader, path, expected),
  cost: (reader: Hdf5Reader) => ({ ...reader.cache.cost }),
};

type Operations = typeof OPERATIONS;
export type Hdf5Operation = keyof Operations;
export type OperationInput<Name extends Hdf5Operation> =
  Parameters<Operations[Name]> extends [Hdf5Reader, ...infer Input] ? Input : never;
export type OperationResult<Name extends Hdf5Operation> = ReturnType<Operations[Name]>;

export interface OperationRequest {
  id: number;
  name: Hdf5Operation;
  input: readonly unknown[];
}

export type OperationResponse = { id: number; result: unknown } | { id: number; error: SentError };

/** Does what a message requests. Never rejects. */
export async function respond(
  opened: Promise<Hdf5Reader>,
  { id, name, input }: OperationRequest,
): Promise<OperationResponse> {
  try {
    const operation = OPERATIONS[name] as (
      reader: Hdf5Reader,
      ...rest: readonly unknown[]
    ) => unknown;
    return { id, result: operation(await opened, ...input) };
  } catch (error) {
    return { id, error: sentError(error) };
  }
}
