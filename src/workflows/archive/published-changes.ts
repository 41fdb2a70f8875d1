// What happened to the published versions of an earlier state.

import type { ContentEntry, ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { FrozenChange } from '../../core/checks/subjects.ts';
import { readRecordFile } from '../../core/checks/record-files.ts';
import { dandisetFolder } from '../../core/identifiers/dandiset-id.ts';
import type { PublishedVersionId } from '../../core/identifiers/version-id.ts';
import { textMember, type JsonValue } from '../../core/json/json-text.ts';
import { contentPlace } from '../../core/records/layout.ts';
import { MANIFEST_FILE, versionDigest } from '../../core/records/manifest.ts';
import { STATUS_FILE, toStatus } from '../../core/records/status.ts';

type Change = FrozenChange['changes'][number];

interface Comparison {
  tree: ContentTree;
  base: ContentTree;
  /** The entries of `tree`. */
  entries: readonly ContentEntry[];
}

interface PublishedFolder {
  home: string;
  version: PublishedVersionId;
  entries: Map<string, ContentEntry>;
}

/** Entries below the folders of published versions, by folder. */
function publishedFolders(entries: readonly ContentEntry[]): Map<string, PublishedFolder> {
  const folders = new Map<string, PublishedFolder>();
  for (const entry of entries) {
    const match = /^(dandisets\/\d{3}\/\d{6}\/(0\.\d{6}\.\d{4}))(?:\/|$)/.exec(entry.path);
    const [, folder = '', version = ''] = match ?? [];
    if (match === null) continue;
    const place = contentPlace(`${folder}/${MANIFEST_FILE}`);
    if (place.kind !== 'version') continue;
    const home = dandisetFolder(place.number);
    const found = folders.get(folder);
    if (found !== undefined) found.entries.set(entry.path, entry);
    else {
      const first = new Map([[entry.path, entry]]);
      folders.set(folder, { home, version: version as PublishedVersionId, entries: first });
    }
  }
  return folders;
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Every published version of the base that differs in the tree, sorted by folder. */
export async function* publishedChanges(comparison: Comparison): AsyncGenerator<FrozenChange> {
  const { tree, base, entries } = comparison;
  const before = publishedFolders(await base.list('dandisets'));
  const now = publishedFolders(entries);
  for (const [folder, { home, version, entries: old }] of before) {
    const found = now.get(folder)?.entries ?? new Map<string, ContentEntry>();
    const changes: Change[] = [];
    for (const path of [...new Set([...old.keys(), ...found.keys()])].sort()) {
      const change = await changeOf(path, old.get(path), found.get(path), { tree, base });
      if (change !== undefined) changes.push({ path, change });
    }
    if (changes.length === 0) continue;
    const manifest = await base.read(`${folder}/${MANIFEST_FILE}`);
    const redaction = toStatus(await jsonOf(tree, `${home}/${STATUS_FILE}`)).redactions.get(
      version,
    );
    yield {
      folder,
      version,
      changes,
      gone: found.size === 0,
      digest: manifest === undefined ? undefined : versionDigest(manifest),
      redactionDigest: textMember(redaction, 'digest'),
    };
  }
}

async function changeOf(
  path: string,
  old: ContentEntry | undefined,
  found: ContentEntry | undefined,
  { tree, base }: { tree: ContentTree; base: ContentTree },
): Promise<Change['change'] | undefined> {
  if (old === undefined) return 'added';
  if (found === undefined) return 'removed';
  if (found.kind !== 'file') return old.kind === found.kind ? undefined : 'replaced';
  if (old.kind !== 'file' || old.size !== found.size) return 'changed';
  const same = sameBytes(await base.read(path), await tree.read(path));
  return same ? undefined : 'changed';
}

async function jsonOf(tree: ContentTree, path: string): Promise<JsonValue> {
  const bytes = await tree.read(path);
  const json = bytes === undefined ? undefined : readRecordFile(path, bytes).json;
  return json?.ok === true ? json.value : {};
}
