// Two metadata records side by side, field by field. Things in lists are matched by what they are, an
// identifier or a name, not by their position, so that one new contributor is one difference.

import { isJsonObject, member, textMember, type JsonValue } from '../json/json-text.ts';
import type { JsonObject } from '../json/json-text.ts';
import { COMPUTED_DANDISET_FIELDS } from '../schema/record-models.ts';
import { sameValue } from './same-value.ts';

export interface FieldChange {
  kind: 'added' | 'removed' | 'changed' | 'reordered';
  /** The path to the field in words: `['contributor', 'Doe, Jane', 'affiliation']`; as in the record. */
  path: string[];
  before?: JsonValue;
  after?: JsonValue;
}

export interface MetadataComparison {
  /** What an author changed, in the order of the records; at most the requested number. */
  changes: FieldChange[];
  /** How many there are in all. */
  count: number;
  /** Fields the archive writes at publication that differ: only their names. */
  computed: string[];
}

/** What the archive writes: different in every version, and not an author's decision. */
const WRITTEN_BY_ARCHIVE: ReadonlySet<string> = new Set(['@context', ...COMPUTED_DANDISET_FIELDS]);

// The keys that distinguish things in a list, the most reliable first. `value` is that of a measured
// variable.
const NAMES = ['identifier', 'name', 'url', 'value'] as const;

/** The name of a thing in a list; undefined if it has no name of any kind. */
function nameOf(item: JsonValue): string | undefined {
  if (!isJsonObject(item)) return typeof item === 'object' ? undefined : String(item);
  for (const key of ['name', 'identifier', 'url', 'value']) {
    const text = textMember(item, key);
    if (text !== undefined && text.trim() !== '') return text;
  }
  return undefined;
}

interface Placed {
  item: JsonValue;
  /** Its position in its list. */
  at: number;
}

interface Matched {
  pairs: { before: Placed; after: Placed }[];
  removed: Placed[];
  added: Placed[];
}

/** Keys to match by, one round each: equal plain values, then each kind of name, then what is left. */
const ROUNDS: readonly ((item: JsonValue) => string | undefined)[] = [
  (item) => (typeof item === 'object' ? undefined : `${typeof item} ${String(item)}`),
  ...NAMES.map((key) => (item: JsonValue) => {
    const text = textMember(item, key);
    return text === undefined || text.trim() === '' ? undefined : `${kindOf(item)} ${text}`;
  }),
  // Things without any name are matched in their order, if they are of the same kind.
  (item) => (nameOf(item) === undefined ? kindOf(item) : undefined),
];

const kindOf = (item: JsonValue): string =>
  Array.isArray(item) ? 'list' : (textMember(item, 'schemaKey') ?? typeof item);

function matchItems(before: readonly JsonValue[], after: readonly JsonValue[]): Matched {
  const removed = new Set(before.map((item, at): Placed => ({ item, at })));
  const added = new Set(after.map((item, at): Placed => ({ item, at })));
  const pairs: Matched['pairs'] = [];
  for (const keyOf of ROUNDS) {
    if (removed.size === 0 || added.size === 0) break;
    const waiting = new Map<string, Placed[]>();
    for (const placed of added) {
      const key = keyOf(placed.item);
      if (key === undefined) continue;
      const same = waiting.get(key);
      if (same === undefined) waiting.set(key, [placed]);
      else same.push(placed);
    }
    for (const same of waiting.values()) same.reverse();
    for (const placed of removed) {
      const key = keyOf(placed.item);
      const match = key === undefined ? undefined : waiting.get(key)?.pop();
      if (match === undefined) continue;
      pairs.push({ before: placed, after: match });
      removed.delete(placed);
      added.delete(match);
    }
  }
  pairs.sort((a, b) => a.after.at - b.after.at);
  return { pairs, removed: [...removed], added: [...added] };
}

class Differences {
  readonly changes: FieldChange[] = [];
  count = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  #note(change: FieldChange): void {
    this.count += 1;
    if (this.changes.length < this.#limit) this.changes.push(change);
  }

  value(path: string[], before: JsonValue | undefined, after: JsonValue | undefined): void {
    if (before === undefined) {
      if (after !== undefined) this.#note({ kind: 'added', path, after });
    } else if (after === undefined) {
      this.#note({ kind: 'removed', path, before });
    } else if (isJsonObject(before) && isJsonObject(after)) {
      this.object(path, before, after);
    } else if (Array.isArray(before) && Array.isArray(after)) {
      this.#list(path, before, after);
    } else if (!sameValue(before, after)) {
      this.#note({ kind: 'changed', path, before, after });
    }
  }

  object(path: string[], before: JsonObject, after: JsonObject): void {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      this.value([...path, key], member(before, key), member(after, key));
    }
  }

  #list(path: string[], before: JsonValue[], after: JsonValue[]): void {
    const { pairs, removed, added } = matchItems(before, after);
    for (const { item, at } of removed) {
      this.#note({ kind: 'removed', path: this.#step(path, item, at), before: item });
    }
    for (const pair of pairs) {
      this.value(
        this.#step(path, pair.after.item, pair.after.at),
        pair.before.item,
        pair.after.item,
      );
    }
    for (const { item, at } of added) {
      this.#note({ kind: 'added', path: this.#step(path, item, at), after: item });
    }
    const order = pairs.map((pair) => pair.before.at);
    if (order.some((at, index) => at < (order[index - 1] ?? -1))) {
      const names = (items: readonly JsonValue[]): JsonValue =>
        items.map((item, at) => nameOf(item) ?? `#${at + 1}`);
      this.#note({ kind: 'reordered', path, before: names(before), after: names(after) });
    }
  }

  /** The path to a thing in a list; a plain value needs no name, since it is what is shown. */
  #step(path: string[], item: JsonValue, at: number): string[] {
    return typeof item === 'object' ? [...path, nameOf(item) ?? `#${at + 1}`] : path;
  }
}

/** What differs between two records of a Dandiset; `limit` bounds what is listed, not what is counted. */
export function compareMetadata(
  before: JsonObject,
  after: JsonObject,
  limit = 500,
): MetadataComparison {
  const differences = new Differences(limit);
  const computed: string[] = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [left, right] = [member(before, key), member(after, key)];
    if (!WRITTEN_BY_ARCHIVE.has(key)) differences.value([key], left, right);
    else if (!sameValue(left, right)) computed.push(key);
  }
  return { changes: differences.changes, count: differences.count, computed };
}
