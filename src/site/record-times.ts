// When things happened, as the records say: feeds and sitemaps give these times and never that of
// the build, so that the same records make the same files.

import { dayOfVersion } from '../core/text/format.ts';
import type { DandisetEntry, VersionEntry } from './catalog.ts';

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A date or date-time as RFC 3339 wants it; undefined for anything else. DANDI's times are UTC,
 * also where early records leave the offset out.
 */
export function toTimestamp(text: string | undefined): string | undefined {
  const given = text === undefined ? '' : DAY.test(text) ? `${text}T00:00:00` : text;
  if (!DATE_TIME.test(given)) return undefined;
  const time = /(?:Z|[+-]\d{2}:\d{2})$/.test(given) ? given : `${given}Z`;
  return Number.isNaN(Date.parse(time)) ? undefined : time;
}

/** The time a version's own name tells. */
function timeOfName(version: string): string | undefined {
  const [, hour, minute] = /\.(\d{2})(\d{2})$/.exec(version) ?? [];
  return toTimestamp(`${dayOfVersion(version) ?? ''}T${hour ?? ''}:${minute ?? ''}:00Z`);
}

/** When a version was published; of a draft, the start of the day on which it was last changed. */
export function timeOfEntry({ version, manifest, facts }: VersionEntry): string | undefined {
  return toTimestamp(manifest?.datePublished) ?? timeOfName(version) ?? toTimestamp(facts.day);
}

/** When a published version was withdrawn, as the status says; undefined if it was not. */
export function timeOfWithdrawal(dandiset: DandisetEntry, version: string): string | undefined {
  return toTimestamp(dandiset.records.withdrawals.get(version)?.date);
}

/** The later ones first; equal times keep their order. */
export function compareTimes(a: string, b: string): number {
  return Date.parse(b) - Date.parse(a);
}
