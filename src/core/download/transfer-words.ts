// How far a transfer is, in words: the same on a terminal and on a page.

import { formatBytes, formatCount } from '../text/format.ts';

/** The rate is that of the last ten seconds. */
const RATE_WINDOW_MS = 10_000;

/** The rate of a transfer, from the bytes that it has at some times. */
export class TransferRate {
  readonly #samples: { at: number; bytes: number }[] = [];

  /** Notes how many bytes there are at a time in milliseconds. */
  note(at: number, bytes: number): void {
    this.#samples.push({ at, bytes });
    while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > RATE_WINDOW_MS)
      this.#samples.shift();
  }

  /** Bytes a second; 0 while it is not known. */
  get speed(): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (first === undefined || last === undefined || last.at === first.at) return 0;
    return Math.max(0, ((last.bytes - first.bytes) / (last.at - first.at)) * 1000);
  }
}

/** A duration as `1:05` or `2:03:04`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown
    .map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0')))
    .join(':');
}

export interface TransferState {
  settled: number;
  files: number;
  done: number;
  bytes: number;
}

/** `3 of 12 files, 1.2 GB of 3.4 GB, 12.1 MB/s, 3:02 left`. */
export function transferWords(
  { settled, files, done, bytes }: TransferState,
  speed: number,
): string {
  const left = speed > 0 && done < bytes ? `, ${clock((bytes - done) / speed)} left` : '';
  return (
    `${formatCount(settled)} of ${formatCount(files)} files, ` +
    `${formatBytes(Math.max(0, done))} of ${formatBytes(bytes)}, ${formatBytes(speed)}/s${left}`
  );
}
