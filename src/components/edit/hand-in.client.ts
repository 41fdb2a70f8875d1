// Handing in, by three doors that all get the same files: the forge's own pages, a bundle, a command.

import type { Archive } from '../../core/records/archive.ts';
import { RELEASE_FILE } from '../../core/records/layout.ts';
import { countBySeverity, type Problem } from '../../core/problem.ts';
import { makeBundle } from '../../core/submissions/bundle.ts';
import {
  editFileAddress,
  newFileAddress,
  uploadAddress,
} from '../../core/submissions/forge-addresses.ts';
import {
  faultOfTarget,
  folderOfTarget,
  slugFor,
  type HandInTarget,
} from '../../core/submissions/hand-in-target.ts';
import {
  handedInFiles,
  releaseText,
  type HandedInFile,
} from '../../core/submissions/handed-in-files.ts';
import { countOf } from '../../core/text/format.ts';
import { copyButton, element, type Child } from '../files/element.client.ts';
import { saveFile } from './save-file.client.ts';

/** What the section must know of what is edited. */
export interface HandInSubject {
  archive: Archive;
  /** Six digits; absent for a new Dandiset. */
  number?: Extract<HandInTarget, { kind: 'draft' }>['number'];
  commit?: string;
  /** The record in the repository; '' where there is none. */
  baseText: string;
  /** Whether publication is asked for in the repository already. */
  asksForRelease: boolean;
  text(): string;
  title(): string;
  changed(): boolean;
}

