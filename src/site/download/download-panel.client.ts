// What every page with a panel loads at once: it waits for a click on a link to the panel, and loads the rest then.

import type { PanelDialog } from './panel-dialog.client.ts';

class DownloadPanel extends HTMLElement {
  #dialog: Promise<PanelDialog> | undefined;

  connectedCallback(): void {
    document.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (link?.getAttribute('href') !== '#download') return;
      event.preventDefault();
      void this.#open();
    });
    if (location.hash === '#download') void this.#open();
  }

  async #open(): Promise<void> {
    const opened = (this.#dialog ??= import('./panel-dialog.client.ts').then(
      ({ PanelDialog: Dialog }) => new Dialog(this),
    ));
    try {
      (await opened).open();
    } catch {
      // The section of the page says the same without a script.
      this.#dialog = undefined;
      location.hash = 'download';
    }
  }
}

customElements.define('download-panel', DownloadPanel);
