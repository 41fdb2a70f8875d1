// dandiset serve: the built site and the folder store, on this machine.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { startServer } from '../adapters/static-server/start-server.ts';
import { ARCHIVE_FILE, sitePath, type Archive } from '../core/records/archive.ts';
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { printLines } from './support/output.ts';

interface Options {
  port: number;
  host: string;
  content?: string;
  storage?: string;
  base?: string;
}

const EXAMPLES = `
Examples:
  npm run build && dandiset serve
  dandiset serve --port 9000
  dandiset serve /tmp/site --content /tmp/archive/content --storage /data/store`;

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
}

// npm runs its scripts in a shell that dies of a signal without passing it on.
const PARENT_CHECK_MS = 250;

/** Settles at the first signal to stop, or when the npm that started this process is gone. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // Ctrl-C is the normal way to end a server, not an interruption, so the exit code stays 0.
      process.removeAllListeners(signal);
      process.on(signal, () => resolve());
    }
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(), PARENT_CHECK_MS).unref();
  });
}

interface Served {
  archive: Archive;
  /** The records, where they are on this machine. */
  content?: string;
}

/** A built site includes its settings, so that it can be served without the records. */
async function readSettings(dist: string, named: string | undefined): Promise<Served> {
  const content = path.resolve(named ?? 'content');
  if (named !== undefined || !existsSync(path.join(dist, ARCHIVE_FILE)))
    return { archive: await readArchive(folderTree(content)), content };
  const archive = await readArchive(folderTree(path.resolve(dist)));
  return existsSync(path.join(content, ARCHIVE_FILE)) ? { archive, content } : { archive };
}

async function serve(dist: string, options: Options): Promise<void> {
  const { archive, content } = await readSettings(dist, options.content);
  const store = archive.stores.find(({ kind }) => kind === 'folder');
  const remote = archive.stores.find(({ kind }) => kind === 'http');
  const adjacent =
    content === undefined || store?.path === undefined
      ? undefined
      : path.resolve(content, '..', store.path);
  const storage = options.storage ?? adjacent;
  const server = await startServer({
    dist: path.resolve(dist),
    ...(storage === undefined ? {} : { storage: path.resolve(storage) }),
    ...(store === undefined ? {} : { storageUrl: store.url }),
    ...(remote === undefined ? {} : { remoteStore: remote.url }),
    base: options.base ?? sitePath(archive),
    port: options.port,
    host: options.host,
    prefix: archive.identifierPrefix,
    site: archive.site,
    ...(archive.doiPrefix === undefined ? {} : { doiPrefix: archive.doiPrefix }),
    onFailure: (error) => process.stderr.write(`A request failed: ${String(error)}\n`),
  });
  const stopped = stopAsked();
  if (options.port !== 0 && server.port !== options.port) {
    printLines([`Port ${options.port} is taken, using ${server.port} instead.`]);
  }
  printLines([`${visibleText(archive.name)} is at ${server.url}`, 'Press Ctrl-C to stop.']);
  await stopped;
  await server.close();
}

/** The `serve` verb: a web server for the built site that only this machine reaches. */
export function serveCommand(): Command {
  return new Command('serve')
    .argument('[dist]', 'the built site', process.env['OUT_DIR'] ?? 'dist')
    .option('--port <number>', 'port; if taken, the next free one (0: any)', parsePort, 8000)
    .option(
      '--host <address>',
      'address to listen on; others than this machine may then read',
      '127.0.0.1',
    )
    .option(
      '--content <dir>',
      'records of the archive (default: content, if it is there)',
      process.env['ARCHIVE_CONTENT'],
    )
    .option('--storage <dir>', 'folder store (default: as archive.json says)')
    .option(
      '--base <path>',
      'base path the site was built for (default: BASE_PATH, or the path in the address of the site)',
      process.env['BASE_PATH'],
    )
    .addHelpText('after', EXAMPLES)
    .action(serve);
}
