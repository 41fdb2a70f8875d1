// A whole small archive that passes every rule, and the means to break it.

import { memoryTree } from '../../../src/adapters/content-files/memory-tree.ts';
import type { ContentTree } from '../../../src/adapters/content-files/content-tree.ts';
import type { ListStore } from '../../../src/adapters/object-store/list-store.ts';
import { sha256Hex } from '../../../src/core/digests/sha256.ts';
import type { JsonObject, JsonValue } from '../../../src/core/json/json-text.ts';
import { formatManifest, frozenFile, MANIFEST_SCHEMA } from '../../../src/core/records/manifest.ts';
import { ARCHIVE, assetRecord, authoredDandiset, publishedDandiset } from './records.ts';

export type Files = Record<string, string | Uint8Array>;

export const DRAFT = 'dandisets/000/000001/draft';
/** The older of two versions published here. */
export const FIRST = 'dandisets/000/000001/0.250101.1200';
/** The newer of two versions published here. */
export const SECOND = 'dandisets/000/000001/0.250201.1200';
/** An imported version. */
export const IMPORTED = 'dandisets/000/000002/0.240101.1200';
export const STATUS = 'dandisets/000/000001/status.json';
export const SUBMISSION = 'submissions/first-light';

const PATHS = ['sub-01/sub-01_ecephys.nwb', 'sub-02/sub-02_ecephys.nwb', 'sub-03/image.ome.zarr'];

function record(value: JsonValue): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function list(published: boolean): string {
  return PATHS.map((path) => assetRecord(path, { published, zarr: path.endsWith('.zarr') }))
    .map((asset) => `${JSON.stringify(asset)}\n`)
    .join('');
}

function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? new TextEncoder().encode(data) : data;
}

function textOf(data: string | Uint8Array | undefined): string {
  return typeof data === 'string' ? data : new TextDecoder().decode(data);
}

/** An archive in memory whose files can be edited; `freeze` writes the manifests again. */
export class TestArchive {
  readonly files: Files = {};
  /** Paths that are links instead of files. */
  readonly links: string[] = [];
  /** Uncompressed lists in the store by sha256; `unreadable` for one that is damaged. */
  readonly lists = new Map<string, Uint8Array | 'unreadable'>();

  /** The valid archive. */
  constructor() {
    const totals = {
      count: PATHS.length,
      bytes: PATHS.reduce((sum, path) => sum + path.length, 0),
    };
    const species = {
      identifier: 'NCBITaxon:10090',
      name: 'Mus musculus',
      commonName: 'House mouse',
    };
    Object.assign(this.files, {
      'archive.json': record(ARCHIVE),
      'pages/about.mdx': '# About\n',
      'vocabularies/species.json': record({ terms: [species] }),
      'vocabularies/approaches.json': record({
        terms: [{ name: 'electrophysiological approach' }],
      }),
      'vocabularies/techniques.json': record({ terms: [{ name: 'spike sorting technique' }] }),
      [`${DRAFT}/dandiset.json`]: record(authoredDandiset('000001')),
      [`${DRAFT}/assets.jsonl`]: list(false),
      [`${DRAFT}/release.json`]: record({ releaseNotes: 'A third session.' }),
      [STATUS]: record({
        owners: ['ada'],
        withdrawals: {
          '0.250101.1200': {
            reason: 'Wrong units.',
            date: '2025-03-01',
            by: 'curator',
            successor: '0.250201.1200',
          },
        },
        doiRegistered: ['0.250201.1200'],
      }),
      'dandisets/000/000002/draft/dandiset.json': record(authoredDandiset('000002')),
      'dandisets/000/000002/draft/assets.jsonl': '',
      [`${SUBMISSION}/dandiset.json`]: record(authoredDandiset('000000')),
      [`${SUBMISSION}/assets.jsonl`]: list(false),
    });
    for (const folder of [FIRST, SECOND, IMPORTED]) {
      const [, , number = '', version = ''] = folder.split('/');
      const site = folder === IMPORTED ? 'https://elsewhere.example/' : ARCHIVE.site;
      const published = publishedDandiset(number, version, totals, site);
      this.files[`${folder}/dandiset.json`] = record(published);
      this.files[`${folder}/assets.jsonl`] = list(true);
    }
    this.freeze();
  }

