// The client that the site serves, and its digest in the form of `sha256sum`.

import { sha256Hex } from '../../core/digests/sha256.ts';
import { CLIENT_FILE } from '../../core/download/client-command.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { SiteFile } from '../site-file.ts';

/** The digest of the client; undefined where the program has none to serve. */
export function clientDigest({ client }: Pick<Catalog, 'client'>): string | undefined {
  return client && sha256Hex(client);
}

/** The files of the client. */
export function* clientFiles(catalog: Pick<Catalog, 'client'>): Generator<SiteFile> {
  const { client } = catalog;
  if (client === undefined) return;
  const name = CLIENT_FILE.slice(CLIENT_FILE.lastIndexOf('/') + 1);
  yield { path: CLIENT_FILE, contents: client };
  yield { path: `${CLIENT_FILE}.sha256`, contents: `${clientDigest(catalog)}  ${name}\n` };
}
