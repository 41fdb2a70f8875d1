// A record as a tree of the tokens of its text. A change makes a new tree that shares everything unchanged:
// what nobody touched keeps its spelling and its order, and undoing is just keeping trees.

import { endOfText } from '../json/member-texts.ts';
import { compactJson, type JsonProblem, type JsonValue } from '../json/json-text.ts';

/** A text, number, true, false or null, as it is spelled. */
export interface PlainNode {
  kind: 'plain';
  id: number;
  token: string;
}

/** An object; its members in the order of the text. */
export interface ObjectNode {
  kind: 'object';
  id: number;
  members: readonly { name: string; token: string; node: RecordNode }[];
}

/** A list. */
export interface ListNode {
  kind: 'list';
  id: number;
  items: readonly RecordNode[];
}

/** A value in a record. Its `id` stays with it when it is changed or moved: forms identify it by that. */
export type RecordNode = PlainNode | ObjectNode | ListNode;

/** The path to a value: names of members and positions in lists. */
export type NodePath = readonly (string | number)[];

let lastId = 0;
const newId = (): number => (lastId += 1);

/** Reads the compact text of a value from `start`. */
function readNode(json: string, start: number): { node: RecordNode; end: number } {
  const first = json[start];
  if (first === '{') {
    const members: ObjectNode['members'][number][] = [];
    let at = start + 1;
    while (json[at] !== '}') {
      if (json[at] === ',') at += 1;
      const nameEnd = endOfText(json, at);
      const token = json.slice(at, nameEnd);
      const { node, end } = readNode(json, nameEnd + 1);
      members.push({ name: JSON.parse(token) as string, token, node });
      at = end;
    }
    return { node: { kind: 'object', id: newId(), members }, end: at + 1 };
  }
  if (first === '[') {
    const items: RecordNode[] = [];
    let at = start + 1;
    while (json[at] !== ']') {
      if (json[at] === ',') at += 1;
      const { node, end } = readNode(json, at);
      items.push(node);
      at = end;
    }
    return { node: { kind: 'list', id: newId(), items }, end: at + 1 };
  }
  let end = start;
  if (first === '"') end = endOfText(json, start);
  else while (end < json.length && !',]}'.includes(json[end] ?? '')) end += 1;
  return { node: { kind: 'plain', id: newId(), token: json.slice(start, end) }, end };
}

/** What readTree gives. */
export type ReadTree = { ok: true; tree: RecordNode } | { ok: false; problem: JsonProblem };

/** The tree of a JSON text, or what is wrong with the text; a duplicate key is wrong. */
export function readTree(text: string): ReadTree {
  // The one reader of records checks the text and removes its layout; tokens stay as they were.
  const compact = compactJson(text);
  return compact.ok ? { ok: true, tree: readNode(compact.text, 0).node } : compact;
}

function write(node: RecordNode, indent: string, out: string[]): void {
  if (node.kind === 'plain') {
    out.push(node.token);
    return;
  }
  const [open, close] = node.kind === 'object' ? '{}' : '[]';
  const inner = `${indent}  `;
  let isFirst = true;
  const next = (): void => {
    out.push(isFirst ? `${open}\n${inner}` : `,\n${inner}`);
    isFirst = false;
  };
  if (node.kind === 'object') {
    for (const member of node.members) {
      next();
      out.push(member.token, ': ');
      write(member.node, inner, out);
    }
  } else {
    for (const item of node.items) {
      next();
      write(item, inner, out);
    }
  }
  out.push(isFirst ? `${open}${close}` : `\n${indent}${close}`);
}

/** The text of a tree as records are written: an indent of two blanks, one final line feed. */
export function writeTree(tree: RecordNode): string {
  const out: string[] = [];
  write(tree, '', out);
  out.push('\n');
  return out.join('');
}

/** A value as a tree. */
export function treeOf(value: JsonValue): RecordNode {
  const read = readTree(JSON.stringify(value));
  if (!read.ok) throw new Error(read.problem.message);
  return read.tree;
}

const values = new WeakMap<RecordNode, JsonValue>();

function makeValue(node: RecordNode): JsonValue {
  if (node.kind === 'plain') return JSON.parse(node.token) as JsonValue;
  if (node.kind === 'list') return node.items.map(valueOf);
  // fromEntries defines keys and never sets them, so that `__proto__` stays a key like any other.
  return Object.fromEntries(node.members.map(({ name, node: inner }) => [name, valueOf(inner)]));
}

/** The value of a tree. The same tree gives the same value, which must not be changed. */
export function valueOf(node: RecordNode): JsonValue {
  const known = values.get(node);
  if (known !== undefined) return known;
  const value = makeValue(node);
  values.set(node, value);
  return value;
}

/** The member of a name, if the node is an object that has it. */
export function memberNode(node: RecordNode | undefined, name: string): RecordNode | undefined {
  if (node?.kind !== 'object') return undefined;
  return node.members.find((member) => member.name === name)?.node;
}

/** The node at the end of a path, if there is one. */
export function nodeAt(tree: RecordNode | undefined, path: NodePath): RecordNode | undefined {
  let node = tree;
  for (const step of path) {
    node =
      typeof step === 'number' && node?.kind === 'list'
        ? node.items[step]
        : memberNode(node, String(step));
  }
  return node;
}

/** The text of a text node; undefined for all others. */
export function textOf(node: RecordNode | undefined): string | undefined {
  if (node?.kind !== 'plain' || !node.token.startsWith('"')) return undefined;
  return JSON.parse(node.token) as string;
}

/** The items of a list; none of anything else. */
export function itemsOf(node: RecordNode | undefined): readonly RecordNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The list with other items; a new list if there was none. */
export function withItems(node: RecordNode | undefined, items: readonly RecordNode[]): ListNode {
  return { kind: 'list', id: node?.kind === 'list' ? node.id : newId(), items };
}
