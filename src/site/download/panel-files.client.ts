// The files that a panel is about: the list of the page of the files, also where another page shows the panel.

import { fetchWhole } from '../../adapters/bytes/open-browser-bytes.ts';
import { splitPath } from '../../core/assets/tree.ts';
import { parseZarrList } from '../../core/digests/zarr-list.ts';
import { zarrChecksum } from '../../core/digests/zarr-checksum.ts';
import { addressInZarr } from '../../core/download/asset-addresses.ts';
import {
  browserFiles,
  MAX_BROWSER_FILES,
  type BrowserFile,
  type FileFailure,
} from '../../core/download/browser-download.ts';
import type { WantedDigest } from '../../core/download/plan.ts';
import { targetOf } from '../../core/download/target-path.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { FileSource, type FoundFile } from '../files/file-source.client.ts';
import { addressOfKey, isFolderRow, rowDigest, type FileRow } from '../files/file-shards.ts';
import type { FilesData } from '../files/files-view.ts';
import type { PanelData } from './download-view.ts';

/** A longer list of a Zarr is for the command. */
const MAX_ZARR_LIST = 4_000_000;
/** Milliseconds after which a store counts as not readable. */
const PROBE_TIME = 15_000;
/** So many lists are requested before anything is offered. */
const MAX_ZARRS = 20;

/** What a folder of a version holds. */
export interface PanelSelection {
  files: BrowserFile[];
  /** What cannot be downloaded by a page, and why. */
  leftOut: FileFailure[];
  bytes: number;
}

function digestOfRow(row: FileRow): WantedDigest | undefined {
  const value = rowDigest(row);
  if (/^[0-9a-f]{64}$/.test(value)) return { algorithm: 'sha256', value };
  return /^[0-9a-f]{32}-\d{1,5}$/.test(value) ? { algorithm: 'dandi-etag', value } : undefined;
}

function isZarr(row: FileRow): boolean {
  return row[4].startsWith('zarr/');
}

async function filesData(page: string): Promise<FilesData> {
  const selector = 'file-browser script[type="application/json"]';
  let data = document.querySelector(selector);
  if (data === null) {
    const response = await fetch(page);
    if (!response.ok) throw new Error(`${page} answered ${response.status}`);
    // A document that is parsed this way runs nothing and loads nothing.
    const html = new DOMParser().parseFromString(await response.text(), 'text/html');
    data = html.querySelector(selector);
  }
  if (data === null) throw new Error(`${page} has no list`);
  return JSON.parse(data.textContent) as FilesData;
}

/** Loads the files of a version, or of one of its folders. */
export class PanelFiles {
  readonly data: PanelData;
  readonly #stores: string[];
  #source: Promise<FileSource> | undefined;

  constructor(data: PanelData) {
    this.data = data;
    this.#stores = data.stores.map((store) => new URL(store, document.baseURI).href);
  }

