// The manifest of a published version: it names every frozen file by size and sha256, and its own
// sha256 is the version digest. DESIGN: canonical JSON (RFC 8785), so that the digest does not
// depend on who wrote it.

import { isSha256 } from '../digests/sha256-text.ts';
import { canonicalJson } from '../json/canonical.ts';
import {
  countMember,
  isJsonObject,
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../json/json-text.ts';
import { sha256Hex, type Sha256 } from '../digests/sha256.ts';

export const MANIFEST_SCHEMA = 'dandi-archive-manifest/1';
export const MANIFEST_FILE = 'manifest.json';

export interface FrozenFile {
  name: string;
  /** Bytes. */
  size: number;
  sha256: string;
}

/** Where an imported version comes from. */
export interface VersionSource {
  /** Which importer read it: `mirror-records`, `datalad`, `manifests`, `api` or `archive`. */
  kind: string;
  /** The version's page at the archive it comes from, if its record names one. */
  url?: string;
}

export interface Manifest {
  schema: string;
  identifier: string;
  version: string;
  datePublished: string;
  doi?: string;
  /** Sorted by name; never the manifest itself. */
  files: FrozenFile[];
  /** Sums over the list of assets; null if the list is not stored here. */
  assets: { count: number; bytes: number } | null;
  /** Version digest of the newest version that existed when this one was frozen; null for imported ones. */
  previous: string | null;
  source?: VersionSource;
}

/** The file's text: canonical JSON and nothing after it, since its sha256 is the version digest. */
export function formatManifest(manifest: Manifest): string {
  return canonicalJson(manifest as unknown as JsonObject);
}

/** The version digest: the sha256 of the manifest file's bytes. */
export function versionDigest(manifestFile: Uint8Array | string): string {
  return sha256Hex(manifestFile);
}

/** One line of a manifest for a file's bytes. */
export function frozenFile(
  name: string,
  bytes: Uint8Array,
  sha256: Sha256 = sha256Hex,
): FrozenFile {
  return { name, size: bytes.length, sha256: sha256(bytes) };
}

/** The manifest of a parsed manifest.json, or why it is not one. */
export function toManifest(value: JsonValue): Manifest | string {
  if (!isJsonObject(value)) return 'is not a JSON object';
  const [schema, identifier, version, datePublished] = [
    textMember(value, 'schema'),
    textMember(value, 'identifier'),
    textMember(value, 'version'),
    textMember(value, 'datePublished'),
  ];
  if (schema !== MANIFEST_SCHEMA) return `has a "schema" other than "${MANIFEST_SCHEMA}"`;
  if (identifier === undefined || version === undefined || datePublished === undefined) {
    return 'lacks "identifier", "version" or "datePublished"';
  }
  const files: FrozenFile[] = [];
  for (const item of listMember(value, 'files')) {
    const name = textMember(item, 'name');
    const size = countMember(item, 'size');
    const sha256 = textMember(item, 'sha256');
    if (name === undefined || size === undefined || !isSha256(sha256)) {
      return 'has an entry in "files" without name, size and sha256';
    }
    files.push({ name, size, sha256: sha256 as string });
  }
  const assets = member(value, 'assets') ?? null;
  const count = countMember(assets, 'count');
  const bytes = countMember(assets, 'bytes');
  if (assets !== null && (count === undefined || bytes === undefined)) {
    return 'has "assets" without count and bytes';
  }
  const previous = member(value, 'previous') ?? null;
  if (previous !== null && !isSha256(previous)) {
    return 'has a "previous" that is no digest';
  }
  const manifest: Manifest = {
    schema,
    identifier,
    version,
    datePublished,
    files,
    assets: count === undefined || bytes === undefined ? null : { count, bytes },
    previous,
  };
  const doi = textMember(value, 'doi');
  if (doi !== undefined) manifest.doi = doi;
  const kind = textMember(member(value, 'source'), 'kind');
  if (kind !== undefined) {
    const url = textMember(member(value, 'source'), 'url');
    manifest.source = url === undefined ? { kind } : { kind, url };
  }
  return manifest;
}
