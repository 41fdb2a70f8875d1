// Any two versions: `?from=…&to=…` names them; the form writes that address.

import { textMember } from '../../core/json/json-text.ts';
import { formatBytes } from '../../core/text/format.ts';
import { shownText } from '../../core/text/shown-text.ts';
import type { CompareChoice } from './compare-page.ts';
import { mark, type Markup } from './compare-markup.ts';
import { comparisonMarkup, comparisonWords, versionComparison } from './compare-view.ts';
import { nodeOf } from '../browser/markup-nodes.client.ts';
import { loadVersion } from './compare-source.client.ts';

/** Larger lists are loaded on the reader's demand. */
const ASK_ABOVE = 10_000_000;
const MAX_ROWS = 1000;
const MAX_CHANGES = 500;

/** Lets the browser show the message before the page is busy. */
const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

class CompareVersions extends HTMLElement {
  #choices: CompareChoice[] = [];

  connectedCallback(): void {
    const data = this.querySelector('script')?.textContent ?? '[]';
    this.#choices = JSON.parse(data) as CompareChoice[];
    const query = new URLSearchParams(location.search);
    const [from, to] = [query.get('from'), query.get('to')];
    if (from === null || to === null) return;
    const [before, after] = [from, to].map((version) =>
      this.#choices.find((choice) => choice.version === version),
    );
    if (before === undefined || after === undefined) {
      this.#say('There is no such version of this Dandiset.');
      return;
    }
    this.#choose('from', before);
    this.#choose('to', after);
    if (before === after) this.#say('Choose two versions that are not the same.');
    else this.#offer(before, after);
  }

  #choose(field: string, { version }: CompareChoice): void {
    const select = this.querySelector<HTMLSelectElement>(`select[name="${field}"]`);
    if (select !== null) select.value = version;
  }

  #say(words: string): void {
    const status = this.querySelector('.compare-status');
    if (status !== null) status.textContent = words;
  }

  /** Compares at once where little has to be loaded, otherwise asks first. */
  #offer(before: CompareChoice, after: CompareChoice): void {
    const bytes = (before.list?.bytes ?? 0) + (after.list?.bytes ?? 0);
    if (bytes <= ASK_ABOVE) {
      void this.#compare(before, after);
      return;
    }
    const words = `The lists of files of these versions are ${formatBytes(bytes)} in all.`;
    this.#say(words);
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Load and compare them';
    button.addEventListener('click', () => {
      button.remove();
      void this.#compare(before, after);
    });
    this.querySelector('.compare-status')?.after(button);
  }

  async #compare(before: CompareChoice, after: CompareChoice): Promise<void> {
    const result = this.querySelector<HTMLElement>('.compare-result');
    if (result === null) return;
    this.#say('Loading …');
    try {
      const [older, newer] = await Promise.all([loadVersion(before), loadVersion(after)]);
      this.#say('Comparing …');
      await painted();
      const comparison = versionComparison(older, newer, MAX_CHANGES);
      const notes = shownText(textMember(newer.record, 'releaseNotes') ?? '').trim();
      const markup: Markup[] = [
        mark(
          'h2',
          {},
          mark('a', { href: after.folder }, after.version),
          ' compared with ',
          mark('a', { href: before.folder }, before.version),
        ),
        ...(notes === ''
          ? []
          : [
              mark('h3', {}, `Release notes of ${after.version}`),
              mark('p', { class: 'compare-notes', dir: 'auto' }, notes),
            ]),
        ...comparisonMarkup(comparison, { most: MAX_ROWS, left: 5 * MAX_ROWS }),
      ];
      result.replaceChildren(...markup.map(nodeOf));
      result.classList.add('comparison');
      result.hidden = false;
      this.#say(`${before.version} to ${after.version}: ${comparisonWords(comparison)}.`);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'The records could not be read.';
      this.#say(`The versions could not be compared. ${why}`);
    }
  }
}

customElements.define('compare-versions', CompareVersions);
