// Submitting: a name for what is new, the list of files, the request for publication, and the ways to submit.

import type { Archive } from '../../../core/records/archive.ts';
import { ASSETS_FILE, DANDISET_FILE } from '../../../core/records/layout.ts';
import { countBySeverity, type Problem } from '../../../core/problem.ts';
import {
  problemOfTarget,
  folderOfTarget,
  slugFor,
  type SubmissionTarget,
} from '../../../core/submission/submission-target.ts';
import {
  submittedFiles,
  releaseText,
  type SubmittedFile,
} from '../../../core/submission/submitted-files.ts';
import { submissionTitle } from '../../../core/submission/submission-title.ts';
import { countOf } from '../../../core/text/format.ts';
import { element } from '../../browser/dom.client.ts';
import { bundleRoute, githubRoute } from './submission-routes.client.ts';
import type { ListPart } from '../asset-list-part.client.ts';

/** What the section must know about the edited record. */
export interface SubmissionSubject {
  archive: Archive;
  /** Six digits; absent for a new Dandiset. */
  number?: Extract<SubmissionTarget, { kind: 'draft' }>['number'];
  commit?: string;
  /** The record in the repository; '' where there is none. */
  baseText: string;
  /** Whether publication is requested in the repository already. */
  asksForRelease: boolean;
  list: ListPart;
  text(): string;
  title(): string;
}

const NO_FILES: readonly SubmittedFile[] = [];

function help(id: string, text: string): HTMLElement {
  return element('p', { class: 'help', id }, text);
}

