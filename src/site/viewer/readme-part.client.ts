// A README, read from the store and shown as the view of its file shows it.

import { fileView } from './file-view.client.ts';

/** The element that shows the README which the data of a page's part name. */
export function readmePart({
  path = '',
  bytes = '',
  address = '',
  store = '',
}: DOMStringMap): Node {
  return fileView({
    path,
    size: Number(bytes),
    type: 'text/plain',
    source: address,
    sha256: undefined,
    store,
    hrefOfFile: () => undefined,
    place: { object: '', hrefOf: () => undefined, go: () => undefined, listen: () => undefined },
  });
}
