// The list of files of a submission: one that the author chooses, otherwise the one that the draft has. Both
// are checked against the rules, separately from what is typed.

import type { Problem } from '../../core/problem.ts';
import { MAX_LIST_BYTES } from '../../core/records/asset-list.ts';
import { writtenList } from '../../core/submission/submitted-files.ts';
import { countOf } from '../../core/text/format.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { EditedDandiset } from './edit-settings.ts';
import { element } from '../browser/dom.client.ts';
import { loadText } from './load-edited.client.ts';
import type { CheckedList } from './record-checker.client.ts';

/** A longer list of a draft is left to the check of the pull request unless it is submitted anew. */
const MOST_FILES_UNASKED = 2000;

/** What checking the list needs. */
export interface ListSubject {
  /** Where the site is. */
  base: string;
  /** Undefined for a new Dandiset. */
  about: EditedDandiset | undefined;
  check(text: string, isWanted: () => boolean): Promise<CheckedList | undefined>;
  /** Another list, or other problems of it. */
  changed(): void;
}

export class ListPart {
  readonly element: HTMLElement;
  readonly #subject: ListSubject;
  readonly #input = element('input', {
    type: 'file',
    id: 'submission-list',
    accept: '.jsonl',
    'aria-describedby': 'submission-list-help submission-list-state',
  });
  readonly #state = element('p', { class: 'small', id: 'submission-list-state', role: 'status' });
  #turn = 0;
  /** The chosen list in its written form. */
  text: string | undefined;
  /** The list that is in the repository, where it had to be loaded. */
  before: string | undefined;
  /** Of the chosen list, otherwise of the draft's. */
  problems: readonly Problem[] = [];
  /** Why the chosen file cannot be submitted. */
  problem = '';

  constructor(subject: ListSubject) {
    this.#subject = subject;
    this.#input.addEventListener('change', () => void this.#take(this.#input.files?.[0]));
    const { base, about } = subject;
    const guide = element('a', { href: `${base}handbook/publish/` }, 'The handbook');
    const when =
      about === undefined
        ? 'It can follow later.'
        : 'Choose one if files were added, changed or taken away: it takes the place of the old one.';
    this.element = element(
      'div',
      { class: 'field' },
      element('label', { for: 'submission-list' }, 'List of files'),
      ...(about?.list === 'store' ? [] : [this.#input]),
      element(
        'p',
        { class: 'help', id: 'submission-list-help' },
        ...(about?.list === 'store'
          ? ['It is so long that it lies in the store: it is changed by command.']
          : ['assets.jsonl, one line a file. ', guide, ` shows how a line is written. ${when}`]),
      ),
      this.#state,
    );
  }

  /** Whether there will be a list next to the record. */
  get isGiven(): boolean {
    return this.text !== undefined;
  }

  focus(): void {
    this.#input.focus();
  }

  /** Checks a draft's list against the rules, if it is not too long for that. */
  async begin(): Promise<void> {
    const { about } = this.#subject;
    if (about?.hasDraft !== true || about.list !== 'record') return;
    if ((about.files ?? 0) > MOST_FILES_UNASKED) {
      this.#say(`${countOf(about.files ?? 0, 'file')} now: the pull request's check reads them.`);
      return;
    }
    await this.#load();
    if (this.before !== undefined && !this.isGiven) await this.#check(this.before);
  }

  async #load(): Promise<void> {
    const { about } = this.#subject;
    if (about?.hasDraft !== true || about.list !== 'record') return;
    this.before ??= await loadText(about.record.replace(/dandiset\.json$/, 'assets.jsonl'));
  }

  async #take(file: File | undefined): Promise<void> {
    const turn = (this.#turn += 1);
    [this.text, this.problem, this.problems] = [undefined, '', []];
    this.#say('');
    try {
      await this.#load();
      const text = file === undefined ? undefined : await textOf(file);
      if (turn !== this.#turn) return;
      this.text = text;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : `${file?.name} cannot be read.`;
    }
    this.#subject.changed();
    const now = this.text ?? (file === undefined ? this.before : undefined);
    if (now !== undefined) await this.#check(now);
  }

  async #check(text: string): Promise<void> {
    const turn = (this.#turn += 1);
    this.#say('The list is being checked …');
    const checked = await this.#subject.check(text, () => turn === this.#turn);
    if (checked === undefined || turn !== this.#turn) return;
    this.problems = checked.problems;
    const lines = text.split('\n').length - 1;
    const unread =
      checked.unread.length === 0
        ? ''
        : ` Metadata in release ${checked.unread.join(', ')} of the schema are left to the pull request's check.`;
    const found =
      checked.problems.length === 0 ? 'no problems' : countOf(checked.problems.length, 'problem');
    this.#say(`${this.isGiven ? 'Read' : 'Now'}: ${countOf(lines, 'file')}, ${found}.${unread}`);
    this.#subject.changed();
  }

  #say(words: string): void {
    this.#state.textContent = words;
  }
}

/** The written form of a chosen list. */
async function textOf(file: File): Promise<string> {
  if (file.size > MAX_LIST_BYTES) {
    throw new Error(
      `${file.name} has more than ${MAX_LIST_BYTES / 1e6} MB. So long a list lies in the archive's store: ask a curator.`,
    );
  }
  const text = decodeUtf8(new Uint8Array(await file.arrayBuffer()));
  if (text === undefined) throw new Error(`${file.name} is not UTF-8 text.`);
  return writtenList(text.replace(/^\ufeff/, ''));
}
