// The tab that downloads in the browser: what it offers, how far it is, what failed.

import {
  browserOffer,
  type BrowserAbilities,
  type BrowserFile,
  type FileFailure,
} from '../../core/download/browser-download.ts';
import { TransferRate, transferWords } from '../../core/download/transfer-words.ts';
import { shownPath } from '../../core/text/shown-path.ts';
import { countOf, formatBytes } from '../../core/text/format.ts';
import { element, isolated, type Child } from '../browser/dom.client.ts';
import type { DownloadJob, JobEvent, JobFailure } from './download-job.ts';
import type { PanelFiles, PanelSelection } from './panel-files.client.ts';
import { runJob, type RunningJob } from './run-job.client.ts';
import {
  chooseFolder,
  chooseZip,
  opensFolders,
  removeEmpty,
  savesFiles,
} from './save-places.client.ts';

const MOST_SHOWN = 200;

/** A way to save again what failed. */
type Again = (files: BrowserFile[]) => Promise<DownloadJob | undefined>;

function failureList(failures: readonly JobFailure[]): HTMLElement {
  const items = failures
    .slice(0, MOST_SHOWN)
    .map(({ path, why, isInZip }) =>
      element(
        'li',
        {},
        isolated(shownPath(path)),
        `: ${why}${isInZip === true ? '. The file of this name in the ZIP is wrong' : ''}.`,
      ),
    );
  const left = failures.length - items.length;
  if (left > 0) items.push(element('li', {}, `and ${left} more`));
  return element('ul', { class: 'download-failures' }, ...items);
}

/** How far the files can be verified. */
function verifiedWords(files: readonly BrowserFile[]): string {
  const without = files.filter(({ digest }) => digest === undefined).length;
  const words = 'Every file is verified by its digest while it arrives.';
  if (without === 0) return words;
  return `${words} ${countOf(without, 'file')} without a digest in the record: only the size is compared.`;
}

