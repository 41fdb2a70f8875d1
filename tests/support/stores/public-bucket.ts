// A folder served on loopback like a public bucket: objects by key with ranges, and its listing.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { folderStore } from '../../../src/adapters/object-store/folder-store.ts';
import { sendFile } from '../../../src/adapters/static-server/send-file.ts';
import { servedFolder } from '../../../src/adapters/static-server/served-folder.ts';
import { listing } from './bucket-double.ts';
import { listenForTest } from '../forge/git-server.ts';
import { listed } from './object-store-contract.ts';

/** Serves a folder until the test has finished. Its address, which ends in `/`. */
export async function publicBucket(folder: string): Promise<string> {
  const files = servedFolder(folder, () => true);
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bucket.test');
    const key = decodeURIComponent(pathname.slice(1));
    if (key === '' && searchParams.get('list-type') === '2') {
      response.end(listing('lab', await listed(folderStore(folder)), searchParams, 2));
      return;
    }
    const found = await files.open(key.split('/'));
    if (found === undefined || found === 'folder') response.writeHead(404).end('Not found');
    else
      await sendFile(request, response, found, {
        mediaType: 'application/octet-stream',
        compress: false,
      });
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  return `${await listenForTest(server)}/`;
}
