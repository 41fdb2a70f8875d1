// Changes of a record's tree. Each returns a new tree; the previous one stays as it was.

import type { ListNode, ObjectNode, RecordNode, NodePath } from './record-tree.ts';

type Change = (node: RecordNode | undefined) => RecordNode | undefined;

function withMember(
  node: ObjectNode,
  name: string,
  change: Change,
  order: readonly string[],
): ObjectNode {
  const at = node.members.findIndex((member) => member.name === name);
  const before = node.members[at];
  const after = change(before?.node);
  if (after === before?.node) return node;
  if (after === undefined)
    return { ...node, members: node.members.filter((_, index) => index !== at) };
  if (before !== undefined)
    return { ...node, members: node.members.with(at, { ...before, node: after }) };
  // A new member goes before those that follow it in the form, so that records have the same order.
  const later = new Set(order.slice(order.indexOf(name) + 1));
  const found = order.includes(name) ? node.members.findIndex((one) => later.has(one.name)) : -1;
  const place = found < 0 ? node.members.length : found;
  const member = { name, token: JSON.stringify(name), node: after };
  return { ...node, members: node.members.toSpliced(place, 0, member) };
}

function withItem(node: ListNode, index: number, change: Change): ListNode {
  const before = node.items[index];
  if (before === undefined) return node;
  const after = change(before);
  if (after === before) return node;
  return {
    ...node,
    items: after === undefined ? node.items.toSpliced(index, 1) : node.items.with(index, after),
  };
}

function changed(
  tree: RecordNode,
  path: NodePath,
  change: Change,
  order: readonly string[],
): RecordNode {
  const [step, ...rest] = path;
  if (step === undefined) return change(tree) ?? tree;
  const inner: Change = (node) => {
    if (rest.length === 0) return change(node);
    return node === undefined ? undefined : changed(node, rest, change, order);
  };
  if (tree.kind === 'list' && typeof step === 'number') return withItem(tree, step, inner);
  if (tree.kind === 'object') return withMember(tree, String(step), inner, order);
  return tree;
}

const sameToken = (a: RecordNode | undefined, b: RecordNode): boolean =>
  a?.kind === 'plain' && b.kind === 'plain' && JSON.parse(a.token) === JSON.parse(b.token);

/**
 * The tree with a value set at a path; the object or list around it must exist. A plain value that is set to
 * itself keeps its spelling. `order` says where among its siblings a new member goes.
 */
export function withNode(
  tree: RecordNode,
  path: NodePath,
  node: RecordNode,
  order: readonly string[] = [],
): RecordNode {
  const set: Change = (before) => {
    if (sameToken(before, node)) return before;
    return before === undefined ? node : { ...node, id: before.id };
  };
  return changed(tree, path, set, order);
}

/** The tree without what is at a path. */
export function without(tree: RecordNode, path: NodePath): RecordNode {
  return changed(tree, path, () => undefined, []);
}

/** The tree with an item put into a list; at its end if no position is given. */
export function withInserted(
  tree: RecordNode,
  path: NodePath,
  node: RecordNode,
  at?: number,
): RecordNode {
  const put: Change = (list) =>
    list?.kind === 'list'
      ? { ...list, items: list.items.toSpliced(at ?? list.items.length, 0, node) }
      : list;
  return changed(tree, path, put, []);
}

/** The tree with an item of a list moved to another position in it; positions outside are the ends. */
export function withMoved(tree: RecordNode, path: NodePath, from: number, to: number): RecordNode {
  const move: Change = (list) => {
    if (list?.kind !== 'list') return list;
    const item = list.items[from];
    const place = Math.min(Math.max(to, 0), list.items.length - 1);
    if (item === undefined || place === from) return list;
    return { ...list, items: list.items.toSpliced(from, 1).toSpliced(place, 0, item) };
  };
  return changed(tree, path, move, []);
}
