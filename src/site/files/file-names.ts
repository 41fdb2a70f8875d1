// Names of files and folders in words and as filters; the page and its script say the same.

import { foldText } from '../../core/text/fold.ts';
import { shownPath } from '../../core/text/shown-path.ts';
import { countOf, formatBytes } from '../../core/text/format.ts';

/** A name or a path made safe to show; a folder's name may be empty. */
export function shownName(name: string): string {
  return name === '' ? '(no name)' : shownPath(name);
}

/** `2 folders, 3 files, 1.2 GB`: what a folder holds, including the files below it. */
export function folderSummary(folders: number, files: number, bytes: number): string {
  const inside = folders === 0 ? [] : [countOf(folders, 'folder')];
  return [...inside, countOf(files, 'file'), formatBytes(bytes)].join(', ');
}

/** Whether a folded text holds the pieces of a pattern in order, anchored at both ends. */
function matchesPieces(text: string, pieces: readonly string[]): boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (!text.startsWith(first) || text.length < first.length + last.length) return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/**
 * Tests names for what was typed: a part of the name, or with `*` (any characters) the whole of it. Letter
 * case and accents do not matter. A filter with a slash is tested on the whole path.
 */
export function nameFilter(typed: string): (name: string, folder: string) => boolean {
  const wanted = foldText(typed.trim());
  if (wanted === '') return () => true;
  const pieces = wanted.includes('*') ? wanted.split('*') : undefined;
  const onPath = wanted.includes('/');
  return (name, folder) => {
    const text = foldText(onPath ? folder + name : name);
    return pieces === undefined ? text.includes(wanted) : matchesPieces(text, pieces);
  };
}
