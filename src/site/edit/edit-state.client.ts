// The record that is edited: its original and current state, and undo. Parts of the form pass on changed
// trees and are notified of a new one.

import { writeTree, type RecordNode } from '../../core/editing/record-tree.ts';
import {
  afterChange,
  beginHistory,
  redone,
  undone,
  type EditHistory,
} from '../../core/editing/edit-history.ts';

export class EditState {
  /** The text that editing began with; '' for a new Dandiset. */
  readonly baseText: string;
  readonly base: RecordNode;
  /** The record it began with in canonical form, which the base need not have. */
  readonly #writtenBase: string;
  #history: EditHistory;
  #written: { tree: RecordNode; text: string };
  #burst = 0;
  readonly #listeners: (() => void)[] = [];

  constructor(baseText: string, base: RecordNode, tree = base) {
    this.baseText = baseText;
    this.base = base;
    this.#writtenBase = writeTree(base);
    this.#written = { tree: base, text: this.#writtenBase };
    this.#history = beginHistory(base);
    if (tree !== base) this.#history = afterChange(this.#history, tree);
  }

  get tree(): RecordNode {
    return this.#history.present.tree;
  }

  get isChanged(): boolean {
    return this.tree !== this.base && this.text !== (this.baseText || this.#writtenBase);
  }

  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }

  /** The text as it would be submitted; an unchanged record is exactly the text it was read from. */
  get text(): string {
    if (this.#written.tree !== this.tree) {
      this.#written = { tree: this.tree, text: writeTree(this.tree) };
    }
    const { text } = this.#written;
    return text === this.#writtenBase && this.baseText !== '' ? this.baseText : text;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Takes a changed tree; successive changes with the same mark are undone together. */
  change(tree: RecordNode, mark?: string): void {
    this.#go(afterChange(this.#history, tree, mark && `${mark} ${this.#burst}`));
  }

  /** Starts a new undo step for what is typed from now on. */
  endBurst(): void {
    this.#burst += 1;
  }

  undo(): void {
    this.#go(undone(this.#history));
  }

  redo(): void {
    this.#go(redone(this.#history));
  }

  #go(history: EditHistory): void {
    if (history === this.#history) return;
    this.#history = history;
    for (const listener of this.#listeners) listener();
  }
}
