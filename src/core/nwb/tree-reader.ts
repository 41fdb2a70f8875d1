// Finds objects of a tree by their paths, through links and references, and reads small values. Every tree is
// a stranger's: what is absent or of another type is undefined, and circles end.

import type {
  DataTree,
  TreeDataset,
  TreeGroup,
  TreeObject,
  TreeValue,
} from '../data-tree/data-tree.ts';
import { member, textMember } from '../json/json-text.ts';
import { shownLine } from '../text/shown-text.ts';

/** An object that holds something itself: no link, and readable. */
export type ReadObject = TreeGroup | TreeDataset;

/** Links that one path may pass through; a circle never ends. */
const MOST_LINKS = 32;
/** Components of one path that are looked at. */
const MOST_DEPTH = 64;
/** Values of one dataset that are looked at. */
const MOST_VALUES = 100_000;
const MOST_TEXT = 300;

/** The path of the group that an object is in; the root is in itself. */
export function parentPath(path: string): string {
  const end = path.lastIndexOf('/');
  return end <= 0 ? '/' : path.slice(0, end);
}

/** The last component of a path, as it may be shown. */
export function nameInTree(path: string): string {
  return shownLine(path.slice(path.lastIndexOf('/') + 1), MOST_TEXT);
}

function joinedPath(group: string, name: string): string {
  return group === '/' ? `/${name}` : `${group}/${name}`;
}

/** A text as it may be shown on one line; undefined for an empty one. */
function lineOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? shownLine(value, MOST_TEXT) : '';
  return text === '' ? undefined : text;
}

/** A finite number; texts such as `"NaN"` are none. */
export function finiteNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The sizes of a dataset if they are whole numbers; undefined for none and for an empty dataspace. */
export function sizesOf(object: TreeObject | undefined): readonly number[] | undefined {
  if (object?.kind !== 'dataset' || !Array.isArray(object.shape)) return undefined;
  const shape: readonly unknown[] = object.shape;
  return shape.every((size) => Number.isSafeInteger(size) && (size as number) >= 0)
    ? (shape as readonly number[])
    : undefined;
}

export class TreeReader {
  private readonly byPath = new Map<string, TreeObject>();
  private readonly members = new Map<string, TreeObject[]>();
  private hasLinks = false;

  constructor(tree: Pick<DataTree, 'objects'>) {
    for (const object of tree.objects) {
      if (this.byPath.has(object.path)) continue;
      this.byPath.set(object.path, object);
      this.hasLinks ||= object.kind === 'link';
      if (object.path === '/') continue;
      const parent = parentPath(object.path);
      const list = this.members.get(parent);
      if (list === undefined) this.members.set(parent, [object]);
      else list.push(object);
    }
  }

  /** What is directly in a group, links included, in the order of the tree. */
  membersOf(group: TreeObject): readonly TreeObject[] {
    return this.members.get(group.path) ?? [];
  }

  /** The object at a path, with every link on the way followed; undefined if it leads nowhere or out of the file. */
  at(path: string | undefined): ReadObject | undefined {
    if (path === undefined || !path.startsWith('/')) return undefined;
    const direct = this.byPath.get(path);
    if (direct?.kind === 'group' || direct?.kind === 'dataset') return direct;
    if (!this.hasLinks) return undefined;
    let links = 0;
    let done = '/';
    let rest = path.split('/').filter((part) => part !== '');
    while (links <= MOST_LINKS && rest.length <= MOST_DEPTH) {
      const object = this.byPath.get(done);
      if (object?.kind === 'link') {
        if (object.link === 'external') return undefined;
        links += 1;
        // A target without a slash is relative to the group that the link is in.
        const target = object.target.startsWith('/')
          ? object.target
          : joinedPath(parentPath(done), object.target);
        rest = [...target.split('/').filter((part) => part !== '' && part !== '.'), ...rest];
        done = '/';
        continue;
      }
      const [next, ...after] = rest;
      if (next === undefined)
        return object?.kind === 'group' || object?.kind === 'dataset' ? object : undefined;
      if (object !== undefined && object.kind !== 'group') return undefined;
      done = joinedPath(done, next);
      rest = after;
    }
    return undefined;
  }

  /** A member of a group by its name, through links. */
  member(group: TreeObject | undefined, name: string): ReadObject | undefined {
    return group === undefined ? undefined : this.at(joinedPath(group.path, name));
  }

  /** The object that a reference, as a value or an attribute, points to. */
  referenced(value: unknown): ReadObject | undefined {
    return this.at(textMember(value, 'ref'));
  }

  attribute(object: TreeObject | undefined, name: string): TreeValue | undefined {
    return member(object?.attributes, name);
  }

  /** An attribute that is a text, or a list of one text. */
  attributeText(object: TreeObject | undefined, name: string): string | undefined {
    const value = this.attribute(object, name);
    return lineOf(Array.isArray(value) && value.length === 1 ? value[0] : value);
  }

  attributeNumber(object: TreeObject | undefined, name: string): number | undefined {
    const value = this.attribute(object, name);
    return finiteNumber(Array.isArray(value) && value.length === 1 ? value[0] : value);
  }

  /** The single value of a dataset, also where it is written as a list of one. */
  scalar(object: TreeObject | undefined): TreeValue | undefined {
    if (object?.kind !== 'dataset') return undefined;
    let value = object.value;
    for (let depth = 0; depth < 4 && Array.isArray(value) && value.length === 1; depth += 1)
      value = value[0] as TreeValue;
    return value;
  }

  /** The text of a scalar dataset in a group, on one line. */
  text(group: TreeObject | undefined, name: string): string | undefined {
    return lineOf(this.scalar(this.member(group, name)));
  }

  /** The texts of a dataset in a group: one, or a list of them. */
  texts(group: TreeObject | undefined, name: string, most = 100): string[] {
    const { values } = this.column(this.member(group, name));
    return values.slice(0, most).flatMap((value) => lineOf(value) ?? []);
  }

  /**
   * The values of a dataset along its first dimension, as far as the tree has them, and whether these are all.
   */
  column(object: TreeObject | undefined): { values: readonly TreeValue[]; isWhole: boolean } {
    if (object?.kind !== 'dataset') return { values: [], isWhole: false };
    const { value, head } = object;
    if (value !== undefined) {
      const list = Array.isArray(value) ? (value as readonly TreeValue[]) : [value];
      return { values: list.slice(0, MOST_VALUES), isWhole: list.length <= MOST_VALUES };
    }
    return { values: Array.isArray(head) ? head.slice(0, MOST_VALUES) : [], isWhole: false };
  }

  /** The neurodata type that an object says it has. */
  typeOf(object: TreeObject | undefined): string | undefined {
    const type = this.attribute(object, 'neurodata_type') ?? this.attribute(object, 'data_type');
    return lineOf(type);
  }
}
