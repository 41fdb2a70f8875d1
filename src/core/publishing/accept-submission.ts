// Turns a submission into a Dandiset: the same texts in another folder, with the assigned number.

import { formatDandisetIdentifier, type DandisetNumber } from '../identifiers/dandiset-id.ts';
import { memberTexts } from '../json/member-texts.ts';
import { recordText, valueText, type MemberTexts } from '../json/object-text.ts';
import type { Archive } from '../records/archive.ts';

/**
 * The dandiset.json of a submission with the assigned number. The identifier stays where it was, or comes
 * first; everything else keeps its spelling. The text must be a JSON object.
 */
export function withNumber(
  dandiset: string,
  { identifierPrefix }: Archive,
  number: DandisetNumber,
): string {
  const identifier = valueText(formatDandisetIdentifier({ prefix: identifierPrefix, number }));
  const written = memberTexts(dandiset);
  const members: MemberTexts = written.has('identifier')
    ? written
    : new Map([['identifier', identifier], ...written]);
  members.set('identifier', identifier);
  return recordText(members);
}
