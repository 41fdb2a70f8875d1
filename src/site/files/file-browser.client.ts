// The file browser: the state in the address, the rows it requests, keyboard and mouse. The page already
// contains the top folder; this takes it over.

import { foldersAbove, splitPath } from '../../core/assets/tree.ts';
import { folderSummary, nameFilter, shownName } from './file-names.ts';
import { isFolderRow, type FileRow } from './file-shards.ts';
import { formatState, parseState, type BrowserState, type SortColumn } from './file-state.ts';
import type { FilesData } from './files-view.ts';
import { countOf, formatBytes, formatCount } from '../../core/text/format.ts';
import { element, isolated } from '../browser/dom.client.ts';
import { crumbsTo, makeSortButtons, nameTable } from './file-frame.client.ts';
import { FilePanel } from './file-panel.client.ts';
import { FileList, type ListContent } from './file-list.client.ts';
import { sorted, type PlacedRow } from './file-order.client.ts';
import { takeLocalFiles } from './local-files.client.ts';
import { emptyRow, fileRow, locationOf } from './file-row.client.ts';
import { FileSource, type LoadedFolder } from './file-source.client.ts';

/** Where the keyboard focus goes after a change: nowhere, on a row, or on the name of the open file. */
type Focus = 'none' | 'row' | 'details';

interface Opened {
  folder: LoadedFolder;
  file: FileRow | undefined;
  /** A location that does not exist, where the nearest existing folder above it is shown instead. */
  missing: string | undefined;
}

