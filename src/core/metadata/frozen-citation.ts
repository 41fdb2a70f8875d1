// What a record says of how it is cited: the citation that was frozen with it, and where it was published.
// Neither is used if it would not resolve.

import { holdsPlaceholderDoi, parseDoi } from '../identifiers/doi.ts';
import { textMember, type JsonObject } from '../json/json-text.ts';
import { linkableUrl, shownLine, shownText } from '../text/shown-text.ts';
import { identifiersOrgAddress } from './publisher.ts';

/** Why the citation that was frozen with a version is not shown. */
export type CitationLeftOut = 'placeholder' | 'unregistered';

/** The frozen citation of a version that has this registered DOI, or why it is left out. */
export function frozenCitationOf(
  record: JsonObject,
  registered: string | undefined,
): { storedCitation?: string; citationLeftOut?: CitationLeftOut } {
  const citation = textMember(record, 'citation');
  if (citation === undefined || shownLine(citation) === '') return {};
  if (holdsPlaceholderDoi(citation)) return { citationLeftOut: 'placeholder' };
  // A DOI that is not registered yet does not resolve.
  const frozen = parseDoi(textMember(record, 'doi') ?? '');
  if (registered === undefined && frozen !== undefined && citation.includes(frozen)) {
    return { citationLeftOut: 'unregistered' };
  }
  return { storedCitation: shownText(citation, 10_000) };
}

/**
 * The address at which an imported version was published: its record's own if that is the page of this
 * version, else the one that identifiers.org resolves; undefined if neither is known.
 */
export function originalAddress(
  record: JsonObject,
  { identifier, version }: { identifier: string; version: string },
): string | undefined {
  const url = linkableUrl(textMember(record, 'url'));
  const page = `/dandiset/${identifier.split(':')[1] ?? ''}/${version}`;
  if (url !== undefined && url.replace(/\/$/, '').endsWith(page)) return url;
  return identifiersOrgAddress({ identifier, version });
}
