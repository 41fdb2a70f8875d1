// One version being imported: what the source has of it, and which files it becomes here. A version with any
// unreadable part is left out entirely, so that what is frozen is never incomplete.

import type { RecordSource, SourceVersion } from '../../adapters/record-source/record-source.ts';
import { sourceProblem } from '../../core/checks/source-rules.ts';
import { parseDandisetIdentifier } from '../../core/identifiers/dandiset-id.ts';
import {
  indentJson,
  isJsonObject,
  parseJson,
  textMember,
  type JsonObject,
} from '../../core/json/json-text.ts';
import { MAX_LIST_BYTES, type AssetListReference } from '../../core/records/asset-list.ts';
import { ASSETS_FILE, ASSETS_REFERENCE_FILE, DANDISET_FILE } from '../../core/records/layout.ts';
import { MANIFEST_FILE, formatManifest, frozenFile } from '../../core/records/manifest.ts';
import type { Problem } from '../../core/problem.ts';
import { gatherList, type GatheredList } from './import-list.ts';
import { importedManifest } from './import-manifest.ts';

/** A version's files as they will be stored here, in memory. */
export interface StagedVersion {
  at: SourceVersion;
  /** Name → bytes, in the order they must be written: the manifest of a frozen version is last. */
  files: Map<string, Uint8Array>;
  /** A list too large for git, which goes to the store instead. */
  storedList: GatheredList | undefined;
  /** Number of assets; undefined where the source has no list. */
  assets: number | undefined;
}

export type Staged = { ok: true; staged: StagedVersion } | { ok: false; problems: Problem[] };

export interface StageOptions {
  source: RecordSource;
  /** The archive's identifier prefix. */
  prefix: string;
  /** Larger lists go to the store. */
  maxListBytes?: number;
}

const utf8 = new TextEncoder();

type ReadRecord =
  { ok: true; text: string; record: JsonObject; path: string } | { ok: false; problem: Problem };

/** A version's record: its text as it will be stored here, and its value. */
export async function readSourceRecord(
  source: RecordSource,
  at: SourceVersion,
): Promise<ReadRecord> {
  const read = await source.readRecord(at);
  if (!read.ok) return read;
  const broken = (message: string, line: number): ReadRecord => ({
    ok: false,
    problem: sourceProblem('source-broken-json', { path: read.path, line, message }),
  });
  const laidOut = indentJson(read.text);
  if (!laidOut.ok) {
    const { message, line, column } = laidOut.problem;
    return broken(`Is not JSON: ${message} (column ${column}).`, line);
  }
  const parsed = parseJson(laidOut.text);
  if (!parsed.ok || !isJsonObject(parsed.value))
    return broken('The record is not a JSON object.', 1);
  return { ok: true, text: `${laidOut.text}\n`, record: parsed.value, path: read.path };
}

function problemOfIdentifier(
  record: JsonObject,
  at: SourceVersion,
  prefix: string,
  path: string,
): Problem | undefined {
  const text = textMember(record, 'identifier') ?? '';
  const identifier = parseDandisetIdentifier(text);
  // An identifier of unknown form is a problem of the record, which the checks report.
  if (identifier === undefined) return undefined;
  const place = { path, pointer: '/identifier' };
  if (identifier.prefix !== prefix) {
    const message = `"${text}" belongs to another archive: identifiers begin with "${prefix}:" here.`;
    return sourceProblem('source-foreign-prefix', { ...place, message });
  }
  if (identifier.number !== at.number) {
    const message = `The record says "${text}" and lies in the folder of ${at.number}.`;
    return sourceProblem('source-other-number', { ...place, message });
  }
  return undefined;
}

function listFiles(list: GatheredList, maxListBytes: number): Map<string, Uint8Array> {
  if (list.size <= maxListBytes) {
    const bytes = new Uint8Array(list.size);
    let offset = 0;
    for (const line of list.lines) {
      bytes.set(line, offset);
      offset += line.length;
    }
    return new Map([[ASSETS_FILE, bytes]]);
  }
  const reference: AssetListReference = { sha256: list.sha256, size: list.size, count: list.count };
  return new Map([[ASSETS_REFERENCE_FILE, utf8.encode(`${JSON.stringify(reference, null, 2)}\n`)]]);
}

/** Reads a version from its source; returns its files, or every reason why it is left out. */
export async function stageVersion(at: SourceVersion, options: StageOptions): Promise<Staged> {
  const { source, prefix, maxListBytes = MAX_LIST_BYTES } = options;
  const record = await readSourceRecord(source, at);
  if (!record.ok) return { ok: false, problems: [record.problem] };
  const problem = problemOfIdentifier(record.record, at, prefix, record.path);
  if (problem !== undefined) return { ok: false, problems: [problem] };

  const assets = await source.readAssets(at);
  const gathered = assets === undefined ? undefined : await gatherList(assets);
  if (gathered?.ok === false) return gathered;
  const list = gathered?.list;

  const files = new Map<string, Uint8Array>([[DANDISET_FILE, utf8.encode(record.text)]]);
  if (list !== undefined)
    for (const [name, bytes] of listFiles(list, maxListBytes)) files.set(name, bytes);
  if (at.version !== 'draft') {
    const manifest = importedManifest(
      { number: at.number, version: at.version, prefix, sourceKind: source.kind },
      record.record,
      [...files].map(([name, bytes]) => frozenFile(name, bytes)),
      list === undefined ? null : { count: list.count, bytes: list.bytes },
    );
    files.set(MANIFEST_FILE, utf8.encode(formatManifest(manifest)));
  }
  return {
    ok: true,
    staged: {
      at,
      files,
      storedList: files.has(ASSETS_REFERENCE_FILE) ? list : undefined,
      assets: list?.count,
    },
  };
}
