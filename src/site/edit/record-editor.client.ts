// The editor of one record: form, views of it, problems, undo, saved work, submitting.

import { formModel } from '../../core/editing/form-model.ts';
import { textOf, memberNode, type RecordNode } from '../../core/editing/record-tree.ts';
import { placeInForm } from '../../core/editing/problem-places.ts';
import { bySeverity, type Problem } from '../../core/problem.ts';
import { schemaSettings } from '../../core/checks/schema-findings.ts';
import { pointerParts } from '../../core/schema/problem-message.ts';
import { CURRENT_RELEASE, releaseToCheck, type Release } from '../../core/schema/validate.ts';
import type { SubmissionTarget } from '../../core/submission/submission-target.ts';
import type { Term } from '../../core/vocabulary/vocabulary.ts';
import { toVocabulary } from '../../core/vocabulary/vocabulary.ts';
import type { EditSettings } from './edit-settings.ts';
import { element } from '../browser/dom.client.ts';
import { differenceList } from './difference-view.client.ts';
import { EditState } from './edit-state.client.ts';
import type { FormContext } from './form/form-part.client.ts';
import { partForField } from './form/part-for-field.client.ts';
import { SubmitForm } from './submit/submit-form.client.ts';
import { JsonView } from './json-view.client.ts';
import type { SavedWorks } from './saved-work.client.ts';
import { ListPart } from './asset-list-part.client.ts';
import type { LoadedRecord } from './load-edited.client.ts';
import { prefillPart } from './form/prefill-part.client.ts';
import { isOfList, ProblemSummary } from './problem-summary.client.ts';
import type { RecordChecker } from './record-checker.client.ts';
import { RecordForm } from './form/record-form.client.ts';

/** What an editor begins with. */
export interface EditorBeginning {
  /** Where the site is: `/archive/`. */
  address: string;
  settings: EditSettings;
  checker: RecordChecker;
  saved: SavedWorks;
  /** Undefined for a new Dandiset. */
  loaded: LoadedRecord | undefined;
  baseText: string;
  base: RecordNode;
  /** The record as it was saved. */
  tree?: RecordNode;
  slug?: string;
  notes?: string;
}

const VIEWS = ['Form', 'Preview', 'Differences', 'JSON'] as const;
/** Milliseconds. */
const KEPT_EVERY = 2000;
type View = (typeof VIEWS)[number];

export class RecordEditor {
  readonly element = element('div', { class: 'editor' });
  readonly state: EditState;
  readonly submission: SubmitForm;
  /** Settled when the form shows the problems of its initial record. */
  readonly checked: Promise<void>;
  readonly #begin: EditorBeginning;
  readonly #list: ListPart;
  readonly #summary: ProblemSummary;
  readonly #json: JsonView;
  readonly #formPlace = element('div', {});
  readonly #viewPlace = element('div', { hidden: '' });
  readonly #live = element('p', { class: 'visually-hidden', role: 'status' });
  readonly #saved = element('p', { class: 'small muted saved', role: 'status' });
  readonly #undo = element('button', { type: 'button', 'aria-keyshortcuts': 'Control+Z' }, 'Undo');
  readonly #redo = element('button', { type: 'button', 'aria-keyshortcuts': 'Control+Y' }, 'Redo');
  readonly #buttons = new Map<View, HTMLButtonElement>();
  #form: RecordForm | undefined;
  #release: Release | undefined;
  #view: View = 'Form';
  #keptAt = 0;

