// Runs the rules over the record a moment after it was changed.

import { checkRecord } from '../../core/editing/check-record.ts';
import { parseJson, textMember } from '../../core/json/json-text.ts';
import type { Problem } from '../../core/problem.ts';
import type { HandInTarget } from '../../core/submissions/hand-in-target.ts';
import { toVocabulary } from '../../core/vocabulary/vocabulary.ts';
import type { EditedDandiset, EditSettings } from '../../site/edit-settings.ts';
import { loadValidators } from './load-edited.client.ts';

const A_MOMENT = 200;

export class RecordChecker {
  readonly #settings: EditSettings;
  readonly #vocabularies;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(settings: EditSettings) {
    this.#settings = settings;
    this.#vocabularies = new Map(
      Object.entries(settings.vocabularies).map(([name, value]) => [name, toVocabulary(value)]),
    );
  }

  /** The problems of a record; undefined where its release cannot be checked here. */
  async problemsOf(
    target: HandInTarget,
    text: string,
    list: EditedDandiset['list'],
  ): Promise<Problem[] | undefined> {
    const parsed = parseJson(text);
    const release = parsed.ok ? (textMember(parsed.value, 'schemaVersion') ?? '') : '';
    if (!(await loadValidators(this.#settings, release))) return undefined;
    const { archive } = this.#settings;
    return checkRecord({ target, text, list, archive, vocabularies: this.#vocabularies });
  }

  /** Calls back when nothing was changed for a moment. */
  soon(act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, A_MOMENT);
  }
}
