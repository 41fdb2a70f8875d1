// The facts of a checked pull request that decide on an automatic merge, as plain data: they are computed in
// a process without secrets, and read by the one that merges.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { CommitChanges } from '../../adapters/git/commit-changes.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import { readListReference } from '../../core/checks/check-folder.ts';
import { dandisetFolder, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import {
  countMember,
  isJsonObject,
  listMember,
  member,
  textMember,
  type JsonValue,
} from '../../core/json/json-text.ts';
import type { Problem } from '../../core/problem.ts';
import type { Archive } from '../../core/records/archive.ts';
import {
  ASSETS_FILE,
  ASSETS_REFERENCE_FILE,
  draftFolder,
  RELEASE_FILE,
} from '../../core/records/layout.ts';
import { toStatus, type Owner } from '../../core/records/status.ts';
import type { PullRequestCheck } from './check-pull-request.ts';
import { listedBytes, type ListedBytes } from './listed-bytes.ts';
import { versionsAmong } from '../publishing/read-release.ts';

/** Facts of the result of a merge, none of them claims of the pull request itself. */
export interface MergeFacts {
  base: string;
  head: string;
  /** The tree that was judged, the only one that may be committed. */
  tree: string;
  history: CommitChanges['history'];
  errors: number;
  /** The Dandiset whose draft it changes; absent where it changes anything else too. */
  draft?: string;
  owners: readonly Owner[];
  /** Whether the draft would then request publication. */
  asksForRelease: boolean;
  /** Whether a version of the Dandiset is published. */
  isPublished: boolean;
  /** Whether the archive lets owners publish. */
  ownersPublish: boolean;
  /** Whether the draft has files now and would have none. */
  losesFiles: boolean;
  /**
   * Files whose bytes other Dandisets list, and this one does not yet; absent where some list cannot be read.
   */
  foreignFiles?: number;
}

/** A checked pull request and where it comes from. */
export interface CheckedMerge {
  check: PullRequestCheck;
  /** Problems of publication are included. */
  problems: readonly Problem[];
  changes: CommitChanges;
  base: ContentTree;
  archive: Archive;
  lists?: ListStore | undefined;
  /** What was already found about its bytes, with these lists; without it they are searched here. */
  listed?: ListedBytes | undefined;
}

/** Whether the list of a folder names any file, as far as that is known without the store. */
async function hasFiles(tree: ContentTree, folder: string): Promise<boolean> {
  const list = await tree.read(`${folder}/${ASSETS_FILE}`);
  if (list !== undefined && list.length > 0) return true;
  const reference = await tree.read(`${folder}/${ASSETS_REFERENCE_FILE}`);
  const named = reference === undefined ? undefined : readListReference(reference);
  return typeof named === 'object' && named.count > 0;
}

function bytesOf(
  { check: { merged }, base, lists, listed }: CheckedMerge,
  number: DandisetNumber,
): ListedBytes | Promise<ListedBytes> {
  return listed ?? listedBytes({ target: { kind: 'draft', number }, merged, base, lists });
}

/** The facts of a checked pull request. */
export async function mergeFacts(checked: CheckedMerge): Promise<MergeFacts> {
  const { check, problems, changes, base, archive } = checked;
  const { scope, owners } = check;
  const [part] = scope.parts;
  const number =
    scope.parts.length === 1 && part?.kind === 'draft' && !scope.isRemoval
      ? part.number
      : undefined;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const facts = {
    base: changes.base,
    head: changes.head,
    tree: changes.tree,
    history: changes.history,
    errors,
    owners,
    ownersPublish: archive.ownersPublish !== false,
  };
  if (number === undefined) {
    const none = { asksForRelease: false, isPublished: false, losesFiles: false, foreignFiles: 0 };
    return { ...facts, ...none };
  }
  const draft = draftFolder(number);
  const paths = (await base.list(dandisetFolder(number))).map(({ path }) => path);
  const versions = versionsAmong(paths, number);
  // The lists of the archive are not read for something that is refused anyway.
  const { foreignFiles } = errors > 0 ? { foreignFiles: 0 } : await bytesOf(checked, number);
  return {
    ...facts,
    draft: number,
    asksForRelease: (await check.merged.read(`${draft}/${RELEASE_FILE}`)) !== undefined,
    isPublished: versions.length > 0,
    losesFiles: (await hasFiles(base, draft)) && !(await hasFiles(check.merged, draft)),
    ...(foreignFiles === undefined ? {} : { foreignFiles }),
  };
}

/** Reads facts that another process wrote; undefined where anything is missing. */
export function toMergeFacts(value: JsonValue | undefined): MergeFacts | undefined {
  if (!isJsonObject(value)) return undefined;
  const [base, head, tree] = ['base', 'head', 'tree'].map((key) => textMember(value, key));
  const history = (['plain', 'merges', 'crossed'] as const).find(
    (one) => one === textMember(value, 'history'),
  );
  const [errors, foreignFiles] = ['errors', 'foreignFiles'].map((key) => countMember(value, key));
  if (base === undefined || head === undefined || tree === undefined) return undefined;
  if (history === undefined || errors === undefined) return undefined;
  const draft = textMember(value, 'draft');
  // Missing facts count against merging.
  return {
    base,
    head,
    tree,
    history,
    errors,
    ...(foreignFiles === undefined ? {} : { foreignFiles }),
    ...(draft === undefined ? {} : { draft }),
    owners: toStatus({ owners: listMember(value, 'owners') }).owners,
    asksForRelease: member(value, 'asksForRelease') !== false,
    isPublished: member(value, 'isPublished') === true,
    ownersPublish: member(value, 'ownersPublish') === true,
    losesFiles: member(value, 'losesFiles') !== false,
  };
}