  constructor(begin: EditorBeginning) {
    this.#begin = begin;
    const { loaded, settings } = begin;
    this.state = new EditState(begin.baseText, begin.base, begin.tree);
    this.#summary = new ProblemSummary((problem) => this.#goTo(problem));
    this.#json = new JsonView(this.state);
    this.#list = new ListPart({
      base: begin.address,
      about: loaded?.about,
      check: (text, isWanted) => begin.checker.problemsOfList(this.target, text, isWanted),
      changed: () => void this.#check(),
    });
    this.submission = new SubmitForm({
      archive: settings.archive,
      ...(loaded === undefined ? {} : { number: loaded.number }),
      ...(settings.commit === undefined ? {} : { commit: settings.commit }),
      baseText: begin.baseText,
      asksForRelease: loaded?.about.asksForRelease === true,
      list: this.#list,
      text: () => this.state.text,
      title: () => textOf(memberNode(this.state.tree, 'name')) ?? '',
    });
    this.submission.slug = begin.slug;
    this.submission.notes = begin.notes;
    this.#layOut();
    this.state.onChange(() => this.#changed());
    this.element.addEventListener('focusout', () => this.state.endBurst());
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.submission.element.addEventListener('input', () => this.#keep());
    this.#showForm();
    this.#showTools();
    this.checked = this.#check();
    // Nothing depends on the list: it is read after the form is shown.
    void this.checked.then(() => this.#list.begin()).catch(() => undefined);
  }

  #layOut(): void {
    this.#undo.addEventListener('click', () => this.state.undo());
    this.#redo.addEventListener('click', () => this.state.redo());
    const views = VIEWS.map((view) => {
      const button = element(
        'button',
        { type: 'button', 'aria-pressed': String(view === this.#view) },
        view,
      );
      button.addEventListener('click', () => this.#show(view));
      this.#buttons.set(view, button);
      return button;
    });
    const toolbar = element(
      'div',
      { class: 'edit-tools', role: 'toolbar', 'aria-label': 'Views and steps' },
      element('div', { class: 'views' }, ...views),
      element(
        'div',
        { class: 'steps' },
        this.#undo,
        this.#redo,
        element('a', { class: 'button', href: '#submission' }, 'Submit'),
      ),
    );
    const order = this.#order();
    const prefill = prefillPart(
      order,
      () => this.state.tree,
      (filled) => this.state.change(filled),
    );
    this.element.append(
      toolbar,
      element(
        'div',
        { class: 'edit-columns' },
        element(
          'div',
          { class: 'edit-main' },
          element('div', { class: 'edit-view' }, this.#formPlace, this.#viewPlace),
          this.submission.element,
        ),
        element(
          'aside',
          { class: 'edit-aside', 'aria-label': 'Problems and unsaved work' },
          this.#summary.element,
          prefill,
          this.#saved,
        ),
      ),
      this.#live,
    );
  }

  #order(): string[] {
    return formModel(CURRENT_RELEASE, schemaSettings(this.#begin.settings.archive)).fields.map(
      ({ name }) => name,
    );
  }

  get target(): SubmissionTarget {
    const { loaded } = this.#begin;
    return loaded === undefined
      ? { kind: 'submission', slug: this.submission.slug ?? 'new-dandiset' }
      : { kind: 'draft', number: loaded.number };
  }

  /** Makes the form of the record's release, and shows the record in it. */
  #showForm(): void {
    const said = textOf(memberNode(this.state.tree, 'schemaVersion')) ?? '';
    const release = releaseToCheck(said) ?? CURRENT_RELEASE;
    if (this.#form === undefined || release !== this.#release) {
      this.#release = release;
      const { settings } = this.#begin;
      const terms: Term[] = Object.values(settings.vocabularies).flatMap(
        (value) => toVocabulary(value).terms,
      );
      const context: FormContext = {
        model: formModel(release, schemaSettings(settings.archive)),
        terms,
        partFor: partForField,
        announce: (words) => {
          this.#live.textContent = words;
        },
      };
      this.#form = new RecordForm(context, (node, mark) => {
        if (node !== undefined) this.state.change(node, mark);
      });
      this.#formPlace.replaceChildren(this.#form.element);
    }
    this.#form.show(this.state.tree);
  }

  #show(view: View): void {
    this.#view = view;
    for (const [name, button] of this.#buttons)
      button.setAttribute('aria-pressed', String(name === view));
    this.#formPlace.hidden = view !== 'Form';
    this.#viewPlace.hidden = view === 'Form';
    this.#viewPlace.replaceChildren();
    this.#showView();
    // From far down, the other view would be above the visible area.
    if (this.element.getBoundingClientRect().top < 0) this.element.scrollIntoView();
  }

  #showView(): void {
    const { base } = this.#begin;
    if (this.#view === 'Preview') void this.#preview();
    else if (this.#view === 'Differences')
      this.#viewPlace.replaceChildren(differenceList(base, this.state.tree));
    else if (this.#view === 'JSON') {
      if (this.#json.element.parentElement !== this.#viewPlace)
        this.#viewPlace.replaceChildren(this.#json.element);
      this.#json.show();
    }
  }

  /** The preview needs what renders Markdown and cites: loaded when first shown. */
  async #preview(): Promise<void> {
    const { settings, loaded } = this.#begin;
    const { previewOf } = await import('./preview-view.client.ts');
    if (this.#view !== 'Preview') return;
    const preview = previewOf(this.state.tree, settings.archive, loaded?.about);
    this.#viewPlace.replaceChildren(preview);
  }

  #showTools(): void {
    this.#undo.disabled = !this.state.canUndo;
    this.#redo.disabled = !this.state.canRedo;
  }

  #changed(): void {
    this.#showForm();
    this.#showTools();
    if (this.#view !== 'Form') this.#showView();
    // Someone who types without a pause loses no more than a moment either.
    if (performance.now() - this.#keptAt > KEPT_EVERY) this.#keep();
    this.#begin.checker.soon(() => {
      this.#keep();
      void this.#check();
    });
  }

  /** Saves the work in the browser, or removes it where nothing is changed. */
  #keep(): void {
    this.#keptAt = performance.now();
    const { saved, baseText } = this.#begin;
    const { slug, notes } = this.submission;
    if (!this.state.isChanged && slug === undefined) {
      saved.forget(baseText);
      this.#saved.textContent = '';
      return;
    }
    const date = new Date().toISOString();
    const work = {
      baseText,
      text: this.state.text,
      date,
      ...(slug === undefined ? {} : { slug }),
      ...(notes === undefined ? {} : { notes }),
    };
    this.#saved.textContent = saved.keep(work)
      ? 'Unsaved work is kept in this browser.'
      : 'This browser does not keep unsaved work: submit it or download it before you leave.';
  }

  /** Saves at once what the delay would otherwise lose. */
  leave(): void {
    if (this.state.isChanged) this.#keep();
  }

  async #check(): Promise<void> {
    const { tree, text } = this.state;
    const { about } = this.#begin.loaded ?? {};
    const list = about === undefined || this.#list.isGiven ? 'record' : about.list;
    try {
      const problems = await this.#begin.checker.problemsOf(this.target, text, list);
      // Changed meanwhile: the next check is already scheduled.
      if (tree !== this.state.tree) return;
      if (problems === undefined) {
        this.#summary.say(
          'Records of this release of the schema cannot be checked on this page: run "dandiset check" in a clone.',
        );
        this.submission.show(this.#list.problems);
        return;
      }
      const all = [...problems, ...this.#list.problems].sort(bySeverity);
      this.#summary.show(all);
      this.#form?.mark(problems);
      this.submission.show(all);
    } catch (error) {
      this.#summary.say(
        `The record could not be checked. ${error instanceof Error ? error.message : ''}`,
      );
      this.submission.show([]);
    }
  }

  #goTo(problem: Problem): void {
    if (isOfList(problem)) {
      this.#list.focus();
      return;
    }
    const way = pointerParts(placeInForm(problem));
    if (this.#view !== 'Form') this.#show('Form');
    if (this.#form?.focus(way) === true) {
      document.activeElement?.scrollIntoView({ block: 'center' });
      return;
    }
    this.#show('JSON');
    this.#json.focus();
  }

  #key(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    // What is typed there is not in the record, or is its own text: the browser's own undo fits.
    const ownUndo =
      event.target instanceof Element ? event.target.closest('.submission, .json-text') : null;
    if (ownUndo !== null) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) this.state.undo();
    else if (key === 'y' || (key === 'z' && event.shiftKey)) this.state.redo();
    else return;
    event.preventDefault();
  }
}
