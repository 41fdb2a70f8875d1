// Where DOIs are registered.

import type { DoiRecord } from '../../core/publishing/doi-record.ts';

export interface DoiRegistry {
  /** What messages call it. */
  readonly name: string;
  /**
   * Registers a DOI, or brings its record up to date; doing it again is the same. A findable one is
   * found by searches; a hidden one leads to its page and is not; a draft is kept back and leads nowhere.
   *
   * @throws ArchiveError `doi-failed` with what the registry answered.
   */
  register(record: DoiRecord, state: 'findable' | 'hidden' | 'draft'): Promise<void>;
}
