// Paths of assets as names of files on the reader's disk. Records come from strangers: what could leave the
// target folder, or act on a program that looks into it, is refused before anything is written.

import { foldedPath, problemOfLength, problemOfPath } from '../identifiers/asset-path.ts';

/** The folder in the target that holds the state of downloads. */
export const STATE_FOLDER = '.dandiset';

/** Names that programs act on: git runs the hooks of a folder, DataLad and this program keep their state there. */
const ACTED_ON = new Set(['.git', '.gitmodules', '.gitattributes', '.datalad', STATE_FOLDER]);

const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

function problemOnWindows(part: string): string | undefined {
  if (/[<>:"|?*]/.test(part)) return 'holds a character that Windows does not allow';
  if (/[. ]$/.test(part)) return 'has a part that ends in a dot or a blank, which Windows drops';
  return DEVICE.test(part) ? 'is the name of a device on Windows' : undefined;
}

/** Why a path cannot be a file below a folder; undefined if it can. */
export function problemOfLocalName(path: string, isWindows: boolean): string | undefined {
  const problem = problemOfPath(path) ?? problemOfLength(path);
  if (problem !== undefined) return problem;
  const parts = path.split('/');
  // File systems that ignore letter case, or what nobody sees, take these for the names themselves.
  const acting = parts.find((part) => ACTED_ON.has(plainName(part)));
  if (acting !== undefined) return `has the part ${acting}, which programs act on`;
  return isWindows ? parts.map(problemOnWindows).find((found) => found !== undefined) : undefined;
}

function plainName(part: string): string {
  const visible = part.replace(/\p{Cf}/gu, '').replace(/[. ]+$/, '');
  return /^git~\d$/i.test(visible) ? '.git' : foldedPath(visible);
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
