// Another archive of this program. Its API lists what exists; the records themselves are read from next to
// the version pages, where they are stored byte for byte, and checked against the manifest.

import { isSha256 } from '../../core/digests/sha256-text.ts';
import { sha256OfChunks } from '../../core/digests/sha256.ts';
import type { DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { textMember } from '../../core/json/json-text.ts';
import type { Problem } from '../../core/problem.ts';
import type { Store } from '../../core/records/archive.ts';
import { listKeyPath } from '../../core/records/asset-list.ts';
import { ASSETS_FILE, ASSETS_REFERENCE_FILE, DANDISET_FILE } from '../../core/records/layout.ts';
import { MANIFEST_FILE, toManifest } from '../../core/records/manifest.ts';
import type { Reporter } from '../terminal/progress.ts';
import type { HttpApi } from './http-api.ts';
import { listVersions } from './http-api-list.ts';
import { asJson, needJson } from './http-json.ts';
import { brokenAssets, readAssetsIn } from './read-source.ts';
import type { RecordSource, SourceAssets, SourceRecord, SourceVersion } from './record-source.ts';
import {
  BrokenFile,
  MAX_LIST,
  MAX_RECORD,
  gunzipped,
  missingFile,
  problemOf,
} from './source-files.ts';
import { splitLines } from './split-items.ts';

export interface HttpArchive {
  api: HttpApi;
  /** Where the records are: `<records><number>/<version>/dandiset.json`. */
  records: string;
  /** Where the bytes are, and lists that are too large to be records. */
  stores: readonly Store[];
}

/** File name → sha256. */
type Digests = ReadonlyMap<string, string>;

function hold(pieces: Uint8Array[], expected: string | undefined, place: string): Uint8Array[] {
  const found = expected === undefined ? undefined : sha256OfChunks(pieces).sha256;
  if (found === expected) return pieces;
  const message = `has the sha256 ${found} and not ${expected}, which it should have`;
  throw new BrokenFile('source-wrong-digest', message, { place });
}

class ArchiveSource implements RecordSource {
  readonly kind = 'archive';
  readonly name: string;
  readonly stores: readonly Store[];
  readonly only: readonly DandisetNumber[] | undefined;
  private readonly api: HttpApi;
  private readonly records: string;
  private lastRead: { at: SourceVersion; digests: Promise<Digests> } | undefined;

  constructor({ api, records, stores }: HttpArchive, only: readonly DandisetNumber[] | undefined) {
    this.api = api;
    this.name = api.base;
    this.records = records;
    this.stores = stores;
    this.only = only;
  }

  list(reporter: Reporter): Promise<{ versions: SourceVersion[]; problems: Problem[] }> {
    return listVersions(this.api, this.only, reporter);
  }

  async readRecord(at: SourceVersion): Promise<SourceRecord> {
    const path = this.addressIn(at, DANDISET_FILE);
    try {
      const pieces = await this.bytesOf(at, DANDISET_FILE, MAX_RECORD);
      if (pieces === undefined) throw missingFile(path);
      return { ok: true, path, text: asJson(pieces, path).text };
    } catch (error) {
      return { ok: false, problem: problemOf(error, path) };
    }
  }

  async readAssets(at: SourceVersion): Promise<SourceAssets | undefined> {
    const path = this.addressIn(at, ASSETS_FILE);
    try {
      const list = await this.bytesOf(at, ASSETS_FILE, MAX_LIST);
      if (list !== undefined) return readAssetsIn(path, splitLines(list));
      const reference = await this.bytesOf(at, ASSETS_REFERENCE_FILE, MAX_RECORD);
      if (reference === undefined) return undefined;
      const stored = await this.storedList(reference, this.addressIn(at, ASSETS_REFERENCE_FILE));
      return readAssetsIn(stored.path, splitLines(stored.pieces));
    } catch (error) {
      return brokenAssets(problemOf(error, path));
    }
  }

  private addressIn({ number, version }: SourceVersion, name: string): string {
    return `${this.records}${number}/${version}/${name}`;
  }

  private async readManifest(at: SourceVersion): Promise<Digests> {
    const place = this.addressIn(at, MANIFEST_FILE);
    const manifest = toManifest((await needJson(this.api.reader, place)).value);
    if (typeof manifest === 'string')
      throw new BrokenFile('source-wrong-answer', manifest, { place });
    return new Map(manifest.files.map(({ name, sha256 }) => [name, sha256]));
  }

  /** What the manifest says of a version's files; nothing for a draft, which has none. */
  private async digestsOf(at: SourceVersion): Promise<Digests | undefined> {
    if (at.version === 'draft') return undefined;
    if (this.lastRead?.at !== at) this.lastRead = { at, digests: this.readManifest(at) };
    return this.lastRead.digests;
  }

  /** A file's bytes, verified against the manifest; undefined if there is no such file. */
  private async bytesOf(
    at: SourceVersion,
    name: string,
    limit: number,
  ): Promise<Uint8Array[] | undefined> {
    const digests = await this.digestsOf(at);
    if (digests?.has(name) === false) return undefined;
    const place = this.addressIn(at, name);
    const pieces = await this.api.reader.get(place, limit);
    if (pieces === undefined && digests !== undefined) throw missingFile(place);
    return pieces && hold(pieces, digests?.get(name), place);
  }

  /** The list that a reference names, from the first store that has it. */
  private async storedList(
    reference: Uint8Array[],
    place: string,
  ): Promise<{ path: string; pieces: Uint8Array[] }> {
    const sha256 = textMember(asJson(reference, place).value, 'sha256');
    if (!isSha256(sha256)) throw new BrokenFile('source-wrong-answer', 'names no list', { place });
    let failure = new BrokenFile('source-missing-file', 'stands for a list that is in no store', {
      place,
    });
    for (const { url } of this.stores) {
      const path = `${url}${listKeyPath(sha256)}`;
      try {
        const packed = await this.api.reader.get(path, MAX_LIST);
        if (packed === undefined) continue;
        const pieces: Uint8Array[] = [];
        for await (const piece of gunzipped(packed, MAX_LIST)) pieces.push(piece);
        return { path, pieces: hold(pieces, sha256, path) };
      } catch (error) {
        // Another store may have it: several are mirrors of each other.
        if (!(error instanceof BrokenFile)) throw error;
        failure = error;
      }
    }
    throw failure;
  }
}

/** The source in an archive of this program. */
export function archiveSource(
  archive: HttpArchive,
  only: readonly DandisetNumber[] | undefined,
): RecordSource {
  return new ArchiveSource(archive, only);
}
