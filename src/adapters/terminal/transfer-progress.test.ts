import { expect, test } from 'vitest';
import { terminalProgress, type TransferProgress } from './transfer-progress.ts';

/** A progress with a clock that a test turns, and the last line that it shows. */
function shownProgress(): { progress: TransferProgress; turn(ms: number): void; last(): string } {
  let time = 0;
  let text = '';
  const stream = { columns: 200, rows: 24, isTTY: true, write: (piece: string) => (text = piece) };
  const progress = terminalProgress(stream as never, () => time);
  const last = (): string => text.trimEnd().split('\n').at(-1) ?? '';
  return { progress, last, turn: (ms) => (time += ms) };
}

test('the time left is that of the last ten seconds, and none at the end', () => {
  const { progress, turn, last } = shownProgress();
  progress.expect(1, 10_000_000);
  // Fast at first, then 100 kB a second.
  progress.advance('a', 10_000_000, 4_000_000);
  for (let second = 0; second < 20; second += 1) {
    turn(1000);
    progress.advance('a', 10_000_000, 100_000);
  }
  expect(last()).toMatch(/6\.00 MB of 10\.0 MB, 100 kB\/s, 0:40 left$/);
  turn(1000);
  progress.settle('a', 10_000_000);
  expect(last()).toMatch(/^1 of 1 files, 10\.0 MB of 10\.0 MB/);
  expect(last()).not.toContain('left');
});

test('half of five hours is five hours', () => {
  const { progress, turn, last } = shownProgress();
  progress.expect(2, 2_000_000);
  progress.advance('a', 1_000_000, 1);
  turn(18_000_000);
  progress.advance('a', 1_000_000, 999_999);
  expect(last()).toMatch(/5:00:00 left$/);
});

test('bytes that are fetched again are counted apart, and nothing goes down', () => {
  const { progress, turn, last } = shownProgress();
  progress.expect(1, 10_000_000);
  progress.advance('a', 10_000_000, 8_000_000);
  turn(1000);
  progress.advance('a', 10_000_000, -8_000_000);
  expect(last()).toMatch(/^0 of 1 files, 8\.00 MB of 10\.0 MB.*, 8\.00 MB fetched again$/);
  turn(1000);
  progress.advance('a', 10_000_000, 9_000_000);
  expect(last()).toMatch(/, 9\.00 MB of 10\.0 MB/);
  progress.settle('a', 10_000_000);
  turn(1000);
  progress.print('');
  progress.advance('b', 0, 0);
  expect(last()).toMatch(/, 10\.0 MB of 10\.0 MB/);
});
