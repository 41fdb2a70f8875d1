// The section of the page as a dialog with tabs.

import { shownPath } from '../../core/text/shown-path.ts';
import { countOf, formatBytes } from '../../core/text/format.ts';
import { element, isolated } from '../browser/dom.client.ts';
import { BrowserWay } from './browser-way.client.ts';
import type { PanelData } from './download-view.ts';
import { ListWay } from './list-way.client.ts';
import { commandText, type PageCommand } from './page-commands.ts';
import { PanelFiles } from './panel-files.client.ts';

/** The way that a part of the section shows. */
type Way = 'Browser' | 'Command' | 'List';

interface Tab {
  way: Way;
  button: HTMLButtonElement;
  panel: HTMLElement;
}

/** A folder of the files that the page shows, with all that is in it; '' is the top folder. */
interface OpenedFolder {
  path: string;
  files: number;
  bytes: number;
}

/** The folder that is open in the file browser of the page, if it has one. */
function folderOfPage(): OpenedFolder | undefined {
  const { folder, files, bytes } =
    document.querySelector<HTMLElement>('file-browser')?.dataset ?? {};
  if (folder === undefined) return undefined;
  return { path: folder, files: Number(files), bytes: Number(bytes) };
}

/** Shows the panel, for a version or one of its folders. */
export class PanelDialog {
  readonly #dialog = element('dialog', {
    class: 'download-dialog',
    'aria-labelledby': 'download-title',
  });
  readonly #data: PanelData;
  readonly #tabs: Tab[];
  readonly #files: PanelFiles;
  readonly #browser: BrowserWay | undefined;
  readonly #lists: ListWay | undefined;
  readonly #replaced: string | undefined;
  #folder: string | undefined;

  constructor(panel: HTMLElement) {
    this.#data = JSON.parse(panel.dataset['panel'] ?? '') as PanelData;
    this.#replaced = panel.dataset['replaced'];
    this.#files = new PanelFiles(this.#data);
    const section = panel.querySelector('section');
    if (section === null) throw new Error('The page has no panel.');
    section.hidden = true;
    section.removeAttribute('id');
    for (const part of section.querySelectorAll('.without-script')) part.remove();
    const close = element('button', { type: 'button', class: 'close', 'aria-label': 'Close' }, '×');
    close.addEventListener('click', () => this.#dialog.close());
    const head = element('div', { class: 'download-head' });
    head.append(...section.querySelectorAll('h2'), close);
    this.#tabs = [...section.querySelectorAll<HTMLElement>('[data-way]')].map((part) =>
      this.#tabOf(part),
    );
    const list = element(
      'div',
      { role: 'tablist', 'aria-label': 'Ways to download' },
      ...this.#tabs.map(({ button }) => button),
    );
    list.addEventListener('keydown', (event) => this.#pressed(event));
    this.#dialog.append(
      head,
      ...section.querySelectorAll('.notice'),
      ...(this.#tabs.length === 0 ? [] : [list]),
      ...this.#tabs.map(({ panel: shown }) => shown),
    );
    // A click beside the dialog has the dialog itself as its target.
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
    const place = (way: Way): HTMLElement | undefined =>
      this.#tabs.find((tab) => tab.way === way)?.panel;
    const [browser, lists] = [place('Browser'), place('List')];
    this.#browser = browser && new BrowserWay(browser, this.#files);
    this.#lists = lists && new ListWay(lists, this.#files, this.#replaced);
    panel.append(this.#dialog);
  }

  #tabOf(part: HTMLElement): Tab {
    const way = part.dataset['way'] as Way;
    const [id, panelId] = [`download-tab-${way}`, `download-${way}`];
    part.querySelector('h3')?.remove();
    part.id = panelId;
    part.setAttribute('role', 'tabpanel');
    part.setAttribute('aria-labelledby', id);
    const button = element(
      'button',
      { type: 'button', role: 'tab', id, 'aria-controls': panelId },
      way,
    );
    const tab = { way, button, panel: part };
    button.addEventListener('click', () => this.#select(tab));
    return tab;
  }

  #select(chosen: Tab): void {
    for (const tab of this.#tabs) {
      const isChosen = tab === chosen;
      tab.button.setAttribute('aria-selected', String(isChosen));
      tab.button.tabIndex = isChosen ? 0 : -1;
      tab.panel.hidden = !isChosen;
    }
    if (chosen.way === 'Browser') void this.#browser?.show(this.#folder ?? '');
    if (chosen.way === 'List') this.#lists?.show(this.#folder ?? '');
  }

  #pressed(event: KeyboardEvent): void {
    const at = this.#tabs.findIndex(({ button }) => button === event.target);
    const last = this.#tabs.length - 1;
    const next = new Map([
      ['ArrowRight', at === last ? 0 : at + 1],
      ['ArrowLeft', at === 0 ? last : at - 1],
      ['Home', 0],
      ['End', last],
    ]).get(event.key);
    const tab = next === undefined ? undefined : this.#tabs[next];
    if (at < 0 || tab === undefined) return;
    event.preventDefault();
    this.#select(tab);
    tab.button.focus();
  }

  /** Puts the folder, and the address that the page has, into the commands. */
  #writeCommands(folder: string): void {
    for (const part of this.#dialog.querySelectorAll<HTMLElement>('[data-command]')) {
      const read = JSON.parse(part.dataset['command'] ?? '') as PageCommand;
      const here = (address: string): string =>
        this.#replaced === undefined
          ? address
          : address.replace(this.#replaced, `${location.origin}/`);
      const command: PageCommand = {
        ...read,
        program: here(read.program),
        version: here(read.version),
        files: here(read.files),
      };
      const text = commandText(command, folder);
      part.hidden = text === undefined;
      part.querySelector('pre')?.replaceChildren(text ?? '');
      part.querySelector('[data-copy]')?.setAttribute('data-copy', text ?? '');
    }
  }

  /** Opens the panel for the folder that the page shows, or for the whole version. */
  open(): void {
    const opened = folderOfPage();
    const { path, files, bytes } = opened ?? { path: '', ...this.#data };
    // A download that runs stays in view.
    if (path !== this.#folder && this.#browser?.isRunning !== true) {
      this.#folder = path;
      const scope = this.#dialog.querySelector('.download-scope');
      if (opened !== undefined)
        scope?.replaceChildren(
          ...(path === '' ? [] : [isolated(shownPath(path)), ' · ']),
          `${countOf(files, 'file')}, ${formatBytes(bytes)}`,
        );
      this.#writeCommands(path);
    }
    const isAdvised = this.#browser?.isAdvised({ files, bytes }) === true;
    const [first] = this.#tabs.filter(({ way }) => way !== 'Browser' || isAdvised);
    const open = this.#tabs.find(({ button }) => button.getAttribute('aria-selected') === 'true');
    const tab = open ?? first ?? this.#tabs[0];
    if (!this.#dialog.open) this.#dialog.showModal();
    if (tab === undefined) return;
    this.#select(tab);
    tab.button.focus();
  }
}
