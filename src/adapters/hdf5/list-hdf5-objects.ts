// Lists the objects of an HDF5 file: groups, datasets and links, each object once.

import type { TreeLink, TreeUnreadable } from '../../core/data-tree/data-tree.ts';
import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import { formatCount } from '../../core/text/format.ts';
import { HDF5_OBJECT } from './hdf5-library.ts';
import { Hdf5Problem } from './hdf5-problem.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';

/** An object in the file, by the address of its header: that of a reference to it. */
export interface FoundObject {
  readonly kind: 'group' | 'dataset';
  readonly path: string;
  readonly address: bigint;
  /** Why what is in the group could not be listed. */
  readonly problem?: string;
}

export type FoundEntry = FoundObject | TreeLink | TreeUnreadable;

/** All that was found in a file. */
export interface ObjectList {
  /** In the order of a {@link DataTree}. */
  readonly objects: readonly FoundEntry[];
  /** Paths by address. */
  readonly paths: ReadonlyMap<bigint, string>;
  /** What was left out: a sentence each. */
  readonly omitted: readonly string[];
}

export interface ListLimits {
  objects: number;
  /** Groups in groups. */
  depth: number;
  /** Characters of a path. */
  path: number;
}

export const LIST_LIMITS: ListLimits = { objects: 100_000, depth: 100, path: 4096 };

/** Groups with more members have their metadata scattered over the file. */
const MANY_MEMBERS = 200;

/** The specifications of types, which a tree summarises. */
export const SPECIFICATIONS = '/specifications';

/** The address of an object's header, relative to the file's base. */
export function addressOf(reader: Hdf5Reader, path: string): bigint {
  const bytes = reader.call((library, file) => library.create_object_reference(file, path));
  return bytes.reduceRight((all, one) => all * 256n + BigInt(one), 0n);
}

/** The names in a group, in the order of their bytes. @throws Hdf5Problem, ArchiveError */
export function memberNames(reader: Hdf5Reader, path: string): string[] {
  const names = reader.call((library, file) => library.get_names(file, path, false));
  if (names.length > MANY_MEMBERS) reader.cache.useSmallBlocks();
  return names.sort(compareUtf8);
}

export function childPath(parent: string, name: string): string {
  return parent === '/' ? `/${name}` : `${parent}/${name}`;
}

class Listing {
  readonly objects: FoundEntry[] = [];
  readonly paths = new Map<bigint, string>();
  readonly omitted = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #reader: Hdf5Reader;
  readonly #limits: ListLimits;

  constructor(reader: Hdf5Reader, limits: ListLimits) {
    this.#reader = reader;
    this.#limits = limits;
  }

  run(): void {
    const pending = [{ path: '/', depth: 0 }];
    for (;;) {
      const next = pending.pop();
      if (next === undefined) return;
      const names = this.#add(next.path, next.depth);
      // One more than fit, so that it is noticed.
      const room = Math.max(0, this.#limits.objects - this.objects.length) + 1;
      for (const name of names.slice(0, room).reverse())
        pending.push({ path: childPath(next.path, name), depth: next.depth + 1 });
      if (this.objects.length >= this.#limits.objects && pending.length > 0) {
        this.omitted.add(`Only the first ${formatCount(this.#limits.objects)} objects are listed.`);
        return;
      }
    }
  }

  /** Adds what is at a path. Returns the names in it. */
  #add(path: string, depth: number): string[] {
    if (path.length > this.#limits.path) {
      this.omitted.add('Objects with very long paths are not listed.');
      return [];
    }
    // Only a damaged group has a name twice.
    if (this.#seen.has(path)) return [];
    this.#seen.add(path);
    try {
      const found = this.#find(path);
      if (found === undefined) return [];
      this.objects.push(found);
      return found.kind === 'group' ? this.#members(found, depth) : [];
    } catch (error) {
      if (!(error instanceof Hdf5Problem)) throw error;
      this.objects.push({ kind: 'unreadable', path, problem: error.message });
      return [];
    }
  }

  #find(path: string): FoundEntry | undefined {
    const reader = this.#reader;
    if (path !== '/') {
      const target = reader.call((library, file) => library.get_symbolic_link(file, path));
      if (target !== null) return { kind: 'link', path, link: 'soft', target };
    }
    const type = reader.call((library, file) => this.#typeOf(() => library.get_type(file, path)));
    if (type === HDF5_OBJECT.group || type === HDF5_OBJECT.dataset) {
      const address = addressOf(reader, path);
      const same = this.paths.get(address);
      if (same !== undefined) return { kind: 'link', path, link: 'same', target: same };
      this.paths.set(address, path);
      return { kind: type === HDF5_OBJECT.group ? 'group' : 'dataset', path, address };
    }
    if (type === HDF5_OBJECT.type)
      return { kind: 'unreadable', path, problem: 'It is a named type, and holds no values.' };
    const { filename, obj_path } = reader.call((library, file) =>
      library.get_external_link(file, path),
    );
    if (filename === undefined) throw new Hdf5Problem('It is a link of an unknown kind.');
    return { kind: 'link', path, link: 'external', target: obj_path ?? '/', file: filename };
  }

  /** For a link out of the file the library may fail instead of naming its type. */
  #typeOf(get: () => number): number {
    try {
      return get();
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) throw error;
      return HDF5_OBJECT.other;
    }
  }

  #members(group: FoundObject, depth: number): string[] {
    if (group.path === SPECIFICATIONS) {
      this.objects.pop();
      return [];
    }
    if (depth >= this.#limits.depth) {
      this.omitted.add(`Groups are listed to a depth of ${this.#limits.depth}.`);
      return [];
    }
    try {
      return memberNames(this.#reader, group.path);
    } catch (error) {
      if (!(error instanceof Hdf5Problem)) throw error;
      this.objects[this.objects.length - 1] = { ...group, problem: error.message };
      return [];
    }
  }
}

/**
 * Lists a file, without what is in `/specifications`. What is damaged is an object `unreadable`, or has a problem.
 *
 * @throws ArchiveError if the bytes of the file cannot be read
 */
export function listHdf5Objects(reader: Hdf5Reader, limits: ListLimits = LIST_LIMITS): ObjectList {
  const listing = new Listing(reader, limits);
  listing.run();
  return { objects: listing.objects, paths: listing.paths, omitted: [...listing.omitted] };
}
