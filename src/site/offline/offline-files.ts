// What makes a built site work without a network: packs of its pages and of its search, their list, and the
// service worker. Written last, from the files as they will be served.

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Archive } from '../../core/records/archive.ts';
import {
  PACKS_FILE,
  packFiles,
  partFile,
  type PackedFile,
  type Packs,
  type PackPart,
} from './pack.ts';
import { removingWorker, workerScript } from './worker-script.ts';

// Small enough to be unpacked while a page is loading, large enough to compress well.
const MAX_PART_BYTES = 1_000_000;

// The libraries and viewers that only work with data from a store stay out.
const MAX_ASSET_BYTES = 500_000;

/** Pages that are stored when the worker is installed, with what they load. */
const SHELL_PAGES = ['index.html', 'search/index.html', 'offline/index.html'];

/** The search reads misspelled words from its parts where this list of all words is absent. */
const SPELLINGS = /^search\/\w+\/spellings\.txt$/;
/** Tables of the archive as data: for programs, and not part of the search. */
const TABLES = /^search\/(?:dandisets|versions|recordings)\./;
/** The search for recordings, which takes more than all else, asks the network; its page says so. */
const RECORDINGS = /^search\/recordings\/.*\.json$/;

/** Whether a file of the site is saved; lists of files, records and the API are not. */
export function isSaved(name: string): boolean {
  if (name.startsWith('api/') || SPELLINGS.test(name)) return false;
  if (TABLES.test(name) || RECORDINGS.test(name)) return false;
  // Decoders of files, which are in a store.
  if (name.endsWith('.so')) return false;
  return /\.html$|^_astro\/|^favicon\.svg$|^pagefind\/|^search\//.test(name);
}

async function savedFiles(output: string): Promise<string[]> {
  const entries = await readdir(output, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(output, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    .filter(isSaved)
    .sort((a, b) => (a < b ? -1 : 1));
}

const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** The folder at the top; redirects such as `000004/` count as one. */
function folderOf(name: string | undefined): string | undefined {
  return name?.split('/')[0]?.replace(/^\d{6}$/, 'number');
}

class PartWriter {
  readonly parts: PackPart[] = [];
  private files: PackedFile[] = [];
  private size = 0;
  private readonly output: string;

  constructor(output: string) {
    this.output = output;
  }

  async add(file: PackedFile): Promise<void> {
    const isFull = this.size + file.contents.length > MAX_PART_BYTES;
    // A new folder begins a new part, so that additions to one leave the others as they were.
    if (isFull || folderOf(this.files[0]?.path) !== folderOf(file.path)) await this.finish();
    this.files.push(file);
    this.size += file.contents.length;
  }

  async finish(): Promise<void> {
    const first = this.files[0]?.path;
    if (first === undefined) return;
    const whole = packFiles(this.files);
    const name = sha256(whole).slice(0, 20);
    const packed = gzipSync(whole, { level: 9 });
    await writeFile(path.join(this.output, partFile(name)), packed);
    this.parts.push({ name, first, bytes: packed.length });
    [this.files, this.size] = [[], 0];
  }
}

// For search engines and previews of links; half of many pages, and of no use to readers.
const FOR_MACHINES =
  /<script type="application\/ld\+json">[^]*?<\/script>|<meta (?:property="og:|name="twitter:)[^>]*>/g;

/** A file as it is saved: what is shown, and what the search reads, byte for byte. */
function asSaved(name: string, contents: Uint8Array): Uint8Array {
  if (name.endsWith('.html')) {
    const text = new TextDecoder().decode(contents);
    return new TextEncoder().encode(text.replace(FOR_MACHINES, ''));
  }
  return contents;
}

/** Files sorted by path, packed into parts. */
async function writeParts(output: string, names: readonly string[]): Promise<PackPart[]> {
  const writer = new PartWriter(output);
  for (const name of names) {
    const contents = await readFile(path.join(output, name));
    if (name.startsWith('_astro/') && contents.length > MAX_ASSET_BYTES) continue;
    await writer.add({ path: name, contents: asSaved(name, contents) });
  }
  await writer.finish();
  return writer.parts;
}

const ASSET = /_astro\/[\w.~-]+\.(?:js|css)/g;
const IMPORTED = /["']\.\/([\w.~-]+\.js)["']/g;

/** The scripts and styles that a page loads, with what they import. */
async function assetsOf(output: string, page: string, found: Set<string>): Promise<void> {
  const html = await readFile(path.join(output, page), 'utf8');
  const waiting: string[] = [...(html.match(ASSET) ?? [])];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    const code = await readFile(path.join(output, name), 'utf8').catch(() => undefined);
    if (code === undefined) continue;
    found.add(name);
    if (!name.endsWith('.js')) continue;
    for (const [, imported = ''] of code.matchAll(IMPORTED)) waiting.push(`_astro/${imported}`);
  }
}

async function shellOf(output: string, names: ReadonlySet<string>): Promise<string[]> {
  const found = new Set<string>(['favicon.svg'].filter((name) => names.has(name)));
  const pages = SHELL_PAGES.filter((page) => names.has(page));
  for (const page of pages) await assetsOf(output, page, found);
  return [...pages.map((page) => page.replace(/index\.html$/, '')), ...[...found].sort()];
}

/**
 * Writes packs, their list and the worker into a built site; returns the bytes needed to save all of it.
 * `redacted` are the folders of redacted versions. Where the archive offers no offline use, the worker is one
 * that removes itself.
 */
export async function writeOfflineFiles(
  output: string,
  archive: Pick<Archive, 'offline' | 'stores'>,
  redacted: string[] = [],
): Promise<number> {
  if (archive.offline === false) {
    await writeFile(path.join(output, 'sw.js'), await removingWorker());
    return 0;
  }
  await mkdir(path.join(output, 'offline'), { recursive: true });
  const names = await savedFiles(output);
  const parts = await writeParts(output, names);
  const shell = await shellOf(output, new Set(names));
  // Parts are named by their contents, so their names are a digest of the whole build.
  const build = sha256(parts.map(({ name }) => name).join('\n')).slice(0, 16);
  const packs: Packs = { build, parts, redacted };
  await writeFile(path.join(output, PACKS_FILE), `${JSON.stringify(packs)}\n`);
  const stores = archive.stores
    .filter(({ kind }) => kind === 'folder')
    .map(({ url }) => url.replace(/^\/+/, ''));
  await writeFile(
    path.join(output, 'sw.js'),
    await workerScript({ build, shell, outside: ['api/', 'server-info', ...stores], redacted }),
  );
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}
