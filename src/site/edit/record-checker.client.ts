// Runs the rules over the record a moment after it was changed, and over a list of files in slices.

import { checkListInSteps, releasesIn } from '../../core/editing/check-list.ts';
import { checkRecord } from '../../core/editing/check-record.ts';
import { parseJson, textMember } from '../../core/json/json-text.ts';
import type { Problem } from '../../core/problem.ts';
import type { SubmissionTarget } from '../../core/submission/submission-target.ts';
import { toVocabulary } from '../../core/vocabulary/vocabulary.ts';
import type { EditedDandiset, EditSettings } from './edit-settings.ts';
import { loadValidators, passUnread } from './load-edited.client.ts';

const A_MOMENT = 200;
/** Milliseconds that the rules run over a list before yielding to the page. */
const A_BIT = 8;

/** What is found in a list. */
export interface CheckedList {
  problems: Problem[];
  /** Releases of the schema that its lines name and this site cannot check. */
  unread: string[];
}

export class RecordChecker {
  readonly #settings: EditSettings;
  readonly #vocabularies;
  readonly #unread = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(settings: EditSettings) {
    this.#settings = settings;
    this.#vocabularies = new Map(
      Object.entries(settings.vocabularies).map(([name, value]) => [name, toVocabulary(value)]),
    );
  }

  /** The problems of a record; undefined where its release cannot be checked here. */
  async problemsOf(
    target: SubmissionTarget,
    text: string,
    list: EditedDandiset['list'],
  ): Promise<Problem[] | undefined> {
    const parsed = parseJson(text);
    const release = parsed.ok ? (textMember(parsed.value, 'schemaVersion') ?? '') : '';
    if (!(await loadValidators(this.#settings, 'Dandiset', release))) return undefined;
    const { archive } = this.#settings;
    return checkRecord({ target, text, list, archive, vocabularies: this.#vocabularies });
  }

  /** The problems of a list of assets; undefined where it is no longer wanted. */
  async problemsOfList(
    target: SubmissionTarget,
    text: string,
    isWanted = (): boolean => true,
  ): Promise<CheckedList | undefined> {
    const releases = [...releasesIn(text)];
    for (const release of releases) {
      if (this.#unread.has(release)) continue;
      if (await loadValidators(this.#settings, 'Asset', release)) continue;
      passUnread(this.#settings, release);
      this.#unread.add(release);
    }
    const unread = releases.filter((release) => this.#unread.has(release));
    const { archive } = this.#settings;
    const steps = checkListInSteps({ target, text, archive, vocabularies: this.#vocabularies });
    for (let from = performance.now(); isWanted();) {
      const step = steps.next();
      if (step.done === true) return { problems: step.value, unread };
      if (performance.now() - from < A_BIT) continue;
      await new Promise((resolve) => setTimeout(resolve));
      from = performance.now();
    }
    return undefined;
  }

  /** Calls back when nothing was changed for a moment. */
  soon(act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, A_MOMENT);
  }
}
