// The tab with lists for other programs. Lists beside the page are links; what is larger, or for a folder, or has
// another address than the page was made for, is made here.

import {
  ARIA2_LIST,
  aria2List,
  sumList,
  URL_LIST,
  urlList,
  type FetchableFile,
} from '../../core/download/download-lists.ts';
import { element } from '../browser/dom.client.ts';
import { saveFile } from '../browser/save-file.client.ts';
import { DATA_SUMS } from '../version/fixity-files.ts';
import { LIST_USES } from './list-uses.ts';
import type { PanelFiles } from './panel-files.client.ts';

const WRITERS: ReadonlyMap<string, (files: readonly FetchableFile[]) => string> = new Map([
  [URL_LIST, urlList],
  [ARIA2_LIST, aria2List],
  [DATA_SUMS, sumList],
]);

export class ListWay {
  readonly #files: PanelFiles;
  readonly #status = element('p', { class: 'small muted', role: 'status' });
  readonly #items = new Map<string, HTMLAnchorElement>();
  #folder = '';

  constructor(panel: HTMLElement, files: PanelFiles, replaced: string | undefined) {
    this.#files = files;
    const list = panel.querySelector('.download-lists') ?? element('ul');
    for (const name of WRITERS.keys()) {
      if (name === DATA_SUMS && files.data.checkable === 0) continue;
      const item = list.querySelector<HTMLElement>(`[data-list="${name}"]`);
      const link = item?.querySelector('a') ?? element('a', { href: `#${name}` }, name);
      // Checksums name no addresses, so that they are right wherever the site is.
      const isStatic = item !== null && (replaced === undefined || name === DATA_SUMS);
      link.addEventListener('click', (event) => {
        if (isStatic && this.#folder === '') return;
        event.preventDefault();
        void this.#make(name);
      });
      this.#items.set(name, link);
      if (item === null)
        list.append(element('li', {}, link, element('span', {}, LIST_USES.get(name) ?? '')));
    }
    list.after(this.#status);
  }

  show(folder: string): void {
    this.#folder = folder;
  }

  async #make(name: string): Promise<void> {
    const folder = this.#folder;
    this.#status.textContent = 'Loading the list of files …';
    try {
      const text = WRITERS.get(name)?.(await this.#files.listed(folder)) ?? '';
      if (text === '') {
        this.#status.textContent = `No file here fits into ${name}.`;
        return;
      }
      saveFile(text, `${this.#files.nameOf(folder)}-${name}`, 'text/plain;charset=utf-8');
      this.#status.textContent = `${name} was made.`;
    } catch {
      this.#status.textContent = 'The list of files could not be loaded. Try again.';
    }
  }
}