  /** Writes the manifests for the current files, including the chain. */
  freeze(): void {
    let previous: string | null = null;
    const folders = Object.keys(this.files).flatMap(
      (path) => /^(.*\/0\.[^/]+)\/dandiset\.json$/.exec(path)?.[1] ?? [],
    );
    for (const folder of folders.sort()) {
      const [, , number = '', version = ''] = folder.split('/');
      const imported = number === '000002';
      const names = Object.keys(this.files)
        .filter((path) => path.startsWith(`${folder}/`) && !path.endsWith('/manifest.json'))
        .map((path) => path.slice(folder.length + 1))
        .sort();
      const assets = this.assets(folder);
      const text: string = formatManifest({
        schema: MANIFEST_SCHEMA,
        identifier: `${ARCHIVE.identifierPrefix}:${number}`,
        version,
        datePublished: '2025-01-01T12:00:00Z',
        files: names.map((name) =>
          frozenFile(name, bytesOf(this.files[`${folder}/${name}`] ?? '')),
        ),
        assets,
        previous: imported ? null : previous,
        ...(imported ? { source: { kind: 'mirror-records' } } : {}),
      });
      this.files[`${folder}/manifest.json`] = text;
      previous = sha256Hex(text);
    }
  }

  private assets(folder: string): { count: number; bytes: number } | null {
    const text = this.files[`${folder}/assets.jsonl`];
    if (text === undefined) return null;
    const lines = textOf(text)
      .split('\n')
      .filter((line) => line !== '');
    const sizes = lines.map((line) => (JSON.parse(line) as { size: number }).size);
    return { count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  }

  /** The text of a file. */
  text(path: string): string {
    return textOf(this.files[path]);
  }

  /** Writes a JSON file again after a change. */
  edit(path: string, change: (value: JsonObject) => void): void {
    const value = JSON.parse(this.text(path)) as JsonObject;
    change(value);
    this.files[path] = path.endsWith('/manifest.json') ? JSON.stringify(value) : record(value);
  }

  /** Changes one asset of the list in a folder (by default the first). */
  editAsset(
    folder: string,
    change: (asset: JsonObject, metadata: JsonObject) => void,
    at = 0,
  ): void {
    const lines = this.text(`${folder}/assets.jsonl`).split('\n');
    const asset = JSON.parse(lines[at] ?? '') as JsonObject;
    change(asset, asset['metadata'] as JsonObject);
    lines[at] = JSON.stringify(asset);
    this.files[`${folder}/assets.jsonl`] = lines.join('\n');
  }

  /** Gives the assets of a list other paths, in the metadata too. */
  renameAssets(folder: string, ...paths: string[]): void {
    for (const [at, path] of paths.entries()) {
      this.editAsset(
        folder,
        (asset, metadata) => {
          asset['path'] = path;
          metadata['path'] = path;
        },
        at,
      );
    }
  }

  /** The content tree. */
  tree(): ContentTree {
    const tree = memoryTree(this.files);
    return {
      ...tree,
      list: async (folder) => {
        const links = this.links.map((path) => ({ path, kind: 'other' as const, size: 0 }));
        return [...(await tree.list(folder)), ...links];
      },
    };
  }

  /** The lists in the archive's store. */
  listStore(): ListStore {
    return {
      name: 'memory',
      has: async (sha256) => this.lists.has(sha256),
      read: async (sha256) => {
        const found = this.lists.get(sha256);
        if (found === 'unreadable') throw new Error('incorrect header check');
        return found;
      },
      write: async () => undefined,
    };
  }
}
