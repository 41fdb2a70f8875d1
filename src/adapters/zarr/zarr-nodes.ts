// Which groups and arrays a Zarr has: from its consolidated metadata, else from the list of its files, else from
// what its groups say of their members.

import { isArchiveError, type ArchiveError } from '../../core/error.ts';
import { isJsonObject, member, textMember, type JsonObject } from '../../core/json/json-text.ts';
import { omeImagesOf } from '../../core/nwb/ome-images.ts';
import { omeMemberPaths } from '../../core/nwb/ome-members.ts';
import { parentPath } from '../../core/nwb/tree-reader.ts';
import { failedBytes } from '../bytes/http-bytes.ts';
import type { ZarrFiles } from './zarr-files.ts';
import { parseZarrJson } from './zarr-json.ts';

/** A group or an array, by its own metadata. */
export interface ZarrNode {
  /** From the root, `/` itself first. */
  readonly path: string;
  readonly attributes: JsonObject;
  /** The metadata of an array; absent for a group. */
  readonly array?: JsonObject;
  readonly problem?: string;
}

export interface ZarrNodes {
  readonly nodes: Map<string, ZarrNode>;
  readonly omitted: string[];
}

/** Groups and arrays of one Zarr. */
export const MOST_NODES = 100_000;
/** Files that are read where nothing is consolidated. */
const MOST_READS = 5000;
const AT_ONCE = 6;
const MOST_CONSOLIDATED = 64 * 1024 * 1024;
const MOST_METADATA = 8 * 1024 * 1024;
const MOST_PATH = 2000;

/** The path from the root of a key of metadata, `a/b` or ``; undefined for one that is no path. */
function nodePath(key: string): string | undefined {
  const parts = key.split('/').filter((part) => part !== '');
  if (key.length > MOST_PATH || parts.some((part) => part === '.' || part === '..'))
    return undefined;
  return `/${parts.join('/')}`;
}

function objectIn(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/**
 * What is read, or why it is refused. Some stores refuse to say that a file is not there, so a refusal counts as
 * absence as long as the other file that may be in its place is there.
 */
async function unlessRefused<T>(
  read: () => Promise<T>,
): Promise<{ found?: T; refusal?: ArchiveError }> {
  try {
    return { found: await read() };
  } catch (error) {
    if (!isArchiveError(error, 'bytes-unreadable')) throw error;
    return { refusal: error };
  }
}

class NodeReading {
  readonly nodes = new Map<string, ZarrNode>();
  readonly omitted = new Set<string>();
  private readonly files: ZarrFiles;
  private readonly signal: AbortSignal | undefined;
  private reads = 0;
  private version: 2 | 3 | undefined;

  constructor(files: ZarrFiles, signal: AbortSignal | undefined) {
    this.files = files;
    this.signal = signal;
  }

  add(node: ZarrNode): void {
    if (this.nodes.has(node.path)) return;
    if (this.nodes.size >= MOST_NODES) {
      this.omitted.add('It has more groups and arrays than are listed.');
      return;
    }
    this.nodes.set(node.path, node);
  }

  /** The object of a metadata file; undefined if there is none, a sentence if it is wrong. */
  async json(path: string, most = MOST_METADATA): Promise<JsonObject | string | undefined> {
    const bytes = await this.files.read(path, most, this.signal);
    if (bytes === undefined) return undefined;
    const parsed = parseZarrJson(bytes);
    return typeof parsed === 'string' ? `${path} ${parsed}.` : parsed;
  }

  /** Reads the node at a path from its own files; undefined if there is none. */
  async own(path: string): Promise<ZarrNode | undefined> {
    const known = this.nodes.get(path);
    if (known !== undefined) return known;
    this.reads += 1;
    if (this.reads > MOST_READS) {
      this.omitted.add('It has more metadata files than are read one by one.');
      return undefined;
    }
    try {
      return await this.readOwn(path);
    } catch (error) {
      if (path === '/' || !isArchiveError(error)) throw error;
      const problem = `Its metadata could not be read: ${error.message}`;
      this.add({ path, attributes: {}, problem });
      return this.nodes.get(path);
    }
  }

  private async readOwn(path: string): Promise<ZarrNode | undefined> {
    const folder = path === '/' ? '' : `${path.slice(1)}/`;
    const newer = this.version === 2 ? {} : await unlessRefused(() => this.ownV3(path, folder));
    const older =
      newer.found !== undefined || this.version === 3 ? undefined : await this.ownV2(path, folder);
    const node = newer.found ?? older;
    if (node === undefined) {
      if (newer.refusal !== undefined) throw newer.refusal;
      return undefined;
    }
    // A Zarr is of one version.
    this.version ??= newer.found === undefined ? 2 : 3;
    this.add(node);
    return node;
  }

  /** The root, with all that is consolidated in its metadata. */
  async root(): Promise<ZarrNode | undefined> {
    const newer = await unlessRefused(() => this.ownV3('/', ''));
    if (newer.found !== undefined) {
      this.version = 3;
      this.add(newer.found);
      return newer.found;
    }
    const consolidated = await unlessRefused(() => this.json('.zmetadata', MOST_CONSOLIDATED));
    if (typeof consolidated.found === 'string')
      this.omitted.add(`Its consolidated metadata can’t be used: ${consolidated.found}`);
    else if (consolidated.found !== undefined) this.consolidatedV2(consolidated.found);
    if (this.nodes.size > 0) this.version = 2;
    const node = this.nodes.get('/') ?? (await this.own('/'));
    const refusal = newer.refusal ?? consolidated.refusal;
    if (this.nodes.size === 0 && refusal !== undefined) throw refusal;
    return node;
  }

  private async ownV3(path: string, folder: string): Promise<ZarrNode | undefined> {
    const json = await this.json(
      `${folder}zarr.json`,
      path === '/' ? MOST_CONSOLIDATED : MOST_METADATA,
    );
    if (typeof json === 'string') return { path, attributes: {}, problem: json };
    return json === undefined ? undefined : this.nodeOfV3(path, json);
  }

  nodeOfV3(path: string, json: JsonObject): ZarrNode {
    const attributes = objectIn(member(json, 'attributes'));
    if (textMember(json, 'node_type') === 'array') return { path, attributes, array: json };
    const consolidated = objectIn(member(member(json, 'consolidated_metadata'), 'metadata'));
    for (const [key, inner] of Object.entries(consolidated)) {
      const below = nodePath(`${path}/${key}`);
      if (below !== undefined && isJsonObject(inner)) this.add(this.nodeOfV3(below, inner));
    }
    return { path, attributes };
  }

  private async ownV2(path: string, folder: string): Promise<ZarrNode | undefined> {
    const { found: array, refusal } = await unlessRefused(() => this.json(`${folder}.zarray`));
    const group = array === undefined ? await this.json(`${folder}.zgroup`) : undefined;
    if (array === undefined && group === undefined) {
      if (refusal !== undefined) throw refusal;
      return undefined;
    }
    const attributes = await unlessRefused(() => this.json(`${folder}.zattrs`));
    const problem =
      attributes.refusal === undefined
        ? [array, attributes.found].find((one) => typeof one === 'string')
        : `Its attributes could not be read: ${attributes.refusal.message}`;
    return {
      path,
      attributes: objectIn(attributes.found),
      ...(isJsonObject(array) ? { array } : {}),
      ...(typeof problem === 'string' ? { problem } : {}),
    };
  }

  /** The consolidated metadata of version 2. */
  consolidatedV2(json: JsonObject): void {
    const metadata = objectIn(member(json, 'metadata'));
    for (const [key, value] of Object.entries(metadata)) {
      const [, folder = '', kind] = /^(.*?)\/?\.(zarray|zgroup)$/s.exec(key) ?? [];
      const path = nodePath(folder);
      if (kind === undefined || path === undefined || !isJsonObject(value)) continue;
      const attributes = objectIn(
        member(metadata, folder === '' ? '.zattrs' : `${folder}/.zattrs`),
      );
      this.add({ path, attributes, ...(kind === 'zarray' ? { array: value } : {}) });
    }
  }

  /** Reads some nodes, a few at once. */
  async ownOf(paths: readonly string[]): Promise<void> {
    const waiting = [...paths].reverse();
    const work = async (): Promise<void> => {
      for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) await this.own(path);
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, work));
  }

  /** Groups say nothing of their members, but pictures name theirs. */
  async followOme(): Promise<void> {
    let open = ['/'];
    for (let depth = 0; depth < 5 && open.length > 0; depth += 1) {
      const next = open.flatMap((path) => {
        const node = this.nodes.get(path);
        if (node === undefined || node.array !== undefined) return [];
        const images = omeImagesOf(path, node.attributes).flatMap(({ levels }) => levels);
        return [...images, ...omeMemberPaths(path, node.attributes)];
      });
      const fresh = [...new Set(next)].filter((path) => !this.nodes.has(path));
      await this.ownOf(fresh);
      open = fresh;
    }
  }
}

