// Errors on their way between threads. Apart from what reads HDF5, so that who only asks does not load the library.

import { ArchiveError, isArchiveError, type ErrorCode } from '../../core/error.ts';
import { Hdf5Problem } from './hdf5-problem.ts';

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