  #open(): Promise<FileSource> {
    const opened = (this.#source ??= filesData(this.data.filesPage).then(
      (data) => new FileSource(data),
    ));
    opened.catch(() => (this.#source = undefined));
    return opened;
  }

  async #rowsBelow(path: string): Promise<FoundFile[]> {
    const source = await this.#open();
    if (path === '') return source.allFiles(() => undefined);
    const folder = await source.folder(path);
    const found: FoundFile[] = [];
    for (const row of (await folder?.all()) ?? []) {
      if (isFolderRow(row)) found.push(...(await this.#rowsBelow(`${path}${row[0]}/`)));
      else found.push({ folder: path, row });
    }
    return found;
  }

  /** Files and bytes of a folder. */
  async totals(path: string): Promise<{ files: number; bytes: number }> {
    const folder = await (await this.#open()).folder(path);
    if (folder === undefined) throw new Error('There is no such folder.');
    return folder.head;
  }

  #addresses(key: string): string[] {
    const found = this.#stores.map((store) => addressOfKey(key, store));
    return [...new Set(found.filter((address) => address !== undefined))];
  }

  #fileOf({ folder, row }: FoundFile, selected: string): BrowserFile {
    const digest = digestOfRow(row);
    const modified = Date.parse(row[5]);
    const path = folder + row[0];
    return {
      target: selected === '' ? path : targetOf(path, { kind: 'folder', path: selected }, false),
      size: row[1],
      from: this.#addresses(row[4]),
      ...(digest === undefined ? {} : { digest }),
      ...(Number.isFinite(modified) ? { modified } : {}),
    };
  }

  /** The files of a folder but for Zarrs, as lists name them. */
  async listed(path: string): Promise<BrowserFile[]> {
    const rows = await this.#rowsBelow(path);
    return rows.filter(({ row }) => !isZarr(row)).map((one) => this.#fileOf(one, path));
  }

  /** The files of a Zarr, from its list in the store, which its checksum covers. */
  async #filesOfZarr(zarr: BrowserFile, wanted: string): Promise<BrowserFile[]> {
    const lists = zarr.from.map((address) => `${address.replace(/\/$/, '')}.json`);
    for (const address of lists) {
      const list = await fetchWhole(address, MAX_ZARR_LIST).catch(() => undefined);
      const files = list && parseZarrList(decodeUtf8(list) ?? '');
      if (files === undefined || (wanted !== '' && zarrChecksum(files) !== wanted)) continue;
      return files.map(({ path, size, md5 }) => ({
        target: `${zarr.target}/${path}`,
        size,
        from: zarr.from.map((folder) => addressInZarr(folder, path)),
        digest: { algorithm: 'md5', value: md5 },
      }));
    }
    throw new Error('its list of files is not in the store');
  }

  /** What of a folder this page can download. */
  async selection(path: string): Promise<PanelSelection> {
    const wanted: BrowserFile[] = [];
    const leftOut: FileFailure[] = [];
    let zarrs = 0;
    for (const found of await this.#rowsBelow(path)) {
      const file = this.#fileOf(found, path);
      if (!isZarr(found.row)) {
        wanted.push(file);
        continue;
      }
      zarrs += 1;
      try {
        if (zarrs > MAX_ZARRS) throw new Error('there are too many Zarrs for a page');
        const files = await this.#filesOfZarr(file, rowDigest(found.row));
        if (wanted.length + files.length > MAX_BROWSER_FILES)
          throw new Error('it has too many files for a page');
        for (const one of files) wanted.push(one);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        leftOut.push({ path: file.target, why: `${why}; the command downloads it` });
      }
    }
    const platform = navigator.userAgent;
    const isWindows = /windows/i.test(platform);
    const possible = browserFiles(wanted, {
      reachable: [location.origin, ...this.#stores],
      isWindows,
      ignoresCase: isWindows || /mac os/i.test(platform),
    });
    return {
      files: possible.files,
      leftOut: [...leftOut, ...possible.leftOut],
      bytes: possible.files.reduce((sum, { size }) => sum + size, 0),
    };
  }

  /** Whether the first of the files can be requested at all; a store elsewhere may not let pages read. */
  async isReadable({ files: [first] }: PanelSelection): Promise<boolean> {
    const address = first?.from[0];
    if (address === undefined || address.startsWith(`${location.origin}/`)) return true;
    try {
      const range = { Range: 'bytes=0-0' };
      const signal = AbortSignal.timeout(PROBE_TIME);
      await (await fetch(address, { headers: range, cache: 'no-store', signal })).body?.cancel();
      return true;
    } catch {
      return false;
    }
  }

  /** A name for what is saved, made of the version and the folder. */
  nameOf(path: string): string {
    const folder = splitPath(path.slice(0, -1))
      .name.replace(/[^\w.+-]+/g, '_')
      .slice(0, 80);
    return folder === '' ? this.data.name : `${this.data.name}-${folder}`;
  }
}
