// What is in a folder at the places where a download puts files, looked at without following links.

import { lstatSync, mkdirSync, type BigIntStats } from 'node:fs';
import path from 'node:path';
import type { LocalState } from '../../core/download/plan.ts';
import { diskError } from './disk-error.ts';

/** What folders below the target were found to be: folders, or what ends the way there. */
export type SeenFolders = Map<string, LocalState | 'folder'>;

const ENDS_WALK = new Set(['ENOENT', 'ENOTDIR']);

function statOf(place: string, shown: string): BigIntStats | undefined {
  try {
    return lstatSync(place, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (ENDS_WALK.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw diskError(error, shown);
  }
}

interface FolderStates {
  /** The place of a path of a record. */
  placeOf(target: string): string;
  /** What is at a place; folders that were `seen` are not looked at again. @throws ArchiveError */
  stateOf(target: string, seen?: SeenFolders): LocalState;
  /** What is at a place now; its folder is made, and looked at once in a run. @throws ArchiveError */
  stateForPlacing(target: string): LocalState;
}

/** The states of places below a folder. */
export function folderStates(folder: string): FolderStates {
  /** Folders that are there, with no link on the way. */
  const made = new Set<string>();
  const placeOf = (target: string): string => path.join(folder, ...target.split('/'));

  /** What is at one step of the way to a place: a folder to go on in, or what ends the way. */
  function stepOf(names: readonly string[], isLast: boolean): LocalState | 'folder' {
    const shown = names.join('/');
    const found = statOf(path.join(folder, ...names), shown);
    if (found === undefined) return { kind: 'absent' };
    const obstacle = (is: 'link' | 'file' | 'folder' | 'other'): LocalState => ({
      kind: 'obstacle',
      what: `${shown} is ${is === 'other' ? 'no file' : `a ${is}`}`,
      at: shown,
      is,
    });
    if (found.isSymbolicLink()) return obstacle('link');
    if (isLast && found.isFile())
      return { kind: 'file', size: Number(found.size), mtime: found.mtimeNs };
    if (found.isDirectory() && !isLast) return 'folder';
    return obstacle(found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other');
  }

  function stateOf(target: string, seen?: SeenFolders): LocalState {
    const names = target.split('/');
    for (let count = 1; count < names.length; count += 1) {
      const within = names.slice(0, count);
      const key = within.join('/');
      const step = seen?.get(key) ?? stepOf(within, false);
      seen?.set(key, step);
      if (step !== 'folder') return step;
    }
    const state = stepOf(names, true);
    return state === 'folder' ? { kind: 'absent' } : state;
  }

  return {
    placeOf,
    stateOf,
    stateForPlacing(target) {
      const within = path.dirname(placeOf(target));
      if (!made.has(within)) {
        const before = stateOf(target);
        if (before.kind !== 'absent') return before;
        mkdirSync(within, { recursive: true });
        made.add(within);
      }
      return statOf(placeOf(target), target) === undefined ? { kind: 'absent' } : stateOf(target);
    },
  };
}
