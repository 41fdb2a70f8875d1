// Which neurodata type is a kind of which: from a file's own specification, else from the core's.

import type { DataTree } from '../data-tree/data-tree.ts';
import { PARENT_OF_TYPE } from './core-types.ts';

/** More ancestors than any real type has; a circle ends here. */
const MOST_ANCESTORS = 32;

export interface TypeHierarchy {
  /**
   * The types that a type extends, the nearest first; empty for an unknown one. Where a specification names
   * a parent that it doesn't define itself, the core's table continues.
   */
  ancestors(type: string): readonly string[];
  /** Whether a type is another one, or extends it. */
  isA(type: string | undefined, other: string): boolean;
}

/** The hierarchy of a file's types. Names are texts of strangers: nothing is looked up on an object's prototype. */
export function typeHierarchy(types: DataTree['types']): TypeHierarchy {
  const found = new Map<string, readonly string[]>();

  function specified(type: string): readonly string[] {
    const own = Object.hasOwn(types, type) ? types[type] : undefined;
    const list: unknown = own?.extends;
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
  }

  function ancestorsOf(type: string): readonly string[] {
    const list = new Set<string>();
    let last = type;
    for (const one of specified(type)) {
      if (list.size >= MOST_ANCESTORS || one === type) break;
      list.add(one);
      last = one;
    }
    while (list.size < MOST_ANCESTORS) {
      const parent = PARENT_OF_TYPE.get(last) ?? specified(last)[0];
      if (parent === undefined || parent === type || list.has(parent)) break;
      list.add(parent);
      last = parent;
    }
    return [...list];
  }

  function ancestors(type: string): readonly string[] {
    let list = found.get(type);
    if (list === undefined) {
      list = ancestorsOf(type);
      found.set(type, list);
    }
    return list;
  }

  return {
    ancestors,
    isA: (type, other) => type !== undefined && (type === other || ancestors(type).includes(other)),
  };
}
