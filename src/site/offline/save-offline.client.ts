// <keep-offline>: says how much space saving the archive takes, saves it, and removes it.

import { isSearchPart, type Packs } from './pack.ts';
import { formatBytes } from '../../core/text/format.ts';
import {
  bytesOf,
  freeBytes,
  keepArchive,
  packsToFetch,
  readPacks,
  removeSaved,
  visitedPages,
} from './save-archive.ts';
import { savedCopy, type SavedCopy } from './saved-copy.ts';

const base = import.meta.env.BASE_URL;

interface Situation {
  packs: Packs | undefined;
  copy: SavedCopy | undefined;
}

const dayOf = (date: string): string =>
  new Date(date).toLocaleDateString('en-GB', { dateStyle: 'long' });

/** The browser's message that it has no room, in words that help. */
function failureWords(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError')
    return 'The browser has no room left for this site. Nothing was kept. Free some disk space, or remove what other sites keep, and try again.';
  const why = error instanceof Error ? error.message : String(error);
  return `The archive could not be kept: ${why}. Nothing was kept; what was kept before is still there.`;
}

class KeepOffline extends HTMLElement {
  private cancel: AbortController | undefined;

  connectedCallback(): void {
    this.named('start').addEventListener('click', () => void this.keep());
    this.named('cancel').addEventListener('click', () => this.cancel?.abort());
    this.named('remove').addEventListener('click', () => void this.removeAll());
    void this.show();
  }

  private named<Kind extends HTMLElement = HTMLElement>(name: string): Kind {
    return this.querySelector(`[data-part="${name}"]`) as Kind;
  }

  private say(words: string): void {
    this.named('said').textContent = words;
  }

  private async situation(): Promise<Situation> {
    const [packs, copy] = await Promise.all([
      readPacks(base).catch(() => undefined),
      savedCopy(base),
    ]);
    return { packs, copy };
  }

  /** Shows what is saved and what can be done, based on what the browser really stores. */
  private async show(): Promise<void> {
    if (!('caches' in globalThis) || !('serviceWorker' in navigator)) {
      this.named('state').textContent =
        'This browser cannot keep the archive. It has to allow service workers, and the address has to begin with https.';
      return;
    }
    const { packs, copy } = await this.situation();
    const seen = await visitedPages(base);
    const isCurrent = packs !== undefined && copy?.build === packs.build;
    const state = [
      copy === undefined
        ? 'The archive is not kept on this device.'
        : `The archive is kept on this device: ${formatBytes(bytesOf(copy.parts))}, as it was on ${dayOf(copy.date)}.`,
      seen === 0 ? '' : `Pages you visited are kept too: ${seen}.`,
    ];
    if (packs === undefined) state.push('The site cannot be reached just now.');
    else if (copy === undefined) {
      const search = bytesOf(packs.parts.filter(isSearchPart));
      const all = bytesOf(packs.parts);
      state.push(
        `Keeping it transfers and stores ${formatBytes(all)}: ${formatBytes(all - search)} for all pages, ${formatBytes(search)} for the search.`,
      );
    } else if (!isCurrent) {
      const bytes = bytesOf(packsToFetch(packs, copy));
      state.push(`It has changed since. Updating the copy transfers ${formatBytes(bytes)}.`);
    }
    this.named('state').textContent = state.filter(Boolean).join(' ');
    const start = this.named('start');
    start.textContent = copy === undefined ? 'Keep this archive offline' : 'Update the copy';
    start.hidden = packs === undefined || isCurrent;
    this.named('remove').hidden = copy === undefined && seen === 0;
    this.dataset['state'] =
      copy === undefined ? 'not kept' : isCurrent || packs === undefined ? 'kept' : 'outdated';
  }

  private showProgress(done: number, all: number): void {
    const bar = this.named<HTMLProgressElement>('bar');
    [bar.max, bar.value] = [all, done];
    this.named('count').textContent = `${formatBytes(done)} of ${formatBytes(all)}`;
  }

  private setBusy(isBusy: boolean): void {
    this.named('progress').hidden = !isBusy;
    this.named('cancel').hidden = !isBusy;
    if (isBusy) for (const name of ['start', 'remove']) this.named(name).hidden = true;
  }

  private async keep(): Promise<void> {
    this.cancel = new AbortController();
    this.say('');
    this.setBusy(true);
    this.named('cancel').focus();
    try {
      const { packs, copy } = await this.situation();
      if (packs === undefined) throw new Error('the site cannot be reached');
      const all = bytesOf(packs.parts);
      const needed = bytesOf(packsToFetch(packs, copy));
      const free = await freeBytes();
      if (free !== undefined && free < needed)
        throw new Error(
          `it takes ${formatBytes(needed)}, and the browser has room for ${formatBytes(Math.max(0, free))}`,
        );
      // Without this a browser may remove the copy when the disk is full. It may also decline.
      void navigator.storage.persist?.().catch(() => false);
      this.showProgress(0, all);
      await keepArchive({
        base,
        packs,
        signal: this.cancel.signal,
        onProgress: (done) => this.showProgress(done, all),
      });
      this.say('Done: all pages and the search now work without a network.');
    } catch (error) {
      this.say(this.cancel.signal.aborted ? 'Cancelled. Nothing was kept.' : failureWords(error));
    }
    this.setBusy(false);
    await this.show();
  }

  private async removeAll(): Promise<void> {
    await removeSaved(base);
    this.say('Removed: this device keeps no copy and no visited pages.');
    await this.show();
  }
}

customElements.define('keep-offline', KeepOffline);
