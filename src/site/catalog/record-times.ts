// When things happened, according to the records: feeds and sitemaps give these times and never that of the
// build, so that the same records make the same files.

import { dayOfVersion } from '../../core/text/format.ts';
import { toTimestamp } from '../../core/text/timestamp.ts';
import type { DandisetEntry, VersionEntry } from './catalog.ts';

export { toTimestamp };

/** The time in a version's own name. */
function timeOfName(version: string): string | undefined {
  const [, hour, minute] = /\.(\d{2})(\d{2})$/.exec(version) ?? [];
  return toTimestamp(`${dayOfVersion(version) ?? ''}T${hour ?? ''}:${minute ?? ''}:00Z`);
}

/** When a version was published; of a draft, the start of the day on which it was last changed. */
export function timeOfEntry({ version, manifest, summary }: VersionEntry): string | undefined {
  return toTimestamp(manifest?.datePublished) ?? timeOfName(version) ?? toTimestamp(summary.day);
}

/** When a published version was withdrawn, as the status says; undefined if it was not. */
export function timeOfWithdrawal(dandiset: DandisetEntry, version: string): string | undefined {
  return toTimestamp(dandiset.records.withdrawals.get(version)?.date);
}

/** The later ones first; equal times retain their order. */
export function compareTimes(a: string, b: string): number {
  return Date.parse(b) - Date.parse(a);
}