export class HandInPart {
  readonly element: HTMLElement;
  readonly #subject: HandInSubject;
  readonly #slug = element('input', {
    type: 'text',
    id: 'hand-in-slug',
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-describedby': 'hand-in-slug-help',
  });
  readonly #list = element('input', {
    type: 'file',
    id: 'hand-in-list',
    accept: '.jsonl',
    'aria-describedby': 'hand-in-list-help',
  });
  readonly #asks = element('input', { type: 'checkbox', id: 'hand-in-asks' });
  readonly #notes = element('textarea', {
    id: 'hand-in-notes',
    rows: '3',
    'aria-describedby': 'hand-in-notes-help',
  });
  readonly #notesField: HTMLElement;
  readonly #state = element('p', { class: 'notice', 'aria-live': 'polite' });
  readonly #doors = element('div', { class: 'doors' });
  #assets: string | undefined;
  #problems: readonly Problem[] = [];
  #isNamed = false;
  #shown = '';

  constructor(subject: HandInSubject) {
    this.#subject = subject;
    const isNew = subject.number === undefined;
    const what = isNew
      ? 'Ask for the first published version too'
      : 'Ask for publication of a new version';
    this.#notesField = element(
      'div',
      { class: 'field wide', hidden: '' },
      element('label', { for: 'hand-in-notes' }, 'Release notes'),
      this.#notes,
      element(
        'p',
        { class: 'help', id: 'hand-in-notes-help' },
        isNew
          ? 'A sentence is enough, such as: First version.'
          : 'What changed since the last version, for those who use the data',
      ),
    );
    this.#slug.addEventListener('input', () => {
      this.#isNamed = true;
      this.show(this.#problems);
    });
    this.#asks.addEventListener('change', () => this.show(this.#problems));
    this.#notes.addEventListener('input', () => this.show(this.#problems));
    this.#list.addEventListener('change', () => void this.#takeList());
    this.element = element(
      'section',
      { class: 'hand-in', id: 'hand-in', 'aria-labelledby': 'hand-in-title' },
      element('h2', { id: 'hand-in-title' }, 'Hand in'),
      element(
        'p',
        { class: 'notice warning' },
        'What you hand in is public at once, e-mail addresses too, and stays in the history of the repository. This page sends nothing and asks for no password or token.',
      ),
      ...(isNew ? [this.#newFields()] : []),
      subject.asksForRelease
        ? element('p', { class: 'small' }, 'Publication of this draft is asked for already.')
        : element('p', {}, element('label', { class: 'box' }, this.#asks, ` ${what}`)),
      this.#notesField,
      this.#state,
      this.#doors,
    );
  }

  #newFields(): HTMLElement {
    return element(
      'div',
      { class: 'fields' },
      element(
        'div',
        { class: 'field' },
        element('label', { for: 'hand-in-slug' }, 'Name of the submission'),
        this.#slug,
        element(
          'p',
          { class: 'help', id: 'hand-in-slug-help' },
          'Of its folder, until it has a number: small letters, digits and hyphens',
        ),
      ),
      element(
        'div',
        { class: 'field' },
        element('label', { for: 'hand-in-list' }, 'List of files'),
        this.#list,
        element(
          'p',
          { class: 'help', id: 'hand-in-list-help' },
          'assets.jsonl, as "dandiset upload" writes it; it can follow later',
        ),
      ),
    );
  }

  /** Opens the request for publication, as the link on the page of a draft does. */
  askForPublication(): void {
    this.#asks.checked = true;
    this.show(this.#problems);
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

  async #takeList(): Promise<void> {
    const [file] = this.#list.files ?? [];
    this.#assets = file === undefined ? undefined : await file.text();
    this.show(this.#problems);
  }

  #target(): HandInTarget {
    const { number } = this.#subject;
    return number === undefined
      ? { kind: 'submission', slug: this.#slug.value }
      : { kind: 'draft', number };
  }

  /** The files as they would be handed in; of a draft, those that differ. */
  #files(target: HandInTarget): HandedInFile[] {
    const { baseText } = this.#subject;
    const files = handedInFiles({
      target,
      dandiset: this.#subject.text(),
      ...(this.#assets === undefined ? {} : { assets: this.#assets }),
      ...(this.#asks.checked ? { release: releaseText(this.#notes.value) } : {}),
    });
    const isSame = ({ path, text }: HandedInFile): boolean =>
      path.endsWith('/dandiset.json') && text === baseText;
    return target.kind === 'draft' && !this.#subject.changed()
      ? files.filter(({ path }) => path.endsWith(RELEASE_FILE))
      : files.filter((file) => !isSame(file));
  }

  /** Shows what can be done with the record as it is now. */
  show(problems: readonly Problem[]): void {
    this.#problems = problems;
    this.#notesField.hidden = !this.#asks.checked;
    if (!this.#isNamed) this.#slug.value = slugFor(this.#subject.title());
    const target = this.#target();
    const fault = faultOfTarget(target);
    let files: HandedInFile[] = [];
    let said = fault === undefined ? '' : `${fault}.`;
    if (fault === undefined) {
      try {
        files = this.#files(target);
        if (files.length === 0) said = 'Nothing is changed yet.';
      } catch (error) {
        said = error instanceof Error ? error.message : 'The files cannot be written.';
      }
    }
    const { error: errors } = countBySeverity(problems);
    const warning =
      errors === 0
        ? 'No errors were found.'
        : `The check finds ${countOf(errors, 'error')}: what is handed in now is not accepted before they are mended.`;
    this.#state.className = said === '' && errors === 0 ? 'notice' : 'notice warning';
    this.#state.textContent = said === '' ? warning : said;
    this.#doors.hidden = said !== '';
    // Rebuilt only when there is something new, so that the focus stays on a button.
    const key = JSON.stringify([target, files]);
    if (key === this.#shown || said !== '') return;
    this.#shown = key;
    this.#doors.replaceChildren(this.#forgeDoor(target, files), this.#bundleDoor(target, files));
  }

  #forgeDoor(target: HandInTarget, files: readonly HandedInFile[]): HTMLElement {
    const { archive, baseText } = this.#subject;
    const { host } = new URL(archive.repository);
    const forge = host === 'github.com' ? 'GitHub' : host;
    const place = { repository: archive.repository };
    const [file] = files;
    const isEdit =
      file !== undefined &&
      files.length === 1 &&
      file.path.endsWith('/dandiset.json') &&
      baseText !== '';
    const filled =
      files.length === 1 && file !== undefined && !isEdit ? newFileAddress(place, file) : undefined;
    const link = (href: string, text: string): HTMLElement =>
      element('a', { class: 'button primary', href, target: '_blank', rel: 'noopener' }, text);
    const download = (one: HandedInFile): HTMLElement => {
      const name = one.path.slice(one.path.lastIndexOf('/') + 1);
      const button = element('button', { type: 'button' }, `Download ${name}`);
      button.addEventListener('click', () => saveFile(one.text, name, 'application/json'));
      return button;
    };
    const steps: Child[] = isEdit
      ? [
          element('li', {}, 'Copy the record. ', copyButton(file.text, 'the record')),
          element('li', {}, `Open the file on ${forge}, select all of it, and paste.`),
          element(
            'li',
            {},
            `Press "Commit changes": ${forge} makes a copy of the repository for you and proposes a pull request.`,
          ),
        ]
      : filled !== undefined
        ? [
            element(
              'li',
              {},
              `${forge} opens with the file filled in. Press "Commit changes", then "Create pull request".`,
            ),
          ]
        : [
            element('li', {}, 'Download the files. ', ...files.map(download)),
            element(
              'li',
              {},
              `Drop them onto the page that opens at ${forge}, and propose the changes.`,
            ),
          ];
    const href = isEdit
      ? editFileAddress(place, file.path)
      : (filled ?? uploadAddress(place, folderOfTarget(target)));
    return element(
      'div',
      { class: 'card door' },
      element('h3', {}, `On ${forge}, with an account there`),
      element('ol', {}, ...steps),
      link(href, `Open on ${forge}`),
    );
  }

  #bundleDoor(target: HandInTarget, files: readonly HandedInFile[]): HTMLElement {
    const { archive } = this.#subject;
    const name = target.kind === 'draft' ? `${target.number}.zip` : `${target.slug}.zip`;
    const button = element(
      'button',
      { type: 'button', class: 'button primary' },
      'Download bundle',
    );
    button.addEventListener('click', () =>
      saveFile(this.bundle(target, files), name, 'application/zip'),
    );
    const command = `npx dandiset submit ${name}`;
    return element(
      'div',
      { class: 'card door' },
      element('h3', {}, 'By command, or by a curator'),
      element(
        'ol',
        {},
        element('li', {}, 'Download the bundle: the files, and a patch for git.'),
        element(
          'li',
          {},
          'In a clone of the repository, run ',
          element('code', {}, command),
          ' ',
          copyButton(command, 'the command'),
        ),
        element(
          'li',
          {},
          'Or send the bundle to a curator',
          archive.contact === undefined
            ? ''
            : element(
                'span',
                {},
                ' (',
                element('a', { href: archive.contact, rel: 'noopener' }, 'contact'),
                ')',
              ),
          ', who applies its patch with ',
          element('code', {}, 'git am'),
          '.',
        ),
      ),
      button,
    );
  }

  /** The bundle of the files. */
  bundle(target: HandInTarget, files: readonly HandedInFile[]): Uint8Array {
    const { archive, baseText, commit } = this.#subject;
    const title = this.#subject.title() || 'without a title';
    const texts = new Map(
      files
        .filter(({ path }) => baseText !== '' && path.endsWith('/dandiset.json'))
        .map(({ path }) => [path, baseText]),
    );
    return makeBundle({
      target,
      files,
      repository: archive.repository,
      title:
        target.kind === 'submission'
          ? `New Dandiset: ${title}`
          : `${archive.identifierPrefix}:${target.number}: ${this.#subject.changed() ? 'metadata' : 'publication asked for'}`,
      date: new Date().toISOString(),
      ...(target.kind === 'submission'
        ? {}
        : { base: { texts, ...(commit === undefined ? {} : { commit }) } }),
    });
  }
}
