// What is in a file, where the file is shown: loading, the view of its kind, and failing with another try.

import { openBrowserBytes } from '../../adapters/bytes/open-browser-bytes.ts';
import { element } from '../browser/dom.client.ts';
import { loadView } from './load-view.client.ts';
import { viewKindOf } from './view-kinds.ts';
import type { ViewedFile } from './viewed-file.ts';
import { statement } from './views/first-text.client.ts';

/** Waiting longer than this is said, in milliseconds; shorter waits would flicker. */
const SILENT_WAIT = 250;

/** Whether a page may read an address: it asks its own site and the archive's store, and nobody else. */
function mayRead(source: ViewedFile['source'], store: string): boolean {
  if (typeof source !== 'string') return true;
  const { origin } = new URL(source, document.baseURI);
  return [location.href, new URL(store, document.baseURI).href].some(
    (one) => new URL(one).origin === origin,
  );
}

const HDF5_SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether a file on this machine is HDF5 by another name; one in the store is not read to find out. */
async function isHdf5(source: ViewedFile['source']): Promise<boolean> {
  if (typeof source === 'string') return false;
  const first = new Uint8Array(await source.slice(0, HDF5_SIGNATURE.length).arrayBuffer());
  return HDF5_SIGNATURE.every((byte, at) => first[at] === byte);
}

async function viewNode(file: ViewedFile): Promise<Node> {
  const named = viewKindOf(file.path, file.type);
  const kind = named === 'none' && (await isHdf5(file.source)) ? 'hdf5' : named;
  const loading = loadView(kind);
  if (loading === undefined)
    return statement('There is no view of this type of file here. Download it to open it.');
  if (file.size === 0 && kind !== 'zarr') return statement('This file is empty: it has 0 bytes.');
  if (!mayRead(file.source, file.store)) {
    const { host } = new URL(file.source as string);
    return statement(
      `This file is stored at ${host}. Pages of this archive only read from the archive itself, so its contents are not shown. You can download it and drop it on this page.`,
    );
  }
  const view = await loading;
  // The size is known, so this makes no request. Someone looking at a page waits less than a download does.
  return view(await openBrowserBytes(file.source, { size: file.size }, { attempts: 2 }), file);
}

/** The element that shows what is in a file; it begins to load at once. */
export function fileView(file: ViewedFile): HTMLElement {
  const box = element('section', { class: 'file-view', 'aria-label': 'Contents' });
  const load = async (): Promise<void> => {
    const status = element('p', { class: 'view-note small muted', role: 'status' });
    box.replaceChildren(status);
    const timer = setTimeout(() => (status.textContent = 'Loading the contents …'), SILENT_WAIT);
    try {
      box.replaceChildren(await viewNode(file));
    } catch (error) {
      const again = element('button', { type: 'button' }, 'Try again');
      again.addEventListener('click', () => {
        void load().then(() => {
          if (!box.contains(document.activeElement)) box.querySelector('button')?.focus();
        });
      });
      const why = error instanceof Error ? error.message : String(error);
      const words = element('p', { role: 'alert' }, `The contents could not be loaded. ${why}`);
      box.replaceChildren(element('div', { class: 'notice warning view-failed' }, words, again));
    } finally {
      clearTimeout(timer);
    }
  };
  void load();
  return box;
}
