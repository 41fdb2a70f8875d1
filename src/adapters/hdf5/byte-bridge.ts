// Ranges of Bytes for a thread that waits for them: memory that both threads share, and a message for each range.

import { ArchiveError } from '../../core/error.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { receivedError, sentError, type SentError } from './sent-error.ts';
import { exactLength, type SyncBytes } from './sync-bytes.ts';

/** The longest range. */
const CAPACITY = 8 * 1024 * 1024;
const CONTROL = 8;
const [WAITING, DONE, FAILED] = [0, 1, 2];

/** What the waiting thread sends. */
export interface RangeRequest {
  from: number;
  length: number;
}

/** What a thread needs to be given. */
export interface BridgeEnd {
  memory: SharedArrayBuffer;
  name: string;
  size: number;
}

export function bridgeTo({ name, size }: Bytes): BridgeEnd {
  return { memory: new SharedArrayBuffer(CONTROL + CAPACITY), name, size };
}

/** Fetches a range for the thread that waits. Never rejects. */
export async function serveRange(
  bytes: Bytes,
  { memory }: BridgeEnd,
  { from, length }: RangeRequest,
  signal?: AbortSignal,
): Promise<void> {
  const control = new Int32Array(memory, 0, 2);
  const data = new Uint8Array(memory, CONTROL);
  let state = DONE;
  let content: Uint8Array;
  try {
    content = exactLength(await bytes.range(from, length, signal), length, bytes.name);
  } catch (error) {
    state = FAILED;
    content = new TextEncoder().encode(JSON.stringify(sentError(error)));
  }
  data.set(content);
  control[1] = content.length;
  Atomics.store(control, 0, state);
  Atomics.notify(control, 0);
}

/** The bytes at the other end; `send` takes a request to the thread that serves it. */
export function bridgedBytes(
  { memory, name, size }: BridgeEnd,
  send: (request: RangeRequest) => void,
): SyncBytes {
  const control = new Int32Array(memory, 0, 2);
  const data = new Uint8Array(memory, CONTROL);
  return {
    name,
    size,
    read(from, length) {
      if (length > CAPACITY) throw new RangeError(`${length} bytes are too many for one range`);
      Atomics.store(control, 0, WAITING);
      send({ from, length });
      Atomics.wait(control, 0, WAITING);
      const content = data.slice(0, control[1]);
      if (control[0] === DONE) return exactLength(content, length, name);
      const error = receivedError(JSON.parse(new TextDecoder().decode(content)) as SentError);
      throw error instanceof ArchiveError
        ? error
        : new ArchiveError('bytes-unreadable', `${name} could not be read: ${error.message}`);
    },
  };
}