export class BrowserWay {
  readonly #panel: HTMLElement;
  readonly #files: PanelFiles;
  readonly #abilities: BrowserAbilities = {
    savesFiles: savesFiles(),
    opensFolders: opensFolders(),
  };
  /** Read by screen readers: the beginning, each quarter, the end. */
  readonly #live = element('p', { class: 'visually-hidden', role: 'status' });
  readonly #body = element('div');
  #shown: string | undefined;
  #run = 0;
  #job: RunningJob | undefined;

  constructor(panel: HTMLElement, files: PanelFiles) {
    this.#panel = panel;
    this.#files = files;
    this.#panel.replaceChildren(this.#body, this.#live);
    addEventListener('beforeunload', (event) => {
      if (this.#job !== undefined) event.preventDefault();
    });
  }

  /** Whether the browser is the best way to save so much. */
  isAdvised(totals: { files: number; bytes: number }): boolean {
    return browserOffer(totals, this.#abilities).isAdvised;
  }

  get isRunning(): boolean {
    return this.#job !== undefined;
  }

  /** Shows what can be done with a folder; a download that runs stays. */
  async show(folder: string): Promise<void> {
    if (this.#job !== undefined || folder === this.#shown) return;
    this.#shown = folder;
    this.#run += 1;
    const run = this.#run;
    this.#body.replaceChildren(element('p', { class: 'muted' }, 'Loading the list of files …'));
    try {
      const totals = await this.#files.totals(folder);
      const offer = browserOffer(totals, this.#abilities);
      if (!offer.zip && !offer.folder) {
        if (run === this.#run) this.#body.replaceChildren(element('p', {}, offer.why));
        return;
      }
      const selection = await this.#files.selection(folder);
      const isReadable = await this.#files.isReadable(selection);
      if (run !== this.#run) return;
      if (isReadable) this.#offer(folder, selection);
      else
        this.#sayAgain(
          folder,
          'This page cannot read from the store: either it does not let web pages read (CORS), or there is no network. The command may work.',
        );
    } catch {
      if (run !== this.#run) return;
      this.#sayAgain(folder, 'The list of files could not be loaded.');
    }
  }

  #sayAgain(folder: string, words: string): void {
    this.#shown = undefined;
    const again = element('button', { type: 'button' }, 'Try again');
    again.addEventListener('click', () => void this.show(folder));
    this.#body.replaceChildren(element('p', {}, words), element('p', {}, again));
  }

  #offer(folder: string, { files, leftOut, bytes }: PanelSelection): void {
    const offer = browserOffer({ files: files.length, bytes }, this.#abilities);
    if (files.length === 0 || (!offer.zip && !offer.folder)) {
      const why = files.length === 0 ? 'A page can download none of these files.' : offer.why;
      const none = element('p', {}, why);
      this.#body.replaceChildren(none, ...this.#leftOut(leftOut));
      return;
    }
    const choices = element('div', { class: 'download-choices' });
    const add = (words: string, again: Again, ...says: Child[]): void => {
      const primary = choices.childElementCount === 0 ? ' primary' : '';
      const button = element('button', { type: 'button', class: `button${primary}` }, words);
      button.addEventListener('click', () => void this.#begin(files, again));
      choices.append(button, element('div', { class: 'small' }, ...says));
    };
    const replaces = element('input', { type: 'checkbox' });
    if (offer.folder)
      add(
        'Save into a folder …',
        async (some) => {
          const chosen = await chooseFolder();
          return (
            chosen && { kind: 'folder', files: some, folder: chosen, replaces: replaces.checked }
          );
        },
        'Files keep their paths. Those that are there and complete are not fetched again.',
        element('label', {}, replaces, ' Replace files that differ'),
      );
    if (offer.zip)
      add(
        'Save as a ZIP file',
        this.#zipMaker(this.#files.nameOf(folder)),
        `One file of ${formatBytes(bytes)}, not compressed.`,
      );
    this.#body.replaceChildren(
      element('p', {}, verifiedWords(files)),
      choices,
      ...(offer.why === '' ? [] : [element('p', { class: 'small muted' }, offer.why)]),
      ...this.#leftOut(leftOut),
    );
  }

  #zipMaker(name: string): Again {
    return async (files) => {
      if (!this.#abilities.savesFiles) return { kind: 'zip', name, files };
      const target = await chooseZip(`${name}.zip`);
      return target && { kind: 'zip', name, files, target };
    };
  }

  #leftOut(leftOut: readonly FileFailure[]): HTMLElement[] {
    if (leftOut.length === 0) return [];
    const words = `${countOf(leftOut.length, 'file')} of this selection cannot be downloaded by a page`;
    return [
      element('details', { class: 'small' }, element('summary', {}, words), failureList(leftOut)),
    ];
  }

  async #begin(files: BrowserFile[], again: Again): Promise<void> {
    if (this.#job !== undefined) return;
    try {
      const job = await again(files);
      if (job !== undefined) this.#start(job);
    } catch {
      this.#live.textContent = 'The browser did not allow to write there.';
      this.#body.append(element('p', { class: 'notice warning' }, this.#live.textContent));
    }
  }

  #start(job: DownloadJob): void {
    const { files } = job;
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    const bar = element('progress', {
      max: String(Math.max(1, bytes)),
      value: '0',
      'aria-label': 'Downloaded',
    });
    const words = element('p', { class: 'download-progress' }, 'Starting …');
    const cancel = element('button', { type: 'button' }, 'Cancel');
    cancel.addEventListener('click', () => this.#job?.cancel());
    this.#body.replaceChildren(bar, words, element('p', { class: 'actions' }, cancel));
    cancel.focus();
    this.#live.textContent = `Downloading ${countOf(files.length, 'file')}, ${formatBytes(bytes)}`;

    const rate = new TransferRate();
    const failures: JobFailure[] = [];
    let quarter = 0;
    const progress = (settled: number, done: number): void => {
      rate.note(performance.now(), done);
      bar.value = done;
      words.textContent = transferWords({ settled, files: files.length, done, bytes }, rate.speed);
      const now = bytes === 0 ? 0 : Math.floor((4 * done) / bytes);
      if (now > quarter && now < 4) this.#live.textContent = `${now * 25} percent downloaded`;
      quarter = Math.max(quarter, now);
    };
    this.#job = runJob(job, (event) => {
      if (event.kind === 'progress') return progress(event.files, event.bytes);
      if (event.kind === 'failed') return void failures.push(event.failure);
      this.#job = undefined;
      if (job.kind === 'zip' && job.target !== undefined && event.kind === 'stopped')
        void removeEmpty(job.target);
      if (job.kind === 'zip' && event.kind === 'done' && event.zip !== undefined)
        this.#savedZip(event.zip, job.name);
      this.#end(job, event, failures);
    });
  }

  #savedZip(zip: Blob, name: string): void {
    const address = URL.createObjectURL(zip);
    element('a', { href: address, download: `${name}.zip` }).click();
    // The browser copies it to the disk meanwhile.
    setTimeout(() => URL.revokeObjectURL(address), 600_000);
  }

  #end(
    job: DownloadJob,
    event: Extract<JobEvent, { kind: 'done' | 'stopped' }>,
    failures: readonly JobFailure[],
  ): void {
    const failed = new Set(failures.map(({ path }) => path));
    const isComplete = event.kind === 'done' && failures.length === 0;
    const outcome = event.kind === 'stopped' ? event.why : this.#savedWords(event, failures.length);
    const actions = element('p', { class: 'actions' });
    const add = (words: string, work: () => void): void => {
      const button = element('button', { type: 'button' }, words);
      button.addEventListener('click', work);
      actions.append(button);
    };
    if (failed.size > 0) {
      const files = job.files.filter(({ target }) => failed.has(target));
      // Into the same folder; a second ZIP file must not replace the first.
      const same: Again =
        job.kind === 'folder'
          ? (some) => Promise.resolve({ ...job, files: some })
          : this.#zipMaker(`${job.name}-rest`);
      add('Try the failed files again', () => void this.#begin(files, same));
    }
    add(isComplete ? 'Download again' : 'Back', () => {
      const folder = this.#shown ?? '';
      this.#shown = undefined;
      void this.show(folder);
    });
    const words = element('p', { class: `notice ${isComplete ? 'info' : 'warning'}` }, outcome);
    this.#body.replaceChildren(
      words,
      ...(failures.length > 0 ? [failureList(failures)] : []),
      actions,
    );
    actions.querySelector('button')?.focus();
    this.#live.textContent = outcome;
  }

  #savedWords(
    { kept, verified, unverified }: Extract<JobEvent, { kind: 'done' }>,
    failures: number,
  ): string {
    const parts: string[] = [];
    if (verified > 0 || kept + unverified + failures === 0)
      parts.push(`${countOf(verified, 'file')} saved and verified`);
    if (unverified > 0)
      parts.push(`${countOf(unverified, 'file')} saved, of which only the size is known`);
    if (kept > 0) parts.push(`${countOf(kept, 'file')} already complete`);
    if (failures > 0) parts.push(`${countOf(failures, 'file')} failed`);
    return `${parts.join(', ')}.`;
  }
}
