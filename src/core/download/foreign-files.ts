// What is where files of a download go and is none of them: the files of a Zarr's folder that are no part of the
// Zarr, which would make it another one, and a Zarr or file in each other's place. It is moved, never deleted.

import { ArchiveError } from '../error.ts';
import { foldedPath } from '../identifiers/asset-path.ts';
import { isOutsideZarr, isZarrName } from '../identifiers/file-names.ts';
import { isOurs } from './journal.ts';
import type {
  Action,
  ExistingPolicy,
  FileAction,
  ForeignFiles,
  LocalFiles,
  LocalState,
  WantedFile,
} from './plan.ts';

/** The folders above a path, the nearest first. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
    folders.push(path.slice(0, at));
  return folders;
}

/** What happens to a file that is no part of its Zarr; undefined if it stays without a word. */
function actionForExtra(
  path: string,
  state: LocalState,
  policy: ExistingPolicy,
  { journal }: LocalFiles,
  stays: boolean,
): Action | undefined {
  if (state.kind === 'absent') return undefined;
  if (state.kind === 'obstacle') return { do: 'refuse', why: `${state.what}, in a Zarr` };
  if (isOurs(journal.get(path), state))
    return stays ? undefined : { do: 'set-aside', why: 'it is of another version' };
  if (policy === 'error')
    return { do: 'refuse', why: 'it is no part of the Zarr (see --existing)' };
  const why = 'it is no part of the Zarr';
  return policy === 'skip' ? { do: 'skip', why } : { do: 'set-aside', why };
}

/** The files below the folder of a Zarr that are no part of it, and the folders that are empty without them. */
async function extrasOf(
  root: string,
  targets: ReadonlySet<string>,
  key: (path: string) => string,
  policy: ExistingPolicy,
  local: LocalFiles,
  removes: boolean,
): Promise<ForeignFiles> {
  const folders = new Set([...targets].flatMap(foldersOf));
  const actions: FileAction[] = [];
  const [moved, occupied] = [new Set<string>(), new Set<string>()];
  for (const path of await local.pathsBelow(root)) {
    const isPart = targets.has(key(path)) || path.slice(root.length).split('/').some(isOutsideZarr);
    const state: LocalState =
      isPart || path.endsWith('/') ? { kind: 'absent' } : await local.stateOf(path);
    // One that is in the way of others cannot wait until the end, when a synchronisation removes files.
    const isInTheWay =
      folders.has(key(path)) || foldersOf(path).some((one) => targets.has(key(one)));
    const action = actionForExtra(path, state, policy, local, removes && !isInTheWay);
    const size = state.kind === 'file' ? state.size : 0;
    const failure = new ArchiveError(
      'content-unwritable',
      `${path} is in the Zarr ${root}, and no part of it (see --existing).`,
    );
    if (action !== undefined) actions.push({ target: path, size, from: [], action, failure });
    if (action?.do === 'set-aside') moved.add(path);
    else for (const folder of foldersOf(path)) occupied.add(folder);
  }
  const emptied = [...moved].flatMap(foldersOf).filter((folder) => !occupied.has(folder));
  return { actions, cleared: new Set([...moved, ...emptied]) };
}

function isFolderAt(state: LocalState, target: string): boolean {
  return state.kind === 'obstacle' && state.is === 'folder' && state.at === target;
}

/** Decides about everything that is in the place of wanted files and is none of them. */
export async function foreignFiles(
  wanted: readonly WantedFile[],
  policy: ExistingPolicy,
  local: LocalFiles,
  removes: boolean,
): Promise<ForeignFiles> {
  const key = (path: string): string => (local.ignoresCase ? foldedPath(path) : path);
  const actions: FileAction[] = [];
  const cleared = new Set<string>();
  const setAside = (target: string, size: number, why: string): void => {
    actions.push({ target, size, from: [], action: { do: 'set-aside', why } });
    cleared.add(target);
  };
  // A Zarr and a file in each other's place are moved only when that is asked for.
  const replacesAll = policy === 'overwrite';
  const zarrs = new Map<string, Set<string>>();
  for (const { target, zarr } of wanted) {
    if (zarr !== undefined) {
      const targets = zarrs.get(zarr) ?? new Set();
      zarrs.set(zarr, targets.add(key(target)));
    } else if (replacesAll && isZarrName(target)) {
      const state = await local.stateOf(target);
      if (isFolderAt(state, target)) setAside(target, 0, 'a file goes here');
    }
  }
  for (const [root, targets] of zarrs) {
    const state = await local.stateOf(root);
    if (state.kind === 'file') {
      const isOwn = isOurs(local.journal.get(root), state);
      if (isOwn || replacesAll) setAside(root, state.size, 'a Zarr goes here');
    } else if (isFolderAt(state, root)) {
      const extras = await extrasOf(root, targets, key, policy, local, removes);
      for (const action of extras.actions) actions.push(action);
      for (const path of extras.cleared) cleared.add(path);
    }
  }
  return { actions, cleared };
}
