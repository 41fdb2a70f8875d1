// Commands use the address of the current page where the archive has no public one, and name the folder that is
// open.

import { folderCommand } from './client-commands.ts';

const FOLDER_OPENED = 'folder-opened';

/** Tells the commands of a page which folder of the version is open; '' is the top folder. */
export function folderOpened(folder: string): Event {
  return new CustomEvent(FOLDER_OPENED, { detail: folder });
}

class ClientCommandsElement extends HTMLElement {
  /** The folder that the page came with as an example. */
  #example: string | undefined;

  connectedCallback(): void {
    const { replaced } = this.dataset;
    const here = `${location.origin}/`;
    if (replaced !== undefined) {
      const files = this.dataset['files'] ?? '';
      this.dataset['files'] = files.replaceAll(replaced, here);
      for (const command of this.querySelectorAll<HTMLElement>('[data-of]')) {
        this.#write(command, command.querySelector('pre')?.textContent.replaceAll(replaced, here));
      }
      delete this.dataset['replaced'];
    }
    const ofFolder = this.querySelector<HTMLElement>('[data-of=folder]');
    if (ofFolder === null) return;
    this.#example = ofFolder.querySelector('pre')?.textContent;
    this.addEventListener(FOLDER_OPENED, (event) => {
      const folder: unknown = event instanceof CustomEvent ? event.detail : undefined;
      if (typeof folder !== 'string') return;
      const text = folderCommand(this.dataset['files'] ?? '', folder);
      this.#write(ofFolder, folder === '' ? this.#example : text);
      const says = ofFolder.querySelector('p');
      if (says !== null) says.textContent = folder === '' ? 'One folder:' : 'The open folder:';
    });
  }

  #write(command: HTMLElement, text = ''): void {
    command.querySelector('pre')?.replaceChildren(text);
    command.querySelector<HTMLElement>('[data-copy]')?.setAttribute('data-copy', text);
  }
}

customElements.define('client-commands', ClientCommandsElement);
