// When a request that got no answer is sent again, and after how long.

/** Statuses of a server that is busy or broken for a while, so that asking again may help. */
const BUSY = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Whether an answer of this status may be another one later. */
export function isBusyStatus(status: number): boolean {
  return BUSY.has(status);
}

/**
 * What a `Retry-After` header asks for, in milliseconds from `now`: seconds or a date. Undefined
 * without the header, and for one that is neither.
 */
export function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** A server may ask to wait this long, in milliseconds, not longer. */
export const LONGEST_WAIT = 60_000;
const FIRST_WAIT = 250;

/**
 * Milliseconds to wait after a failed attempt (1, 2, …): twice as long each time and never the same for
 * two clients, and at least what the server asked for. `random` is from 0 to 1.
 */
export function waitAfter(attempt: number, asked: number | undefined, random: number): number {
  const own = FIRST_WAIT * 2 ** (attempt - 1) * (0.5 + random);
  return Math.min(LONGEST_WAIT, Math.max(own, asked ?? 0));
}
