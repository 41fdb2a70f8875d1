// A submission becomes a Dandiset: the same texts in another folder, with the number it was given.

import {
  dandisetFolder,
  formatDandisetIdentifier,
  type DandisetNumber,
} from '../identifiers/dandiset-id.ts';
import { memberTexts } from '../json/member-texts.ts';
import { recordText, valueText, type MemberTexts } from '../json/object-text.ts';
import type { Archive } from '../records/archive.ts';

/**
 * The dandiset.json of a submission with the number it was given. The identifier stays where it
 * stood; everything else keeps its spelling. The text must be a JSON object.
 */
export function withNumber(
  dandiset: string,
  { identifierPrefix }: Archive,
  number: DandisetNumber,
): string {
  const identifier = valueText(formatDandisetIdentifier({ prefix: identifierPrefix, number }));
  const members: MemberTexts = new Map([['identifier', identifier]]);
  const written = memberTexts(dandiset);
  if (!written.has('identifier')) for (const [name, text] of written) members.set(name, text);
  else {
    members.clear();
    for (const [name, text] of written)
      members.set(name, name === 'identifier' ? identifier : text);
  }
  return recordText(members);
}

/** The folder a submission lies in, and the draft folder it moves to, both below `content/`. */
export function submissionFolder(slug: string): string {
  return `submissions/${slug}`;
}

/** The draft's folder of a Dandiset below `content/`. */
export function draftFolder(number: DandisetNumber): string {
  return `${dandisetFolder(number)}/draft`;
}
