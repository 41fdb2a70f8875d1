// When a failed request is retried, and after how long.

/** Statuses of a temporarily busy or broken server, so that a retry may help. */
const BUSY = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Whether a response with this status is temporary. */
export function isBusyStatus(status: number): boolean {
  return BUSY.has(status);
}

/**
 * The wait that a `Retry-After` header requests, in milliseconds from `now`. Undefined
 * without the header, and if it is neither a number of seconds nor a date.
 */
export function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** The longest wait that a server may request, in milliseconds. */
export const LONGEST_WAIT = 60_000;
const FIRST_WAIT = 250;

/**
 * Milliseconds to wait after a failed attempt (1, 2, …): twice as long each time with random jitter, and
 * at least what the server requested. `random` is from 0 to 1.
 */
export function waitAfter(attempt: number, asked: number | undefined, random: number): number {
  const own = FIRST_WAIT * 2 ** (attempt - 1) * (0.5 + random);
  return Math.min(LONGEST_WAIT, Math.max(own, asked ?? 0));
}
