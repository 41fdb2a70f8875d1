// Offers a file that was made in the page for download.

import { element } from './dom.client.ts';

/** Has the browser download bytes or a text under a name. */
export function saveFile(contents: Uint8Array | string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([contents as BlobPart], { type }));
  element('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
