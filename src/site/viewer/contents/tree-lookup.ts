// The objects of a file by their paths, and which is in which.

import type { DataTree, TreeObject } from '../../../core/data-tree/data-tree.ts';
import { parentPath } from '../../../core/nwb/tree-reader.ts';

/** Steps that links may take before they are taken for a circle. */
const MOST_LINKS = 40;

/** The last part of a path; `/` for the root. */
export function objectName(path: string): string {
  return path === '/' ? '/' : path.slice(path.lastIndexOf('/') + 1);
}

/** A path from a group: `../a` of `/b/c` is `/b/a`. Dots beyond the root stay there. */
function joinedPath(from: string, target: string): string[] {
  const parts = target.startsWith('/') ? [] : from.split('/').filter((part) => part !== '');
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

/** Looks up objects of one tree. */
export class TreeLookup {
  readonly tree: DataTree;
  /** Every object but the root, in order. */
  readonly all: readonly TreeObject[];
  readonly #objects = new Map<string, TreeObject>();
  readonly #members = new Map<string, TreeObject[]>();

  constructor(tree: DataTree) {
    this.tree = tree;
    this.all = tree.objects.filter(({ path }) => path !== '/');
    for (const object of tree.objects)
      if (!this.#objects.has(object.path)) this.#objects.set(object.path, object);
    for (const [path, object] of this.#objects) {
      if (path === '/') continue;
      const parent = parentPath(path);
      // What has lost its group is shown at the top rather than not at all.
      const home = this.#objects.has(parent) ? parent : '/';
      const members = this.#members.get(home);
      if (members === undefined) this.#members.set(home, [object]);
      else members.push(object);
    }
  }

  /** The object at a path, which may be a link. */
  at(path: string): TreeObject | undefined {
    return this.#objects.get(path);
  }

  /** What is in a group, in the order of the file's tree. */
  membersOf(path: string): readonly TreeObject[] {
    return this.#members.get(path) ?? [];
  }

  /**
   * The object that a link points to, also through other links; undefined if it is in another file, absent, or
   * a circle.
   */
  targetOf(link: Extract<TreeObject, { kind: 'link' }>): TreeObject | undefined {
    if (link.link === 'external') return undefined;
    let waiting = joinedPath(parentPath(link.path), link.target);
    let at = '';
    for (let steps = 0; waiting.length > 0;) {
      const [next, ...rest] = waiting;
      const found = this.#objects.get(`${at}/${next}`);
      if (found === undefined) return undefined;
      if (found.kind !== 'link') {
        at = found.path;
        waiting = rest;
        continue;
      }
      steps += 1;
      if (found.link === 'external' || steps > MOST_LINKS) return undefined;
      waiting = [...joinedPath(parentPath(found.path), found.target), ...rest];
      if (waiting.length > 1000) return undefined;
      at = '';
    }
    return this.#objects.get(at === '' ? '/' : at);
  }
}
