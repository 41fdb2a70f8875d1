// The identifiers that the registrar assigns: the next free number, the version of a moment.

import { ArchiveError } from '../error.ts';
import {
  parseDandisetNumber,
  UNNUMBERED,
  type DandisetNumber,
} from '../identifiers/dandiset-id.ts';
import {
  compareVersions,
  dateOfVersion,
  versionFromDate,
  type PublishedVersionId,
} from '../identifiers/version-id.ts';

const LAST_NUMBER = 999_999;
const MINUTE = 60_000;

/**
 * The number after the highest that was ever assigned: gaps stay gaps, so that no number is used twice.
 *
 * @throws ArchiveError `usage` if all numbers are assigned.
 */
export function nextNumber(taken: Iterable<DandisetNumber>): DandisetNumber {
  let highest: string = UNNUMBERED;
  for (const number of taken) if (number > highest) highest = number;
  const next = Number(highest) + 1;
  const number = parseDandisetNumber(String(next).padStart(6, '0'));
  if (number === undefined || next > LAST_NUMBER) {
    throw new ArchiveError('usage', 'This archive has given its last number, 999999.');
  }
  return number;
}

/**
 * The version of a publication at this time: its minute, or the minute after the newest existing version, if
 * that is later. Versions of one Dandiset are thus in the order they were published in.
 *
 * @throws TypeError for an invalid time.
 */
export function versionOfTime(
  time: string,
  taken: readonly PublishedVersionId[],
): PublishedVersionId {
  const asked = Date.parse(time);
  if (Number.isNaN(asked)) throw new TypeError(`"${time}" is no time`);
  const newest = [...taken].sort(compareVersions).at(-1);
  const earliest = newest === undefined ? asked : dateOfVersion(newest).getTime() + MINUTE;
  return versionFromDate(new Date(Math.max(asked, earliest)));
}

/** A time as frozen records write it: to the second, in UTC. */
export function recordTime(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, '+00:00');
}
