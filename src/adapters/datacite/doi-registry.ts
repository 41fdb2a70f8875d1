// Where DOIs are registered.

import type { DoiRecord } from '../../core/publishing/doi-record.ts';

export interface DoiRegistry {
  /** The name that messages use for it. */
  readonly name: string;
  /**
   * Registers a DOI, or updates its record; idempotent. A findable DOI is found by searches; a hidden one
   * resolves to its page but is not; a draft is withheld and resolves to nothing.
   *
   * @throws ArchiveError `doi-failed` with the answer of the registry.
   */
  register(record: DoiRecord, state: 'findable' | 'hidden' | 'draft'): Promise<void>;
}
