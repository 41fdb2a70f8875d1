// Times in records, converted to the one form that other formats accept.

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A date or date-time in the form of RFC 3339; undefined for anything else. DANDI's times are UTC, even where
 * early records leave the offset out.
 */
export function toTimestamp(text: string | undefined): string | undefined {
  const given = text === undefined ? '' : DAY.test(text) ? `${text}T00:00:00` : text;
  if (!DATE_TIME.test(given)) return undefined;
  const time = /(?:Z|[+-]\d{2}:\d{2})$/.test(given) ? given : `${given}Z`;
  return Number.isNaN(Date.parse(time)) ? undefined : time;
}
