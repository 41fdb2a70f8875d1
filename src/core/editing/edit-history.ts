// The states of a record that is edited, for undo and redo.

import type { RecordNode } from './record-tree.ts';

interface State {
  tree: RecordNode;
  /** What was changed to arrive here; consecutive changes with the same mark are one undo step. */
  mark?: string;
}

/** The position of an edited record among its states. */
export interface EditHistory {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
}

/** Older states than this many are forgotten. */
export const MOST_STATES = 500;

/** A history that begins with a tree. */
export function beginHistory(tree: RecordNode): EditHistory {
  return { past: [], present: { tree }, future: [] };
}

/**
 * The history after a change. A change with the mark of the last one, such as the next letter in
 * the same field, belongs to the same step.
 */
export function afterChange(history: EditHistory, tree: RecordNode, mark?: string): EditHistory {
  const { past, present } = history;
  if (tree === present.tree) return history;
  const next = mark === undefined ? { tree } : { tree, mark };
  if (mark !== undefined && mark === present.mark && past.length > 0) {
    return { past, present: next, future: [] };
  }
  return { past: [...past, present].slice(-MOST_STATES), present: next, future: [] };
}

/** The history after an undo; unchanged if there is nothing to undo. */
export function undone(history: EditHistory): EditHistory {
  const { past, present, future } = history;
  const before = past.at(-1);
  if (before === undefined) return history;
  return { past: past.slice(0, -1), present: before, future: [present, ...future] };
}

/** The history after a redo; unchanged if nothing was undone. */
export function redone(history: EditHistory): EditHistory {
  const { past, present, future } = history;
  const [next, ...rest] = future;
  if (next === undefined) return history;
  return { past: [...past, present], present: next, future: rest };
}
