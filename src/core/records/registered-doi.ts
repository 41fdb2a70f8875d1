// DOIs are frozen with a version before they are registered. Only registered ones are shown.

import { isPlaceholderDoi, parseDoi } from '../identifiers/doi.ts';
import { textMember, type JsonObject } from '../json/json-text.ts';
import type { DandisetStatus } from './status.ts';

/**
 * The bare DOI of a published version's record if it is registered, else undefined. Those of imported
 * versions count as registered; placeholders and leftovers in drafts do not.
 */
export function registeredDoi(
  record: JsonObject,
  version: { isDraft: boolean; isImported: boolean; isRegistered: boolean },
): string | undefined {
  if (version.isDraft || !(version.isImported || version.isRegistered)) return undefined;
  const doi = parseDoi(textMember(record, 'doi') ?? '');
  return doi === undefined || isPlaceholderDoi(doi) ? undefined : doi;
}

/** The bare DOI of the Dandiset itself if it is registered, else undefined: a draft's does not resolve. */
export function registeredDandisetDoi({
  dandisetDoi,
}: Pick<DandisetStatus, 'dandisetDoi'>): string | undefined {
  if (dandisetDoi === undefined || dandisetDoi.state === 'draft') return undefined;
  return parseDoi(dandisetDoi.doi);
}
