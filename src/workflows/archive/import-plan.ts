// What an import would change: data, printed by --dry-run and carried out by the real run.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import { sourceProblem } from '../../core/checks/source-rules.ts';
import type { DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import type { VersionId } from '../../core/identifiers/version-id.ts';
import { listKeyPath } from '../../core/records/asset-list.ts';
import {
  ASSETS_FILE,
  ASSETS_REFERENCE_FILE,
  DANDISET_FILE,
  versionFolder,
} from '../../core/records/layout.ts';
import { MANIFEST_FILE } from '../../core/records/manifest.ts';
import type { Problem } from '../../core/problem.ts';
import type { StagedVersion } from './import-version.ts';

export interface PlannedFile {
  /** Relative to the content folder; for a list in the store, its key there. */
  path: string;
  action: 'add' | 'replace' | 'remove';
  /** Bytes it will have; 0 for one that is removed. */
  size: number;
}

export interface PlannedVersion {
  number: DandisetNumber;
  version: VersionId;
  /** `left-out`: nothing is written, a problem gives the reason. */
  action: 'add' | 'update' | 'unchanged' | 'left-out';
  /** Number of assets; null where the source has no list, or was not read. */
  assets: number | null;
  files: PlannedFile[];
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** What is written for a file: nothing where it already has the same bytes. */
export async function planFile(
  tree: ContentTree,
  path: string,
  bytes: Uint8Array,
): Promise<PlannedFile[]> {
  const held = await tree.read(path);
  if (held === undefined) return [{ path, action: 'add', size: bytes.length }];
  return equalBytes(held, bytes) ? [] : [{ path, action: 'replace', size: bytes.length }];
}

function frozenDiffers(path: string): Problem {
  const message = 'The source now has something else than was imported for this published version.';
  return sourceProblem('frozen-version-differs', { path, message });
}

function noStore(path: string): Problem {
  const message =
    'The list is too large for git, and archive.json names no folder store to hold it.';
  return sourceProblem('no-list-store', { path, message });
}

/** The plan for one version that was read, compared with the tree and the store. */
export async function planVersion(
  { at, files, storedList, assets }: StagedVersion,
  tree: ContentTree,
  lists: ListStore | undefined,
): Promise<{ plan: PlannedVersion; problems: Problem[] }> {
  const { number, version } = at;
  const folder = versionFolder(number, version);
  const result = (action: PlannedVersion['action'], planned: PlannedFile[]): PlannedVersion => ({
    number,
    version,
    action,
    assets: assets ?? null,
    files: planned,
  });
  const leftOut = (problems: Problem[]): { plan: PlannedVersion; problems: Problem[] } => ({
    plan: result('left-out', []),
    problems,
  });

  if (storedList !== undefined && lists === undefined) {
    return leftOut([noStore(`${folder}/${ASSETS_REFERENCE_FILE}`)]);
  }
  const planned: PlannedFile[] = [];
  for (const [name, bytes] of files)
    planned.push(...(await planFile(tree, `${folder}/${name}`, bytes)));
  for (const name of [ASSETS_FILE, ASSETS_REFERENCE_FILE]) {
    const path = `${folder}/${name}`;
    if (!files.has(name) && (await tree.read(path)) !== undefined) {
      planned.push({ path, action: 'remove', size: 0 });
    }
  }
  // The manifest is written last: a version without one is an import that was interrupted.
  const isFrozen =
    version !== 'draft' && (await tree.read(`${folder}/${MANIFEST_FILE}`)) !== undefined;
  const isNew = (await tree.read(`${folder}/${DANDISET_FILE}`)) === undefined;
  if (isFrozen) {
    // Only the manifest may differ where the same records were imported by another path: it records that
    // path.
    const data = planned.filter((file) => file.path !== `${folder}/${MANIFEST_FILE}`);
    if (data.length > 0) return leftOut(data.map((file) => frozenDiffers(file.path)));
    planned.length = 0;
  }
  if (storedList !== undefined && lists !== undefined && !(await lists.has(storedList.sha256))) {
    planned.unshift({ path: listKeyPath(storedList.sha256), action: 'add', size: storedList.size });
  }
  const action = planned.length === 0 ? 'unchanged' : isNew ? 'add' : 'update';
  return { plan: result(action, planned), problems: [] };
}
