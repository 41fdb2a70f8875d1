// Rules about what an author leaves to the archive.

import { member, textMember, type JsonObject } from '../json/json-text.ts';
import { DANDI_SITES } from '../identifiers/dandi-sites.ts';
import type { Archive } from '../records/archive.ts';
import type { Rule } from './rule.ts';
import type { VersionSubject } from './subjects.ts';

/** Fields that would make a draft pass for a published version with anyone who trusts them. */
const OF_PUBLICATION = ['version', 'doi', 'url', 'datePublished', 'publishedBy'] as const;

/** What DANDI's server writes into every draft. */
const OF_THE_SERVER = ['url', 'repository', 'citation', 'assetsSummary', 'manifestLocation'];

/**
 * Whether the draft of a Dandiset was imported unchanged: the archive is a copy of another, or holds records
 * of an archive that runs DANDI's server, and this draft has the form that server gives its drafts.
 */
function cameFromElsewhere(record: JsonObject, archive: Archive): boolean {
  if (archive.archiveOfRecord !== undefined) return true;
  return (
    DANDI_SITES.has(archive.identifierPrefix) &&
    textMember(record, 'version') === 'draft' &&
    textMember(record, 'id') === `${textMember(record, 'identifier')}/draft` &&
    OF_THE_SERVER.every((name) => member(record, name) !== undefined)
  );
}

/** Nothing in a draft says that it is published. */
export const WRITTEN_BY_ARCHIVE: Rule<VersionSubject> = {
  id: 'written-by-archive',
  severity: 'error',
  title: 'What the archive writes stays out of drafts',
  explanation:
    'The version, its DOI, its address and its publication are written by the archive when it publishes. A draft that was imported keeps what its archive wrote, and nothing of it is read.',
  hint: 'Remove it from the draft, or run dandiset migrate, which leaves out what the archive writes.',
  *check({ record, version, submission, archive }) {
    if (version !== 'draft' || (!submission && cameFromElsewhere(record, archive))) return;
    for (const name of OF_PUBLICATION) {
      if (member(record, name) === undefined) continue;
      yield {
        pointer: `/${name}`,
        message: `"${name}" is written by the archive, not by the author.`,
      };
    }
  },
};
