// Paths of assets as names of files on the reader's disk. Records come from strangers: what could leave the
// target folder, or act on a program that looks into it, is refused before anything is written.

import { foldedPath, problemOfLength, problemOfPath } from '../identifiers/asset-path.ts';
import { isReservedName, problemOnWindows } from '../identifiers/file-names.ts';

/** The folder in the target that holds the state of downloads. */
export const STATE_FOLDER = '.dandiset';

/** Why Windows cannot hold a part of a path; undefined if it can. It drops blanks at the end. */
function windowsProblem(part: string): string | undefined {
  return / $/.test(part) ? 'a name that ends in a blank' : problemOnWindows(part);
}

/** Why a path cannot be a file below a folder; undefined if it can. */
export function problemOfLocalName(path: string, isWindows: boolean): string | undefined {
  const problem = problemOfPath(path) ?? problemOfLength(path);
  if (problem !== undefined) return problem;
  const parts = path.split('/');
  const reserved = parts.find(isReservedName);
  if (reserved !== undefined) return `has the part ${reserved}, which programs act on`;
  const inWindows = isWindows
    ? parts.map(windowsProblem).find((one) => one !== undefined)
    : undefined;
  return inWindows && `has ${inWindows}, which Windows cannot hold`;
}

/**
 * For each path the other one that it cannot be written beside: one of the same name, also where letter case
 * does not count, that comes before it, or one that needs a folder of that name. Undefined for all others.
 */
export function collidingPaths(
  paths: readonly string[],
  ignoresCase: boolean,
): (string | undefined)[] {
  const key = (path: string): string => (ignoresCase ? foldedPath(path) : path);
  const folders = new Map<string, string>();
  for (const path of paths) {
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1))
      folders.set(key(path.slice(0, slash)), path);
  }
  const files = new Map<string, string>();
  return paths.map((path) => {
    const other = files.get(key(path)) ?? folders.get(key(path));
    if (!files.has(key(path))) files.set(key(path), path);
    return other;
  });
}
