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

/** The version of a publication at this moment: minutes in UTC, years of this century. */
export function versionFromDate(date: Date): PublishedVersionId {
  const day = [date.getUTCFullYear() % 100, date.getUTCMonth() + 1, date.getUTCDate()];
  const time = [date.getUTCHours(), date.getUTCMinutes()];
  const digits = (values: number[]): string => values.map(twoDigits).join('');
  return `0.${digits(day)}.${digits(time)}` as PublishedVersionId;
}

/**
 * The minute a version is named after; if its digits are not a date, it runs over into the next month or day.
 */
export function dateOfVersion(version: PublishedVersionId): Date {
  const [, day = '', time = ''] = version.split('.');
  const part = (text: string, at: number): number => Number(text.slice(at, at + 2));
  const [year, month, date] = [2000 + part(day, 0), part(day, 2) - 1, part(day, 4)];
  return new Date(Date.UTC(year, month, date, part(time, 0), part(time, 2)));
}

/** Whether the digits of a version are a real minute: 0.250230.1200 names no day. */
export function isRealMinute(version: PublishedVersionId): boolean {
  return versionFromDate(dateOfVersion(version)) === version;
}

/** Orders published versions from oldest to newest; the fixed width makes text order time order. */
export function compareVersions(a: PublishedVersionId, b: PublishedVersionId): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
