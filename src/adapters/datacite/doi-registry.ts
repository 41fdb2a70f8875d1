// Where DOIs are registered.

import type { DoiRecord } from '../../core/publishing/doi-record.ts';

export interface DoiRegistry {
  /** What messages call it. */
  readonly name: string;
  /**
   * Registers a DOI so that it can be found, or brings its record up to date; doing it again is the
   * same.
   *
   * @throws ArchiveError `doi-failed` with what the registry answered.
   */
  register(record: DoiRecord): Promise<void>;
}
