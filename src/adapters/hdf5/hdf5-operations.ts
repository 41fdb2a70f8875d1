// What a worker does with a file, by name: the same in Node and in a browser.

import { ArchiveError, isArchiveError, type ErrorCode } from '../../core/error.ts';
import { wrongChunks, type ExpectedChunk } from './chunks/check-chunks.ts';
import { Hdf5Problem } from './hdf5-problem.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';
import { readChunkTable } from './chunks/read-chunks.ts';
import type { Ranges } from './read-elements.ts';
import { readSlice } from './read-slice.ts';
import { readHdf5Tree, type TreeLimits } from './read-hdf5-tree.ts';

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

/** An error as a message between threads. */
export interface SentError {
  kind: 'archive' | 'problem' | 'range' | 'other';
  code?: ErrorCode;
  message: string;
  hint?: string;
}

export function sentError(error: unknown): SentError {
  const message = error instanceof Error ? error.message.slice(0, 1000) : 'Something failed.';
  if (isArchiveError(error))
    return {
      kind: 'archive',
      code: error.code,
      message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    };
  if (error instanceof Hdf5Problem) return { kind: 'problem', message };
  return { kind: error instanceof RangeError ? 'range' : 'other', message };
}

/** The error of a message. A problem in the file becomes an ArchiveError: what was requested cannot be had. */
export function receivedError({ kind, code, message, hint }: SentError): Error {
  if (kind === 'range') return new RangeError(message);
  if (kind === 'other') return new Error(message);
  return new ArchiveError(code ?? 'bytes-unreadable', message, hint === undefined ? {} : { hint });
}

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