/**
 * Reads single groups and arrays of one Zarr by their paths, each once; undefined where there is none. Rejects with an
 * ArchiveError if the root cannot be read.
 */
export function zarrNodeReader(
  files: ZarrFiles,
  signal?: AbortSignal,
): (path: string) => Promise<ZarrNode | undefined> {
  const reading = new NodeReading(files, signal);
  return (path) => reading.own(path);
}

/** Where a list of files shows groups and arrays. */
function nodesInList(list: readonly string[]): string[] {
  const found = new Set<string>();
  for (const file of list) {
    const [, folder] = /^(.*?)\/?(?:\.zarray|\.zgroup|zarr\.json)$/s.exec(file) ?? [];
    const path = folder === undefined ? undefined : nodePath(folder);
    if (path !== undefined) found.add(path);
  }
  return [...found];
}

/** Parents without metadata of their own, which version 3 allows, are groups. */
function addParents(reading: NodeReading): void {
  for (const path of [...reading.nodes.keys()])
    for (let at = parentPath(path); !reading.nodes.has(at); at = parentPath(at))
      reading.add({ path: at, attributes: {} });
}

/**
 * The groups and arrays of a Zarr of version 2 or 3, and what could not be listed.
 *
 * @throws ArchiveError `bytes-unreadable` if it is no Zarr, or if its metadata cannot be read
 */
export async function readZarrNodes(files: ZarrFiles, signal?: AbortSignal): Promise<ZarrNodes> {
  const reading = new NodeReading(files, signal);
  const root = await reading.root();
  if (files.list !== undefined) await reading.ownOf(nodesInList(files.list));
  if (reading.nodes.size === 0)
    throw failedBytes(files.name, 'bytes-unreadable', 'is no Zarr: it has no metadata of one');
  if (files.list === undefined && reading.nodes.size === 1 && root?.array === undefined) {
    await reading.followOme();
    reading.omitted.add(
      reading.nodes.size > 1
        ? 'Only what its pictures name is listed: it has no consolidated metadata.'
        : 'What is in it could not be listed: it has no consolidated metadata, and there is no list of its files.',
    );
  }
  reading.add({ path: '/', attributes: {} });
  addParents(reading);
  return { nodes: reading.nodes, omitted: [...reading.omitted] };
}
