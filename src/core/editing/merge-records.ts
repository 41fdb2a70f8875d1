// Merges two changes of one record: mine, and what others have changed since I began. If both changed the
// same thing it is reported, and the person who edits decides.

import type { JsonValue } from '../json/json-text.ts';
import { sameValue } from '../compare/same-value.ts';
import { escapePart } from '../schema/problem-message.ts';
import {
  memberNode,
  textOf,
  valueOf,
  type ListNode,
  type ObjectNode,
  type RecordNode,
} from './record-tree.ts';

/** Something that both changed, in different ways; undefined if it is absent. */
export interface Conflict {
  /** JSON Pointer in the record as it was. */
  pointer: string;
  /** The path to it in words. */
  path: string[];
  base?: JsonValue;
  mine?: JsonValue;
  theirs?: JsonValue;
}

/** Whose change wins if both changed something, by the pointers of the conflicts. */
export type Choices = ReadonlyMap<string, 'mine' | 'theirs'>;

/** What mergeRecords gives. */
export interface Merged {
  tree: RecordNode;
  /** Every conflict, decided ones too; if nothing was chosen, mine is in the tree. */
  conflicts: Conflict[];
}

type Node = RecordNode | undefined;

function same(a: Node, b: Node): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || sameValue(valueOf(a), valueOf(b));
}

/** What identifies an item of a list; undefined if nothing does. */
function keyOf(item: RecordNode): string | undefined {
  if (item.kind === 'plain') return `= ${item.token}`;
  const name = ['identifier', 'name', 'url'].map((key) => textOf(memberNode(item, key)));
  const found = name.find((text) => text !== undefined && text.trim() !== '');
  return found === undefined ? undefined : `${textOf(memberNode(item, 'schemaKey'))} ${found}`;
}

/** The items by key; undefined if an item has none or two have the same. */
function byKey({ items }: ListNode): Map<string, RecordNode> | undefined {
  const found = new Map<string, RecordNode>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined || found.has(key)) return undefined;
    found.set(key, item);
  }
  return found;
}

class Merge {
  readonly conflicts: Conflict[] = [];
  readonly #choices: Choices;

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  node(base: Node, mine: Node, theirs: Node, pointer: string, path: string[]): Node {
    if (same(mine, theirs) || same(base, theirs)) return mine;
    if (same(base, mine)) return theirs;
    if (mine?.kind === 'object' && theirs?.kind === 'object') {
      return this.#object(base, mine, theirs, pointer, path);
    }
    if (base?.kind === 'list' && mine?.kind === 'list' && theirs?.kind === 'list') {
      const list = this.#list(base, mine, theirs, pointer, path);
      if (list !== undefined) return list;
    }
    const conflict: Conflict = { pointer, path };
    if (base !== undefined) conflict.base = valueOf(base);
    if (mine !== undefined) conflict.mine = valueOf(mine);
    if (theirs !== undefined) conflict.theirs = valueOf(theirs);
    this.conflicts.push(conflict);
    return this.#choices.get(pointer) === 'theirs' ? theirs : mine;
  }

  #object(
    base: Node,
    mine: ObjectNode,
    theirs: ObjectNode,
    pointer: string,
    path: string[],
  ): ObjectNode {
    const members: ObjectNode['members'][number][] = [];
    const tokens = new Map(
      [...mine.members, ...theirs.members].map((one) => [one.name, one.token]),
    );
    for (const [name, token] of tokens) {
      const inner = [base, mine, theirs].map((node) => memberNode(node, name));
      const place = `${pointer}/${escapePart(name)}`;
      const node = this.node(inner[0], inner[1], inner[2], place, [...path, name]);
      if (node !== undefined) members.push({ name, token, node });
    }
    return { ...mine, members };
  }

  /** The lists merged item by item; undefined if their items cannot be told apart. */
  #list(base: ListNode, mine: ListNode, theirs: ListNode, pointer: string, path: string[]): Node {
    const [was, own, other] = [byKey(base), byKey(mine), byKey(theirs)];
    if (was === undefined || own === undefined || other === undefined) return undefined;
    const shared = [...was.keys()].filter((key) => own.has(key) && other.has(key));
    const orderIn = (items: Map<string, RecordNode>): string =>
      [...items.keys()].filter((key) => shared.includes(key)).join('\n');
    const isMoved = (items: Map<string, RecordNode>): boolean =>
      orderIn(items) !== shared.join('\n');
    if (isMoved(own) && isMoved(other) && orderIn(own) !== orderIn(other)) return undefined;
    // The order of the side that changed it; items that only the other side has follow their neighbour there.
    const [lead, rest] = isMoved(other) ? [other, own] : [own, other];
    const order = [...lead.keys()];
    let before = -1;
    for (const key of rest.keys()) {
      const at = order.indexOf(key);
      if (at < 0) order.splice(before + 1, 0, key);
      before = at < 0 ? before + 1 : at;
    }
    const bases = [...was.keys()];
    const items = order.flatMap((key) => {
      const at = bases.indexOf(key);
      const place = `${pointer}/${at < 0 ? `+${escapePart(key)}` : at}`;
      const name = key.slice(key.indexOf(' ') + 1);
      return this.node(was.get(key), own.get(key), other.get(key), place, [...path, name]) ?? [];
    });
    return { ...mine, items };
  }
}

/** My record merged with what others have changed in the one that it was made from. */
export function mergeRecords(
  base: RecordNode,
  mine: RecordNode,
  theirs: RecordNode,
  choices: Choices = new Map(),
): Merged {
  const merge = new Merge(choices);
  const tree = merge.node(base, mine, theirs, '', []) ?? mine;
  return { tree, conflicts: merge.conflicts };
}
