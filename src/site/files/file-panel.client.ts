// The panel of the open file: what is known of it, and what is in it. Showing the same file again keeps what
// the reader has opened there.

import { isSha256 } from '../../core/digests/sha256-text.ts';
import { formatBytes } from '../../core/text/format.ts';
import { element, isolated } from '../browser/dom.client.ts';
import type { ObjectPlace, ViewedFile } from '../viewer/viewed-file.ts';
import { panelHead, showDetails } from './file-details.client.ts';
import { shownName } from './file-names.ts';
import { addressOfKey, rowDigest, type FileRow } from './file-shards.ts';
import { formatState } from './file-state.ts';
import type { FilesData } from './files-view.ts';

/** What the panel asks of the page. */
export interface PanelActions {
  close(): void;
  /** The address that shows an object of the open file. */
  hrefOf(object: string): string;
  /** Shows an object of the open file. */
  go(object: string): void;
}

/** A place that others set and one view follows. */
class FollowedPlace implements ObjectPlace {
  object: string;
  readonly #actions: Omit<PanelActions, 'close'> | undefined;
  #show: ((object: string) => void) | undefined;

  constructor(object: string, actions?: Omit<PanelActions, 'close'>) {
    this.object = object;
    this.#actions = actions;
  }
  hrefOf(object: string): string | undefined {
    return this.#actions?.hrefOf(object);
  }
  go(object: string): void {
    if (this.#actions === undefined) this.set(object);
    else if (object !== this.object) this.#actions.go(object);
  }
  set(object: string): void {
    if (object === this.object) return;
    this.object = object;
    this.#show?.(object);
  }
  listen(show: (object: string) => void): void {
    this.#show = show;
  }
}

/** The viewer is loaded with the first file that is opened. */
function contents(file: ViewedFile): HTMLElement {
  const box = element('div', { class: 'file-contents' });
  const load = async (): Promise<void> => {
    try {
      const { fileView } = await import('../viewer/file-view.client.ts');
      box.replaceChildren(fileView(file));
    } catch {
      const again = element('button', { type: 'button' }, 'Try again');
      again.addEventListener('click', () => void load());
      box.replaceChildren('The viewer could not be loaded. ', again);
    }
  };
  void load();
  return box;
}

/** The panel of one page. */
export class FilePanel {
  readonly #panel: HTMLElement;
  readonly #data: FilesData;
  readonly #actions: PanelActions;
  #shown: string | File | undefined;
  #place = new FollowedPlace('');

  constructor(panel: HTMLElement, data: FilesData, actions: PanelActions) {
    this.#panel = panel;
    this.#data = data;
    this.#actions = actions;
  }

  hide(): void {
    this.#shown = undefined;
    this.#panel.hidden = true;
    this.#panel.replaceChildren();
  }

  /** Shows a file of the list, and an object of it ('' for none). */
  show(path: string, row: FileRow, object: string): void {
    if (this.#shown === path) return this.#place.set(object);
    this.#shown = path;
    this.#place = new FollowedPlace(object, this.#actions);
    const { store, page } = this.#data;
    const source = addressOfKey(row[4], store);
    const digest = rowDigest(row);
    const view =
      source === undefined
        ? undefined
        : contents({
            path,
            size: row[1],
            type: row[2],
            source,
            sha256: isSha256(digest) ? digest : undefined,
            store,
            hrefOfFile: (other) => page + formatState({ location: other }),
            place: this.#place,
          });
    showDetails(this.#panel, { path, row, data: this.#data, view }, this.#actions.close);
  }

  /** Shows a file of the reader's machine. */
  showLocal(file: File): void {
    if (this.#shown === file) return;
    this.#shown = file;
    this.#place = new FollowedPlace('');
    this.#panel.replaceChildren(
      panelHead(isolated(shownName(file.name)), this.#actions.close),
      element(
        'p',
        { class: 'small muted' },
        `${formatBytes(file.size)}, on your machine. The page reads it where it is; nothing is uploaded.`,
      ),
      contents({
        path: file.name,
        size: file.size,
        type: file.type,
        source: file,
        sha256: undefined,
        store: '',
        hrefOfFile: () => undefined,
        place: this.#place,
      }),
    );
    this.#panel.hidden = false;
  }
}