export class SubmitForm {
  readonly element: HTMLElement;
  readonly #subject: SubmissionSubject;
  readonly #slug = element('input', {
    type: 'text',
    id: 'submission-slug',
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-describedby': 'submission-slug-help',
  });
  readonly #asks = element('input', { type: 'checkbox', id: 'submission-asks' });
  readonly #notes = element('textarea', {
    id: 'submission-notes',
    rows: '3',
    'aria-describedby': 'submission-notes-help',
  });
  readonly #account = element('input', {
    type: 'text',
    id: 'submission-account',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  readonly #notesField: HTMLElement;
  readonly #state = element('p', { class: 'notice', 'aria-live': 'polite' });
  readonly #routes = element('div', { class: 'routes' });
  #problems: readonly Problem[] = [];
  #isNamed = false;
  #shown: { folder: string; files: readonly SubmittedFile[] } = { folder: '', files: [] };

  constructor(subject: SubmissionSubject) {
    this.#subject = subject;
    const isNew = subject.number === undefined;
    const what = isNew
      ? 'Ask for the first published version too'
      : 'Ask for publication of a new version';
    this.#notesField = element(
      'div',
      { class: 'field wide', hidden: '' },
      element('label', { for: 'submission-notes' }, 'Release notes'),
      this.#notes,
      help(
        'submission-notes-help',
        isNew
          ? 'A sentence is enough, such as: First version.'
          : 'What changed since the last version, for those who use the data',
      ),
    );
    this.#slug.addEventListener('input', () => {
      this.#isNamed = true;
      this.#showRoutes();
    });
    this.#asks.addEventListener('change', () => this.#showRoutes());
    this.#notes.addEventListener('input', () => this.#showRoutes());
    this.element = element(
      'section',
      { class: 'submission', id: 'submission', 'aria-labelledby': 'submission-title' },
      element('h2', { id: 'submission-title' }, 'Submit'),
      element(
        'p',
        { class: 'notice warning' },
        'What you submit is public at once, e-mail addresses too, and stays in the history of the repository. This page sends nothing and asks for no password or token.',
      ),
      element(
        'div',
        { class: 'fields' },
        ...(isNew ? [this.#nameField()] : []),
        subject.list.element,
      ),
      subject.asksForRelease
        ? element('p', { class: 'small' }, 'Publication of this draft is asked for already.')
        : element('p', {}, element('label', { class: 'box' }, this.#asks, ` ${what}`)),
      this.#notesField,
      this.#state,
      this.#routes,
    );
  }

  #nameField(): HTMLElement {
    return element(
      'div',
      { class: 'field' },
      element('label', { for: 'submission-slug' }, 'Name of the submission'),
      this.#slug,
      help(
        'submission-slug-help',
        'Of its folder, until it has a number: small letters, digits and hyphens',
      ),
    );
  }

  /** Opens the request for publication, as the link on the page of a draft does. */
  askForPublication(): void {
    this.#asks.checked = true;
    this.#showRoutes();
    this.#notes.focus();
  }

  /** The name of a new submission, where the author chose one. */
  get slug(): string | undefined {
    return this.#isNamed ? this.#slug.value : undefined;
  }

  set slug(name: string | undefined) {
    if (name === undefined) return;
    this.#isNamed = true;
    this.#slug.value = name;
  }

  /** The release notes, where publication is requested here. */
  get notes(): string | undefined {
    return this.#asks.checked ? this.#notes.value : undefined;
  }

  set notes(text: string | undefined) {
    if (text === undefined || this.#subject.asksForRelease) return;
    this.#asks.checked = true;
    this.#notes.value = text;
  }

  #target(): SubmissionTarget {
    const { number } = this.#subject;
    return number === undefined
      ? { kind: 'submission', slug: this.#slug.value }
      : { kind: 'draft', number };
  }

  /** What is in the repository already, by path. */
  #before(folder: string): Map<string, string> {
    const { baseText, list } = this.#subject;
    const before = new Map<string, string>();
    if (baseText !== '') before.set(`${folder}/${DANDISET_FILE}`, baseText);
    if (list.before !== undefined) before.set(`${folder}/${ASSETS_FILE}`, list.before);
    return before;
  }

  /** The files as they would be submitted: those that differ from the repository. */
  #files(target: SubmissionTarget, before: ReadonlyMap<string, string>): SubmittedFile[] {
    const { baseText, list } = this.#subject;
    const dandiset = this.#subject.text();
    const listed =
      list.text === undefined
        ? []
        : [{ path: `${folderOfTarget(target)}/${ASSETS_FILE}`, text: list.text }];
    const written = submittedFiles({
      target,
      dandiset,
      ...(this.#asks.checked ? { release: releaseText(this.#notes.value) } : {}),
    });
    const isSame = ({ path, text }: SubmittedFile): boolean =>
      before.get(path) === text ||
      // However the text is laid out: without changes, there is nothing to submit.
      (path.endsWith(`/${DANDISET_FILE}`) && dandiset === baseText && baseText !== '');
    return [...listed, ...written].filter((file) => !isSame(file));
  }

  /** Shows what can be done with the record as it is now. */
  show(problems: readonly Problem[]): void {
    this.#problems = problems;
    this.#showRoutes();
  }

  #showRoutes(): void {
    this.#notesField.hidden = !this.#asks.checked;
    if (!this.#isNamed) this.#slug.value = slugFor(this.#subject.title());
    const target = this.#target();
    const problem = problemOfTarget(target);
    const folder = folderOfTarget(target);
    const before = this.#before(folder);
    let files = NO_FILES;
    let said = problem === undefined ? this.#subject.list.problem : `${problem}.`;
    if (said === '') {
      try {
        files = this.#files(target, before);
        if (files.length === 0) said = 'Nothing is changed yet.';
      } catch (error) {
        said = error instanceof Error ? error.message : 'The files cannot be written.';
      }
    }
    const { error: errors } = countBySeverity(this.#problems);
    const warning =
      errors === 0
        ? 'No errors were found.'
        : `The check finds ${countOf(errors, 'error')}: what is submitted now is not accepted before that is fixed.`;
    this.#state.className = said === '' && errors === 0 ? 'notice' : 'notice warning';
    this.#state.textContent = said === '' ? warning : said;
    this.#routes.hidden = said !== '';
    // Rebuilt only when something is new, so that the focus stays on a button.
    if (said !== '' || this.#isShown(folder, files)) return;
    this.#shown = { folder, files };
    const { archive, commit } = this.#subject;
    const title = submissionTitle(archive.identifierPrefix, target, files);
    const submitted = { archive, target, files, before, commit, title, account: this.#account };
    this.#routes.replaceChildren(githubRoute(submitted), bundleRoute(submitted));
  }

  #isShown(folder: string, files: readonly SubmittedFile[]): boolean {
    const shown = this.#shown;
    return (
      shown.folder === folder &&
      shown.files.length === files.length &&
      files.every(({ path, text }, at) => {
        const one = shown.files[at];
        return one?.path === path && one.text === text;
      })
    );
  }
}
