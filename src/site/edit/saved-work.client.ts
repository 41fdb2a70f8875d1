// Work that is not submitted yet, saved in the browser by Dandiset and by the record it began with, so that
// it is never applied to another one. It survives a reload and a crash.

import { sha256Hex } from '../../core/digests/sha256.ts';

/** Work as it is saved. */
export interface SavedWork {
  /** The record it began with. */
  baseText: string;
  text: string;
  /** When it was last saved, as ISO date-time. */
  date: string;
  /** The name of the submission, for a new Dandiset. */
  slug?: string;
  /** The release notes, where publication is requested with it. */
  notes?: string;
}

const BEGIN = 'dandiset-edit';

function isSaved(value: unknown): value is SavedWork {
  if (typeof value !== 'object' || value === null) return false;
  return ['baseText', 'text', 'date'].every(
    (key) => typeof (value as Record<string, unknown>)[key] === 'string',
  );
}

export class SavedWorks {
  readonly #place: string;

  /** `base`: where the site is; `subject`: six digits, or `new`. */
  constructor(base: string, subject: string) {
    this.#place = `${BEGIN}:${base}:${subject}:`;
  }

  /** The key of work that began with a record. */
  keyOf(baseText: string): string {
    return this.#place + sha256Hex(baseText).slice(0, 16);
  }

  /** Saves work; false where the browser does not. */
  keep(work: SavedWork): boolean {
    try {
      localStorage.setItem(this.keyOf(work.baseText), JSON.stringify(work));
      return true;
    } catch {
      // Storage is full or switched off.
      return false;
    }
  }

  forget(baseText: string): void {
    try {
      localStorage.removeItem(this.keyOf(baseText));
    } catch {
      // Nothing could be saved either.
    }
  }

  /** All work on the subject, the newest first. */
  all(): SavedWork[] {
    const found: SavedWork[] = [];
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(this.#place)) continue;
        const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
        if (isSaved(value)) found.push(value);
      }
    } catch {
      return found;
    }
    return found.sort((a, b) => (a.date < b.date ? 1 : -1));
  }
}
