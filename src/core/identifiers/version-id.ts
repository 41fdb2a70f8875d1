// Identifiers of versions: `draft`, or `0.YYMMDD.HHMM` in UTC for a published one.

/** `0.YYMMDD.HHMM`, UTC. */
export type PublishedVersionId = string & { readonly __brand: 'PublishedVersionId' };
export type VersionId = PublishedVersionId | 'draft';

const PUBLISHED_PATTERN = /^0\.\d{6}\.\d{4}$/;

/** A published version's identifier, or undefined; the shape is checked, not the calendar. */
export function parsePublishedVersion(text: string): PublishedVersionId | undefined {
  return PUBLISHED_PATTERN.test(text) ? (text as PublishedVersionId) : undefined;
}

/** A version's identifier, or undefined. */
export function parseVersion(text: string): VersionId | undefined {
  return text === 'draft' ? 'draft' : parsePublishedVersion(text);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** The version a publication at this moment gets: minutes in UTC, years of this century. */
export function versionFromDate(date: Date): PublishedVersionId {
  const day = [date.getUTCFullYear() % 100, date.getUTCMonth() + 1, date.getUTCDate()];
  const time = [date.getUTCHours(), date.getUTCMinutes()];
  const digits = (values: number[]): string => values.map(twoDigits).join('');
  return `0.${digits(day)}.${digits(time)}` as PublishedVersionId;
}

/** Orders published versions from oldest to newest; the fixed width makes text order time order. */
export function compareVersions(a: PublishedVersionId, b: PublishedVersionId): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
