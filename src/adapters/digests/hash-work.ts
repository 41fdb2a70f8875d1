// Several hashes of the same bytes, of the whole and of parts of a fixed size.

import { createHash } from 'node:crypto';

export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha512';

/** What is to be computed. */
export interface HashWork {
  whole: readonly HashName[];
  parts: readonly HashName[];
  /** Bytes of each part but the last. */
  partSize: number;
}

/** Digests in lower-case hexadecimal. */
export interface HashResult {
  whole: Partial<Record<HashName, string>>;
  /** Of each part, in order. */
  parts: Partial<Record<HashName, string[]>>;
}

export interface RunningHashes {
  /** Takes the next bytes. */
  update(bytes: Uint8Array): void;
  result(): HashResult;
}

/** Computes hashes of bytes that come in order. */
export function runHashes(work: HashWork): RunningHashes {
  const whole = work.whole.map((name) => ({ name, hash: createHash(name) }));
  const parts = work.parts.map((name) => ({ name, hash: createHash(name), done: [] as string[] }));
  let inPart = 0;
  const endPart = (): void => {
    for (const part of parts) {
      part.done.push(part.hash.digest('hex'));
      part.hash = createHash(part.name);
    }
    inPart = 0;
  };
  return {
    update(bytes) {
      for (const { hash } of whole) hash.update(bytes);
      for (let start = 0; parts.length > 0 && start < bytes.length;) {
        const end = Math.min(bytes.length, start + work.partSize - inPart);
        const piece = bytes.subarray(start, end);
        for (const { hash } of parts) hash.update(piece);
        inPart += end - start;
        start = end;
        if (inPart === work.partSize) endPart();
      }
    },
    result() {
      if (inPart > 0) endPart();
      return {
        whole: Object.fromEntries(whole.map(({ name, hash }) => [name, hash.digest('hex')])),
        parts: Object.fromEntries(parts.map(({ name, done }) => [name, done])),
      };
    },
  };
}

/** Seconds for a gigabyte, about: what matters is their proportion. */
const COSTS: Record<HashName, number> = { md5: 1.4, sha512: 1, sha1: 0.7, sha256: 0.6 };

/** Divides work between two threads, so that both take about as long. */
export function divideWork({ whole, parts, partSize }: HashWork): [HashWork, HashWork] {
  const tasks = [
    ...whole.map((name) => ({ name, isWhole: true })),
    ...parts.map((name) => ({ name, isWhole: false })),
  ].sort((a, b) => COSTS[b.name] - COSTS[a.name]);
  const lanes = [0, 1].map(() => ({ cost: 0, tasks: [] as typeof tasks }));
  for (const task of tasks) {
    const lane = lanes[0]!.cost <= lanes[1]!.cost ? lanes[0]! : lanes[1]!;
    lane.tasks.push(task);
    lane.cost += COSTS[task.name];
  }
  const workOf = (lane: (typeof lanes)[number]): HashWork => ({
    whole: lane.tasks.filter(({ isWhole }) => isWhole).map(({ name }) => name),
    parts: lane.tasks.filter(({ isWhole }) => !isWhole).map(({ name }) => name),
    partSize,
  });
  return [workOf(lanes[0]!), workOf(lanes[1]!)];
}