class FileBrowser extends HTMLElement {
  #state: BrowserState = parseState(location.search);
  #data!: FilesData;
  #source!: FileSource;
  #list!: FileList;
  #opened!: FilePanel;
  /** A file of the reader's own, shown instead of one of the list. */
  #local: File | undefined;
  #rows: PlacedRow[] | undefined;
  #folder: LoadedFolder | undefined;
  /** What the list shows now; a file can be opened without drawing it again. */
  #shownList = '';
  /** The last active row in each folder. */
  readonly #lastRow = new Map<string, string>();
  #run = 0;
  #typing: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    const data = this.querySelector('script[type="application/json"]');
    const table = this.querySelector('table');
    if (data === null || table === null) return;
    this.#data = JSON.parse(data.textContent) as FilesData;
    this.#source = new FileSource(this.#data);
    this.#opened = new FilePanel(this.#panel, this.#data, {
      close: () => this.#close(),
      hrefOf: (object) => this.#data.page + formatState({ ...this.#state, object }),
      go: (object) => this.#change({ object }, 'none'),
    });
    for (const rest of this.querySelectorAll('.folder-below')) rest.remove();
    this.classList.add('ready');
    makeSortButtons(table, (column) => this.#sortBy(column));
    this.#filter.addEventListener('input', () => this.#filterTyped(150));
    this.#everywhere.addEventListener('change', () => this.#filterTyped(0));
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#list.focus(this.#list.active);
    });
    this.addEventListener('click', (event) => this.#clicked(event));
    takeLocalFiles(this, (file) => {
      this.#local = file;
      void this.#apply('details');
    });
    document.addEventListener('keydown', (event) => this.#pressed(event));
    addEventListener('popstate', () => {
      this.#state = parseState(location.search);
      this.#local = undefined;
      // The focused element may be removed; the filter stays.
      const { activeElement } = document;
      void this.#apply(
        this.contains(activeElement) && activeElement !== this.#filter ? 'row' : 'none',
      );
    });
    // A host may have added a slash on the way here.
    if (location.pathname === `${this.#data.page}/`)
      history.replaceState(null, '', this.#data.page + location.search + location.hash);
    void this.#apply('none');
    void this.#tellSearchCost();
  }

  #part<Part extends HTMLElement>(selector: string): Part {
    const found = this.querySelector<Part>(selector);
    if (found === null) throw new Error(`The page lacks ${selector}.`);
    return found;
  }
  get #filter(): HTMLInputElement {
    return this.#part('input[name=filter]');
  }
  get #everywhere(): HTMLInputElement {
    return this.#part('input[name=everywhere]');
  }
  get #panel(): HTMLElement {
    return this.#part('.files-details');
  }

  #sortBy(column: SortColumn): void {
    const again = this.#state.sort === column;
    // The largest and the newest first, names from A.
    const descending = again ? !this.#state.descending : column === 'size' || column === 'modified';
    this.#change({ sort: column, descending }, 'none', true);
  }

  #filterTyped(wait: number): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      const change = { filter: this.#filter.value, everywhere: this.#everywhere.checked };
      this.#change(change, 'none', true);
    }, wait);
  }

  /** Changes what is shown and writes it to the address; `replace` adds no history entry. */
  #change(change: Partial<BrowserState>, focus: Focus, replace = false): void {
    this.#state = { ...this.#state, ...change };
    this.#local = undefined;
    const address = this.#data.page + formatState(this.#state);
    if (replace) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    void this.#apply(focus);
  }

  #go(target: string): void {
    clearTimeout(this.#typing);
    const isFolder = target === '' || target.endsWith('/');
    const opened = { location: target, object: '' };
    if (isFolder) this.#change({ ...opened, filter: '', everywhere: false }, 'row');
    else this.#change(opened, 'details');
  }

  #up(): void {
    const path = this.#folder?.head.path ?? '';
    if (path === '') return;
    const parent = foldersAbove(path).at(-2) ?? '';
    this.#lastRow.set(parent, path);
    this.#go(parent);
  }

  #close(): void {
    const { activeElement } = document;
    if (this.#local === undefined)
      return this.#change({ location: this.#folder?.head.path ?? '', object: '' }, 'row');
    this.#local = undefined;
    void this.#apply(this.contains(activeElement) ? 'row' : 'none');
  }

  async #open(wanted: string): Promise<Opened> {
    const isFolder = wanted === '' || wanted.endsWith('/');
    const { folder: path, name } = isFolder ? { folder: wanted, name: '' } : splitPath(wanted);
    const folder = await this.#source.folder(path);
    if (folder !== undefined && isFolder) return { folder, file: undefined, missing: undefined };
    const position = (await folder?.positionOf(name)) ?? -1;
    const row = folder?.row(position);
    if (folder !== undefined && row !== undefined && !isFolderRow(row)) {
      return { folder, file: row, missing: undefined };
    }
    // An address made elsewhere may leave out the slash, or write a blank as a plus.
    for (const other of [isFolder ? wanted : `${wanted}/`, wanted.replaceAll('+', ' ')]) {
      if (other === wanted) continue;
      const found = await this.#open(other);
      if (found.missing !== undefined) continue;
      this.#state.location = other;
      history.replaceState(null, '', this.#data.page + formatState(this.#state));
      return found;
    }
    for (const above of ['', ...foldersAbove(path)].reverse()) {
      const near = await this.#source.folder(above);
      if (near !== undefined) return { folder: near, file: undefined, missing: wanted };
    }
    throw new Error('The list of files is empty.');
  }

  async #apply(focus: Focus): Promise<void> {
    this.#run += 1;
    const run = this.#run;
    const { sort, descending } = this.#state;
    try {
      this.#list ??= new FileList(this.#part('.files-scroll'), this.#part('table'));
      const opened = await this.#open(this.#state.location);
      const { folder } = opened;
      if (run !== this.#run) return;
      this.#folder = folder;
      const { filter, everywhere } = this.#state;
      const list = JSON.stringify([folder.head.path, filter, everywhere, sort, descending]);
      const isNew = list !== this.#shownList;
      if (isNew) {
        const rows = await this.#arranged(folder, run);
        if (run !== this.#run) return;
        this.#rows = rows;
        this.#shownList = list;
        this.#showFolder(folder);
        this.#list.show(this.#content(folder, rows), await this.#activeRow(opened));
      }
      this.#showFile(opened.file);
      this.#tell(opened);
      if (focus === 'row') this.#list.focus(this.#list.active);
      if (focus === 'details') this.#panel.querySelector('h2')?.focus();
    } catch {
      if (run === this.#run) this.#fail();
    }
  }

  /** The rows reordered or filtered; undefined for the listed order. */
  async #arranged(folder: LoadedFolder, run: number): Promise<PlacedRow[] | undefined> {
    const { filter, everywhere, sort, descending } = this.#state;
    const { path, total } = folder.head;
    const isFiltered = filter.trim() !== '';
    if (!isFiltered && sort === 'name' && !descending) return undefined;
    let rows: PlacedRow[];
    if (isFiltered && everywhere) {
      rows = await this.#source.allFiles((done, all) => {
        if (run === this.#run) this.#say(`Loading part ${done} of ${all} …`);
      });
    } else {
      if (folder.row(total - 1) === undefined) this.#say(`Loading ${formatCount(total)} rows …`);
      rows = (await folder.all()).map((row) => ({ folder: path, row }));
    }
    const lets = nameFilter(filter);
    const kept = isFiltered ? rows.filter((one) => lets(one.row[0], one.folder)) : rows;
    return sorted(kept, sort, descending);
  }

  #content(folder: LoadedFolder, rows: PlacedRow[] | undefined): ListContent {
    const { path, total } = folder.head;
    return {
      total: rows?.length ?? total,
      row: (position) => {
        const row = folder.row(position);
        const placed = rows === undefined ? row && { folder: path, row } : rows[position];
        if (placed === undefined) return undefined;
        const target = locationOf(placed);
        const isFolder = isFolderRow(placed.row);
        const state = isFolder ? { filter: '', everywhere: false } : {};
        return fileRow(placed, {
          store: this.#data.store,
          href:
            this.#data.page +
            formatState({ ...this.#state, ...state, location: target, object: '' }),
          wholePath: placed.folder !== path,
        });
      },
      placeholder: emptyRow,
      load: async (from, to) => {
        try {
          await folder.load(from, to);
        } catch {
          this.#fail();
        }
      },
    };
  }

  /** Where the keyboard focus is in a list just shown: the open file, or where it was before. */
  async #activeRow({ folder, file }: Opened): Promise<number> {
    const { path, total } = folder.head;
    if (file !== undefined && this.#rows === undefined) return folder.positionOf(file[0]);
    const wanted =
      file === undefined ? this.#lastRow.get(path) : locationOf({ folder: path, row: file });
    if (wanted === undefined) return 0;
    for (let position = 0; position < (this.#rows?.length ?? total); position += 1) {
      const row = folder.row(position);
      const placed = this.#rows === undefined ? row && { folder: path, row } : this.#rows[position];
      if (placed !== undefined && locationOf(placed) === wanted) return position;
    }
    return 0;
  }

  #showFolder({ head: { path, files, bytes } }: LoadedFolder): void {
    const { sort, descending, filter, everywhere } = this.#state;
    this.#part('.files-crumbs ol').replaceChildren(...crumbsTo(path, this.#data.page));
    // The panel for downloading reads them.
    Object.assign(this.dataset, { folder: path, files, bytes });
    const button = document.querySelector('.files-download');
    const what = path === '' ? 'Download' : 'Download this folder';
    button?.replaceChildren(`${what} · ${formatBytes(bytes)}`);
    nameTable(this.#part('table'), path, sort, descending);
    if (document.activeElement !== this.#filter) this.#filter.value = filter;
    this.#everywhere.checked = everywhere;
  }

  #showFile(file: FileRow | undefined): void {
    this.classList.toggle('with-details', file !== undefined || this.#local !== undefined);
    const { location: path, object } = this.#state;
    if (this.#local !== undefined) this.#opened.showLocal(this.#local);
    else if (file === undefined) this.#opened.hide();
    else this.#opened.show(path, file, object);
  }

  #tell({ folder, missing }: Opened): void {
    const { folders, files, bytes, total } = folder.head;
    const notice = this.#part('.files-missing');
    notice.hidden = missing === undefined;
    notice.replaceChildren(
      'There is no file or folder ',
      isolated(shownName(missing ?? '')),
      ' in this version. The nearest folder is shown.',
    );
    if (this.#state.filter.trim() === '') return this.#say(folderSummary(folders, files, bytes));
    const found = this.#rows?.length ?? 0;
    if (found === 0) return this.#say('No name matches.');
    this.#say(
      this.#state.everywhere
        ? `${countOf(found, 'file')} in all folders`
        : `${formatCount(found)} of ${countOf(total, 'name')}`,
    );
  }

  #say(words: string): void {
    const status = this.#part('.files-status');
    if (status.textContent !== words) status.textContent = words;
  }

  #fail(): void {
    const again = element('button', { type: 'button' }, 'Try again');
    again.addEventListener('click', () => {
      this.#shownList = '';
      void this.#apply('none');
    });
    this.#part('.files-status').replaceChildren('The list could not be loaded. ', again);
  }

  async #tellSearchCost(): Promise<void> {
    try {
      const size = await this.#source.searchSize();
      if (size > 0) this.#part('[data-cost]').textContent = `(reads up to ${formatBytes(size)})`;
    } catch {
      // The list itself reports that it could not be loaded.
    }
  }

  #clicked(event: MouseEvent): void {
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const target = event.target instanceof Element ? event.target : undefined;
    const link = target?.closest<HTMLElement>('a[data-location]');
    const wanted = link?.dataset['location'];
    if (!plain || event.altKey || wanted === undefined) return;
    event.preventDefault();
    this.#lastRow.set(this.#folder?.head.path ?? '', wanted);
    this.#go(wanted);
  }

  #pressed(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (target !== document.body && !this.contains(target)) return;
    const clears = target === this.#filter && this.#filter.value !== '';
    if (event.key === 'Escape' && !this.#panel.hidden && !clears) {
      event.preventDefault();
      return this.#close();
    }
    if (target instanceof HTMLInputElement && target.type === 'search') {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      return this.#list.focus(this.#list.active);
    }
    if (event.key === '/') {
      event.preventDefault();
      this.#filter.focus();
      this.#filter.select();
      return;
    }
    if (this.#list.hasFocus && this.#moved(event.key)) event.preventDefault();
  }

  /** Moves in the list; false for a key that has no meaning there. */
  #moved(key: string): boolean {
    const { active, page } = this.#list;
    const rows = new Map([
      ['ArrowDown', active + 1],
      ['ArrowUp', active - 1],
      ['PageDown', active + page],
      ['PageUp', active - page],
      ['Home', 0],
      ['End', Infinity],
    ]);
    const row = rows.get(key);
    if (row !== undefined) this.#list.focus(row);
    else if (key === 'Backspace' || key === 'ArrowLeft') this.#up();
    else return false;
    return true;
  }
}

customElements.define('file-browser', FileBrowser);
