import { expect, test } from 'vitest';
import { LONGEST_WAIT, retryAfter, waitAfter } from './retry.ts';

test('Retry-After is seconds or a date', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(retryAfter('7', now)).toBe(7000);
  expect(retryAfter(new Date(now + 9000).toUTCString(), now)).toBe(9000);
  expect(retryAfter(new Date(now - 9000).toUTCString(), now)).toBe(0);
  for (const nothing of [null, '', ' ', 'soon', '-1x'])
    expect(retryAfter(nothing, now)).toBeUndefined();
});

test('waits become longer, never longer than a minute, and are at least what is asked for', () => {
  expect([1, 2, 3].map((attempt) => waitAfter(attempt, undefined, 0.5))).toEqual([250, 500, 1000]);
  expect(waitAfter(1, 9000, 0)).toBe(9000);
  expect(waitAfter(1, 10 * LONGEST_WAIT, 0)).toBe(LONGEST_WAIT);
  expect(waitAfter(30, undefined, 1)).toBe(LONGEST_WAIT);
});
