// Progress of a long command. A bar on a terminal, nothing in a pipe.

import { shortened, visibleText } from './visible-text.ts';

/** How a workflow reports its progress. */
export interface Reporter {
  /** A task of `total` steps begins. */
  start(label: string, total: number): void;
  /** One more step is about to be done; `detail` names it. */
  step(detail: string): void;
  /** The task has ended; the bar disappears. */
  finish(): void;
}

/** A reporter that shows nothing: in a pipe, and where nobody watches. */
export const silentReporter: Reporter = { start() {}, step() {}, finish() {} };

/** The parts of an output stream that a bar needs. */
export interface BarStream {
  write(text: string): unknown;
  columns?: number;
}

const BAR_WIDTH = 24;
const MIN_INTERVAL_MS = 80;

/** A bar on one line of a terminal, redrawn at most every 80 ms. */
export function terminalReporter(stream: BarStream, now: () => number = Date.now): Reporter {
  let label = '';
  let total = 0;
  let begun = 0;
  let drawnAt = -Infinity;

  return {
    start(newLabel, newTotal) {
      [label, total, begun, drawnAt] = [newLabel, newTotal, 0, -Infinity];
    },
    step(detail) {
      begun += 1;
      if (now() - drawnAt < MIN_INTERVAL_MS) return;
      drawnAt = now();
      const filled =
        total === 0 ? 0 : Math.min(BAR_WIDTH, Math.floor(((begun - 1) / total) * BAR_WIDTH));
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
      const line = visibleText(`${label} ${bar} ${begun}/${total} ${detail}`);
      stream.write(`\r\u001b[2K${shortened(line, (stream.columns ?? 80) - 1)}`);
    },
    finish() {
      if (drawnAt !== -Infinity) stream.write('\r\u001b[2K');
      drawnAt = -Infinity;
    },
  };
}
