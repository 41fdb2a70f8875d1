// All problems in one list, each a link to its field.

import { problemInForm } from '../../core/editing/problem-words.ts';
import { countBySeverity, type Problem } from '../../core/problem.ts';
import { ASSETS_FILE } from '../../core/records/layout.ts';
import { countOf } from '../../core/text/format.ts';
import { element } from '../browser/dom.client.ts';

const MOST_SHOWN = 100;

/** `3 errors, 1 hint`; the heading of the list. */
export function problemWords(problems: readonly Problem[]): string {
  const counts = countBySeverity(problems);
  const parts = (['error', 'warning', 'hint'] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => countOf(counts[name], name));
  return parts.length === 0 ? 'No problems' : parts.join(', ');
}

/** Whether a problem is in the list of files. */
export function isOfList({ path }: Problem): boolean {
  return path.endsWith(`/${ASSETS_FILE}`);
}

/** What is wrong, with the line where it is in the list of files; and what to do. */
export function shownInForm(problem: Problem): { words: string; hint: string | undefined } {
  const { message, hint } = problemInForm(problem);
  const place = isOfList(problem) ? `List of files, line ${problem.line ?? 1}: ` : '';
  return { words: place + message, hint };
}

export class ProblemSummary {
  readonly element: HTMLElement;
  readonly #words = element('p', { class: 'problem-words', 'aria-live': 'polite' });
  readonly #list = element('ul', { class: 'problem-list' });
  #shown = '';
  readonly #go: (problem: Problem) => void;

  constructor(go: (problem: Problem) => void) {
    this.#go = go;
    this.element = element(
      'section',
      { class: 'card problem-summary', 'aria-labelledby': 'problems-title' },
      element('h2', { id: 'problems-title' }, 'Check'),
      this.#words,
      this.#list,
    );
  }

  say(words: string): void {
    if (this.#words.textContent !== words) this.#words.textContent = words;
  }

  show(problems: readonly Problem[]): void {
    this.say(
      problems.length === 0 ? 'No problems: it can be submitted.' : `${problemWords(problems)}.`,
    );
    this.#words.className = `problem-words ${problems[0]?.severity ?? 'ok'}`;
    // Rebuilt only when something is new, so that the focus stays on a link of the list.
    const key = JSON.stringify(problems);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#list.replaceChildren(
      ...problems.slice(0, MOST_SHOWN).map((problem) => {
        const { words, hint } = shownInForm(problem);
        const button = element('button', { type: 'button', class: 'link' }, words);
        button.addEventListener('click', () => this.#go(problem));
        const more =
          hint === undefined ? undefined : element('div', { class: 'small muted' }, hint);
        return element('li', { class: problem.severity }, button, more);
      }),
    );
    if (problems.length > MOST_SHOWN)
      this.#list.append(element('li', {}, `and ${problems.length - MOST_SHOWN} more`));
    this.#list.hidden = problems.length === 0;
  }
}
