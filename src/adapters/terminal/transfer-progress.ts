// Progress of a transfer on a terminal: a line for each file that is running and one for the total, with rate
// and time left. Nothing in a pipe: there the caller prints lines.

import { TransferRate, transferWords } from '../../core/download/transfer-words.ts';
import { formatBytes } from '../../core/text/format.ts';
import type { BarStream } from './progress.ts';
import { shortened, visibleText } from './visible-text.ts';

export interface TransferProgress {
  /** So many files and bytes more are to be transferred. */
  expect(files: number, bytes: number): void;
  /**
   * Bytes of a file have arrived; a negative number: they are fetched again. What is shown never goes down: the
   * bytes that come again are counted apart.
   */
  advance(name: string, size: number, bytes: number): void;
  /** A file has ended, of which so many bytes still count as to be transferred. */
  settle(name: string, size: number): void;
  /** Removes the lines, prints something, and shows them again. */
  print(line: string): void;
  /** Removes the lines. */
  finish(): void;
}

const REDRAW_MS = 120;
const MOST_LINES = 8;
const BAR_WIDTH = 20;

function bar(done: number, size: number): string {
  const share = size === 0 ? 1 : Math.min(1, Math.max(0, done / size));
  const filled = Math.floor(share * BAR_WIDTH);
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
}

/** A progress that shows nothing. */
export const silentProgress: TransferProgress = {
  expect() {},
  advance() {},
  settle() {},
  print() {},
  finish() {},
};

/** The lines on a terminal, redrawn at most eight times a second. */
export function terminalProgress(
  stream: BarStream & { rows?: number },
  now: () => number = Date.now,
): TransferProgress {
  /** `now` is what counts, `done` the most that it has been. */
  const running = new Map<string, { size: number; now: number; done: number }>();
  const rate = new TransferRate();
  const total = { files: 0, bytes: 0, settled: 0, done: 0, again: 0 };
  let shown = 0;
  let drawnAt = -Infinity;

  function clear(): void {
    if (shown > 0) stream.write(`\u001b[${shown}F\u001b[0J`);
    shown = 0;
  }

  function lines(): string[] {
    const width = (stream.columns ?? 80) - 1;
    const most = Math.min(MOST_LINES, Math.max(1, (stream.rows ?? 24) - 3));
    const files = [...running].slice(0, most).map(([name, { size, done }]) => {
      const text = `${bar(done, size)} ${formatBytes(done).padStart(7)} of ${formatBytes(size)}  ${name}`;
      return shortened(visibleText(text), width);
    });
    const again = total.again > 0 ? `, ${formatBytes(total.again)} fetched again` : '';
    const { settled, files: all, done, bytes } = total;
    const sum = transferWords({ settled, files: all, done, bytes }, rate.speed) + again;
    return [...files, shortened(sum, width)];
  }

  function draw(): void {
    const time = now();
    if (time - drawnAt < REDRAW_MS) return;
    drawnAt = time;
    rate.note(time, total.done);
    clear();
    const text = lines();
    stream.write(`${text.join('\n')}\n`);
    shown = text.length;
  }

  return {
    expect(files, bytes) {
      total.files += files;
      total.bytes += bytes;
    },
    advance(name, size, bytes) {
      const file = running.get(name) ?? { size, now: 0, done: 0 };
      file.now += bytes;
      const gained = Math.max(0, file.now - file.done);
      file.done += gained;
      total.done += gained;
      if (bytes < 0) total.again -= bytes;
      running.set(name, file);
      draw();
    },
    settle(name, size) {
      total.done += size - (running.get(name)?.done ?? 0);
      running.delete(name);
      total.settled += 1;
      draw();
    },
    print(line) {
      clear();
      stream.write(`${line}\n`);
      drawnAt = -Infinity;
    },
    finish: clear,
  };
}
