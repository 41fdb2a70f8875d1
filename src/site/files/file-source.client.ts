// Where the rows of folders come from: the page, one file, or shards that are loaded as needed.

import {
  isFolderRow,
  shardOfFile,
  shardOfRow,
  type FileRow,
  type ListingPart,
  type ListingRow,
  type Shard,
  type ShardIndex,
} from './file-shards.ts';
import type { FilesData } from './files-view.ts';

export type Progress = (done: number, all: number) => void;

/** A file with the folder it is in. */
export interface FoundFile {
  folder: string;
  row: FileRow;
}

async function fetchJson<Value>(address: string): Promise<Value> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return (await response.json()) as Value;
}

/** One folder; its rows are present, or are loaded in runs. */
export class LoadedFolder {
  readonly head: Readonly<ListingPart>;
  readonly #rows: (ListingRow | undefined)[] = [];
  readonly #shards: Shards | undefined;

  constructor(part: ListingPart, shards?: Shards) {
    this.head = part;
    this.#shards = shards;
    this.add(part);
  }

  /** The row at a position; undefined while it is not loaded. */
  row(position: number): ListingRow | undefined {
    return this.#rows[position];
  }

  add(part: ListingPart): void {
    part.rows.forEach((row, at) => (this.#rows[part.from + at] = row));
  }

  /** Loads what is missing between two positions. */
  async load(from: number, to: number): Promise<void> {
    const { path, total } = this.head;
    const missing = new Set<number>();
    for (let at = from; at < Math.min(to, total); at += 1) {
      if (this.#rows[at] === undefined) {
        missing.add(this.#shards?.numberOfRow(path, at) ?? 0);
      }
    }
    await this.#shards?.load([...missing], (shard) => this.#take(shard));
  }

  #take(shard: Shard): void {
    for (const part of shard.parts) if (part.path === this.head.path) this.add(part);
  }

  /** The position of a file, or -1. */
  async positionOf(name: string): Promise<number> {
    const { path, folders } = this.head;
    if (this.#shards !== undefined) {
      const number = this.#shards.numberOfFile(path, folders, name);
      await this.#shards.load([number], (shard) => this.#take(shard));
    }
    return this.#rows.findIndex((row) => row !== undefined && !isFolderRow(row) && row[0] === name);
  }

  /** All rows, in order. */
  async all(): Promise<ListingRow[]> {
    await this.load(0, this.head.total);
    return this.#rows.filter((row) => row !== undefined);
  }
}

/** The packed listings of a large list. Each is fetched once; a failed request is retried. */
class Shards {
  readonly #folder: string;
  readonly index: ShardIndex;
  readonly #loading = new Map<number, Promise<Shard>>();

  constructor(folder: string, index: ShardIndex) {
    this.#folder = folder;
    this.index = index;
  }

  numberOfRow(path: string, row: number): number {
    return shardOfRow(this.index, path, row);
  }

  numberOfFile(path: string, folders: number, name: string): number {
    return shardOfFile(this.index, path, folders, name);
  }

  get(number: number): Promise<Shard> {
    let shard = this.#loading.get(number);
    if (shard === undefined) {
      shard = fetchJson<Shard>(`${this.#folder}${number}.json`);
      this.#loading.set(number, shard);
      shard.catch(() => this.#loading.delete(number));
    }
    return shard;
  }

  /** Loads shards, six at a time. */
  async load(numbers: number[], take: (shard: Shard) => void, progress?: Progress): Promise<void> {
    const waiting = [...numbers];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        take(await this.get(next));
        progress?.(numbers.length - waiting.length, numbers.length);
      }
    };
    await Promise.all(Array.from({ length: 6 }, worker));
  }
}

/** The rows of a version's files. */
export class FileSource {
  readonly #data: FilesData;
  readonly #folders = new Map<string, LoadedFolder>();
  #shards: Promise<Shards> | undefined;
  #whole: Promise<void> | undefined;

  constructor(data: FilesData) {
    this.#data = data;
  }

  #takeWhole(shard: Shard): void {
    for (const part of shard.parts) this.#folders.set(part.path, new LoadedFolder(part));
  }

  async #open(): Promise<Shards | undefined> {
    const { source, folder, shard } = this.#data;
    if (source === 'shards') {
      const opened = (this.#shards ??= fetchJson<ShardIndex>(`${folder}files/index.json`).then(
        (index) => new Shards(`${folder}files/`, index),
      ));
      opened.catch(() => (this.#shards = undefined));
      return opened;
    }
    const whole = (this.#whole ??= (
      shard === undefined ? fetchJson<Shard>(`${folder}files.json`) : Promise.resolve(shard)
    ).then((all) => this.#takeWhole(all)));
    whole.catch(() => (this.#whole = undefined));
    await whole;
    return undefined;
  }

  /** A folder with at least its first rows; undefined if none has this path. */
  async folder(path: string): Promise<LoadedFolder | undefined> {
    const shards = await this.#open();
    const known = this.#folders.get(path);
    if (known !== undefined || shards === undefined) return known;
    const shard = await shards.get(shards.numberOfRow(path, 0));
    const part = shard.parts.find((one) => one.path === path && one.from === 0);
    if (part === undefined) return undefined;
    const folder = new LoadedFolder(part, shards);
    this.#folders.set(path, folder);
    return folder;
  }

  /** Characters that a search in all folders has to load; 0 where everything is loaded. */
  async searchSize(): Promise<number> {
    return (await this.#open())?.index.size ?? 0;
  }

  /** Every file of the version, in the order of folders and names. */
  async allFiles(progress: Progress): Promise<FoundFile[]> {
    const shards = await this.#open();
    const found: FoundFile[] = [];
    const take = (folder: string, rows: Iterable<ListingRow | undefined>): void => {
      for (const row of rows) {
        if (row !== undefined && !isFolderRow(row)) found.push({ folder, row });
      }
    };
    if (shards === undefined) {
      for (const [path, folder] of this.#folders) take(path, await folder.all());
      return found;
    }
    const numbers = shards.index.shards.map((_, number) => number);
    await shards.load(numbers, () => undefined, progress);
    for (const number of numbers) {
      for (const part of (await shards.get(number)).parts) take(part.path, part.rows);
    }
    return found;
  }
}
