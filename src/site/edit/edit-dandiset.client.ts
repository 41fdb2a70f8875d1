// <edit-dandiset data-base="/" data-kind="draft">: loads a record and the saved work on it, and makes its
// editor.

import { draftAfter, newRecord } from '../../core/editing/begin-record.ts';
import { readTree, writeTree, type RecordNode } from '../../core/editing/record-tree.ts';
import type { Problem } from '../../core/problem.ts';
import type { SubmissionTarget } from '../../core/submission/submission-target.ts';
import type { EditedDandiset, EditSettings } from './edit-settings.ts';
import { element } from '../browser/dom.client.ts';
import { SavedWorks, type SavedWork } from './saved-work.client.ts';
import { loadRecord, loadSettings, type LoadedRecord } from './load-edited.client.ts';
import { mergeView } from './merge-view.client.ts';
import { RecordChecker } from './record-checker.client.ts';
import { RecordEditor } from './record-editor.client.ts';

function treeOf(text: string): RecordNode | undefined {
  const read = readTree(text);
  return read.ok ? read.tree : undefined;
}

class EditDandiset extends HTMLElement {
  #settings: EditSettings | undefined;
  #checker: RecordChecker | undefined;
  #editor: RecordEditor | undefined;
  #keptAs = '';
  readonly #leave = (): void => this.#editor?.leave();
  readonly #elsewhere = ({ key, newValue }: StorageEvent): void => {
    if (key !== this.#keptAs || newValue === null) return;
    this.#say('Another tab edits the same record: the work of the one that changed last is kept.');
  };

  connectedCallback(): void {
    addEventListener('pagehide', this.#leave);
    addEventListener('storage', this.#elsewhere);
    this.#start().catch((error: unknown) => {
      const why = error instanceof Error ? error.message : '';
      this.#say(`The form could not be loaded. ${why}`);
    });
  }

  disconnectedCallback(): void {
    removeEventListener('pagehide', this.#leave);
    removeEventListener('storage', this.#elsewhere);
  }

  /** The problems of a record as the form shows them. */
  async problemsOf(
    target: SubmissionTarget,
    text: string,
    list: EditedDandiset['list'],
  ): Promise<Problem[] | undefined> {
    await this.#load();
    return this.#checker?.problemsOf(target, text, list);
  }

  /** The problems of a list of assets as the form shows them. */
  async problemsOfList(target: SubmissionTarget, text: string): Promise<Problem[] | undefined> {
    await this.#load();
    return (await this.#checker?.problemsOfList(target, text))?.problems;
  }

  get #base(): string {
    return this.dataset['base'] ?? '/';
  }

  async #load(): Promise<EditSettings> {
    this.#settings ??= await loadSettings(`${this.#base}edit/settings.json`);
    this.#checker ??= new RecordChecker(this.#settings);
    return this.#settings;
  }

  #say(words: string, action?: HTMLElement): void {
    const status = this.querySelector('.edit-status');
    status?.replaceChildren(words, ...(action === undefined ? [] : [' ', action]));
  }

  async #start(): Promise<void> {
    if (this.dataset['kind'] === 'submission') {
      await this.#startNew();
      return;
    }
    const query = new URLSearchParams(location.search);
    const number = query.get('dandiset');
    if (number === null) return;
    this.#say('Loading …');
    const loaded = await loadRecord(`${this.#base}edit/`, number);
    if (typeof loaded === 'string') {
      this.#say(loaded);
      return;
    }
    this.#showHead(loaded);
    await this.#startWith(new SavedWorks(this.#base, number), loaded, loaded.baseText, loaded.base);
    if (query.has('publish')) this.#editor?.submission.askForPublication();
  }

  async #startNew(): Promise<void> {
    const { archive } = await this.#load();
    await this.#startWith(new SavedWorks(this.#base, 'new'), undefined, '', newRecord(archive));
  }

  #showHead({ number, about }: LoadedRecord): void {
    const title = this.querySelector('h1');
    const page = `${this.#base}dandiset/${number}/${about.hasDraft ? 'draft' : (about.newest ?? '')}/`;
    title?.replaceChildren('Edit ', element('a', { href: page }, about.identifier));
    document.title = `Edit ${about.identifier} · ${document.title}`;
    this.querySelector('.edit-choose')?.remove();
    const from = about.hasDraft ? 'its draft' : `a new draft after version ${about.newest}`;
    this.querySelector('.edit-intro')?.replaceChildren(
      `You edit ${from}. A published version never changes.`,
    );
  }

  async #startWith(
    saved: SavedWorks,
    loaded: LoadedRecord | undefined,
    baseText: string,
    base: RecordNode,
  ): Promise<void> {
    await this.#load();
    // Without a draft the repository has no record: work is saved by the record it would follow.
    const works = saved.all();
    const same = works.find((work) => work.baseText === baseText);
    const older = works.find((work) => work.baseText !== baseText);
    if (same !== undefined) {
      await this.#open(saved, loaded, baseText, base, same);
      this.#say(
        `Unsaved work of ${new Date(same.date).toLocaleString()} is there again.`,
        this.#button(
          loaded === undefined ? 'Begin a new one' : 'Begin again from the record',
          () => {
            saved.forget(baseText);
            void this.#open(saved, loaded, baseText, base);
            this.#say('');
          },
        ),
      );
      return;
    }
    const [oldBase, mine] =
      older === undefined ? [] : [treeOf(older.baseText) ?? draftAfter(base), treeOf(older.text)];
    if (older === undefined || oldBase === undefined || mine === undefined) {
      await this.#open(saved, loaded, baseText, base);
      this.#say('');
      return;
    }
    if (writeTree(mine) === writeTree(base)) {
      saved.forget(older.baseText);
      await this.#open(saved, loaded, baseText, base);
      this.#say('What you wrote here is in the record now.');
      return;
    }
    this.#say('');
    const view = mergeView({ base: oldBase, mine, theirs: base }, (tree) => {
      saved.forget(older.baseText);
      void this.#open(
        saved,
        loaded,
        baseText,
        base,
        tree === base ? undefined : { ...older, tree },
      );
    });
    this.querySelector('.edit-place')?.replaceChildren(view);
    view.querySelector<HTMLElement>('h2')?.focus();
  }

  #button(text: string, act: () => void): HTMLButtonElement {
    const button = element('button', { type: 'button' }, text);
    button.addEventListener('click', act);
    return button;
  }

  async #open(
    saved: SavedWorks,
    loaded: LoadedRecord | undefined,
    baseText: string,
    base: RecordNode,
    work?: SavedWork & { tree?: RecordNode },
  ): Promise<void> {
    const [settings, checker] = [this.#settings, this.#checker];
    if (settings === undefined || checker === undefined) return;
    const written = work === undefined ? undefined : (work.tree ?? treeOf(work.text));
    const tree = written === undefined ? undefined : draftAfter(written);
    const editor = new RecordEditor({
      address: this.#base,
      settings,
      checker,
      saved,
      loaded,
      baseText,
      base,
      ...(tree === undefined ? {} : { tree }),
      ...(work?.slug === undefined ? {} : { slug: work.slug }),
      ...(work?.notes === undefined ? {} : { notes: work.notes }),
    });
    this.#editor = editor;
    this.#keptAs = saved.keyOf(baseText);
    // Shown together with its problems, which would otherwise push down what is below them.
    await editor.checked;
    if (this.#editor !== editor) return;
    this.querySelector('.edit-place')?.replaceChildren(editor.element);
    if (work?.tree !== undefined) editor.leave();
  }
}

customElements.define('edit-dandiset', EditDandiset);
