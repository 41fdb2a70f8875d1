// Neurodata types as a file's own specifications define them, which NWB files keep in `/specifications`.

import {
  isJsonObject,
  listMember,
  parseJson,
  textMember,
  type JsonValue,
} from '../json/json-text.ts';
import type { DataTree, SpecifiedType } from './data-tree.ts';

/** A namespace as a file keeps it: the group `/specifications/<namespace>/<version>`. */
export interface KeptNamespace {
  readonly namespace: string;
  readonly version: string;
  /** The texts in it, JSON each, by their names: `namespace`, `nwb.base`. */
  readonly texts: ReadonlyMap<string, string>;
}

const MOST_TYPES = 10_000;
const MOST_STEPS = 1_000_000;
/** Longer than any chain of types that means something. */
const MOST_PARENTS = 50;

/** Parts of a version, such that later ones compare as larger: `2.8.0-alpha` is before `2.8.0`. */
function versionParts(version: string): (number | string)[] {
  const [release = '', ...rest] = version.slice(0, 100).split('-');
  const numbers = release.split('.').map((one) => (/^\d{1,9}$/.test(one) ? Number(one) : -1));
  return [...[0, 1, 2, 3].map((i) => numbers[i] ?? 0), rest.length === 0 ? 1 : 0, rest.join('-')];
}

/** Negative if the first version is older. */
export function compareSpecVersions(a: string, b: string): number {
  const [one, other] = [versionParts(a), versionParts(b)];
  for (const [i, part] of one.entries()) {
    const than = other[i]!;
    if (part < than) return -1;
    if (part > than) return 1;
  }
  return 0;
}

interface Definition {
  namespace: string;
  parent: string | undefined;
}

const LISTS_OF_TYPES = ['groups', 'datasets', 'links', 'attributes'];

/** Adds the types that a specification defines, however deep. */
function addDefinitions(text: string, namespace: string, into: Map<string, Definition>): void {
  const parsed = parseJson(text);
  if (!parsed.ok) return;
  const pending: JsonValue[] = [parsed.value];
  for (let steps = 0; pending.length > 0 && steps < MOST_STEPS; steps += 1) {
    const one = pending.pop();
    if (!isJsonObject(one)) continue;
    const name = textMember(one, 'neurodata_type_def') ?? textMember(one, 'data_type_def');
    if (
      name !== undefined &&
      name !== '' &&
      name.length <= 200 &&
      into.size < MOST_TYPES &&
      !into.has(name)
    ) {
      const parent = textMember(one, 'neurodata_type_inc') ?? textMember(one, 'data_type_inc');
      into.set(name, { namespace, parent: parent?.slice(0, 200) });
    }
    for (const list of LISTS_OF_TYPES)
      for (const inner of listMember(one, list)) pending.push(inner);
  }
}

/** The types that a type extends, the nearest first. */
function parentsOf(name: string, definitions: ReadonlyMap<string, Definition>): string[] {
  const parents: string[] = [];
  const seen = new Set([name]);
  let next = definitions.get(name)?.parent;
  while (next !== undefined && next !== '' && !seen.has(next) && parents.length < MOST_PARENTS) {
    seen.add(next);
    parents.push(next);
    next = definitions.get(next)?.parent;
  }
  return parents;
}

/**
 * The types and versions of namespaces. Of several versions of one namespace the newest counts. What cannot be parsed
 * is passed over: a file is read without types too.
 */
export function specifiedTypes(
  kept: readonly KeptNamespace[],
): Pick<DataTree, 'namespaces' | 'types'> {
  const newest = new Map<string, KeptNamespace>();
  for (const one of kept) {
    const other = newest.get(one.namespace);
    if (other === undefined || compareSpecVersions(other.version, one.version) < 0)
      newest.set(one.namespace, one);
  }
  const definitions = new Map<string, Definition>();
  for (const { namespace, texts } of newest.values())
    for (const [name, text] of texts)
      if (name !== 'namespace') addDefinitions(text, namespace, definitions);
  const types: [string, SpecifiedType][] = [...definitions].map(([name, { namespace }]) => [
    name,
    { namespace, extends: parentsOf(name, definitions) },
  ]);
  // Not by assignment: a type may be named `__proto__`.
  return {
    namespaces: Object.fromEntries([...newest].map(([name, { version }]) => [name, version])),
    types: Object.fromEntries(types),
  };
}
