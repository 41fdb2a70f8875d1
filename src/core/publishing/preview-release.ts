// A planned publication reduced to the few facts needed to decide on it.

import type { DandisetNumber } from '../identifiers/dandiset-id.ts';
import type { Archive } from '../records/archive.ts';
import { doiRecord, type DoiRecord } from './doi-record.ts';
import { frozenCitation, type FrozenVersion } from './freeze-version.ts';
import { registrarOf } from './publication.ts';

/** The version that merging would publish. */
export interface ReleasePreview {
  /** Digest of the version as a preview: the same for everyone who makes it from the same draft. */
  digest: string;
  /** As it would read if it were published today. */
  citation: string;
  releaseNotes: string;
  files: number;
  bytes: number;
  /** Present if the archive registers DOIs. */
  doi?: DoiRecord;
}

/** Shows what planRelease froze as a preview; `today` is an ISO day or time, for the citation's year. */
export function previewRelease(
  frozen: FrozenVersion,
  { archive, number }: { archive: Archive; number: DandisetNumber },
  today: string,
): ReleasePreview {
  const { version, manifest } = frozen;
  const record = { ...frozen.record, datePublished: today, dateModified: today };
  const publication = { archive, number, version, time: today, publisher: registrarOf(archive) };
  const doi = doiRecord({ archive, number, version, record });
  return {
    digest: frozen.digest,
    citation: frozenCitation(record, publication),
    releaseNotes: String(frozen.record['releaseNotes'] ?? ''),
    files: manifest.assets?.count ?? 0,
    bytes: manifest.assets?.bytes ?? 0,
    ...(doi === undefined ? {} : { doi }),
  };
}
