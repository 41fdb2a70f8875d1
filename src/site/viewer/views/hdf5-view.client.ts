// HDF5 and NWB: from the index in the store, else by reading the file, which the reader asks for.

import type { Bytes } from '../../../adapters/bytes/bytes.ts';
import type { DataTree } from '../../../core/data-tree/data-tree.ts';
import { describeContents } from '../../../core/nwb/describe-contents.ts';
import { formatBytes } from '../../../core/text/format.ts';
import { element } from '../../browser/dom.client.ts';
import { contentsView } from '../contents/contents-view.client.ts';
import { readIndex, type FoundIndex } from '../read-index.client.ts';
import { readInWorker } from '../read-in-worker.client.ts';
import type { ViewedFile } from '../viewed-file.ts';

function shown(tree: DataTree, file: ViewedFile, notes: readonly string[]): Node {
  return contentsView(tree, describeContents(tree), file, notes);
}

/** Reads the file itself, with progress and a way to end it. */
function reading(file: ViewedFile, begin: HTMLElement | undefined): HTMLElement {
  const box = element('div', { class: 'look-inside' });
  const run = async (): Promise<void> => {
    const control = new AbortController();
    const status = element('span', { role: 'status' }, 'Loading the reader …');
    const cancel = element('button', { type: 'button' }, 'Cancel');
    cancel.addEventListener('click', () => control.abort());
    box.replaceChildren(element('p', { class: 'small muted' }, status, ' ', cancel));
    let last = 0;
    try {
      const tree = await readInWorker(
        file,
        ({ bytes, requests }) => {
          // The reader of the page has left the file.
          if (!box.isConnected) return control.abort();
          // Each change is read out: not every block.
          if (bytes - last < 500_000) return;
          last = bytes;
          status.textContent = `Read ${formatBytes(bytes)} of the file in ${requests} requests …`;
        },
        control.signal,
      );
      box.replaceChildren(shown(tree, file, []));
    } catch (error) {
      if (control.signal.aborted && begin !== undefined) return box.replaceChildren(begin);
      const why = control.signal.aborted
        ? 'Cancelled.'
        : `The file could not be read. ${error instanceof Error ? error.message : String(error)}`;
      const again = element('button', { type: 'button' }, 'Try again');
      again.addEventListener('click', () => void run());
      const words = element('p', { role: 'alert' }, why);
      box.replaceChildren(element('div', { class: 'notice warning view-failed' }, words, again));
    }
  };
  if (begin === undefined) void run();
  else {
    begin.querySelector('button')?.addEventListener('click', () => void run());
    box.append(begin);
  }
  return box;
}

/** What the button is offered with. */
function offer(bytes: Bytes, why: string | undefined): HTMLElement {
  const most = Math.min(bytes.size, 30_000_000);
  const cost = most < 2_000_000 ? `up to ${formatBytes(most)}` : `2–${formatBytes(most)}`;
  return element(
    'div',
    { class: 'look-inside-offer' },
    element('p', {}, why ?? 'There is no index of this file yet.'),
    element('button', { type: 'button' }, 'Look inside'),
    element(
      'p',
      { class: 'small muted' },
      `Loads a reader of 1 MB once, then the parts of the file that say what is in it: ${cost}.`,
    ),
  );
}

/** What is shown where the store fails. The file itself may still be readable: some stores hide what they lack. */
function failed(bytes: Bytes, file: ViewedFile, error: unknown): HTMLElement {
  const why = error instanceof Error ? error.message : String(error);
  const again = element('button', { type: 'button' }, 'Try again');
  const words = element(
    'p',
    { role: 'alert' },
    `The index of this file could not be loaded. ${why}`,
  );
  const box = element(
    'div',
    {},
    element('div', { class: 'notice warning view-failed' }, words, again),
    reading(file, offer(bytes, 'The file can be read without it.')),
  );
  again.addEventListener('click', async () => {
    again.disabled = true;
    box.replaceWith(await hdf5View(bytes, file));
  });
  return box;
}

/** Shows what is in an HDF5 file. */
export async function hdf5View(bytes: Bytes, file: ViewedFile): Promise<Node> {
  if (typeof file.source !== 'string') return reading(file, undefined);
  let found: FoundIndex;
  try {
    found = await readIndex(file);
  } catch (error) {
    return failed(bytes, file, error);
  }
  if ('tree' in found) return shown(found.tree, file, []);
  const why =
    'refused' in found ? `The index in the store is not used. ${found.refused}` : undefined;
  return reading(file, offer(bytes, why));
}
