// The types that the specification in a file defines: `/specifications/<namespace>/<version>/<source>` holds
// one JSON text a source, as hdmf writes it.

import {
  isJsonObject,
  listMember,
  parseJson,
  textMember,
  type JsonValue,
} from '../json/json-text.ts';
import type { SpecifiedType } from '../data-tree/data-tree.ts';
import { PARENT_OF_TYPE } from './core-types.ts';

/** One source of a namespace: the text of one dataset. */
export interface SpecificationText {
  readonly namespace: string;
  readonly text: string;
}

/** Real files define some 100; what goes beyond is ignored. */
const MOST_TYPES = 5000;
const MOST_ANCESTORS = 32;
const MOST_DEPTH = 16;
/** Types are named by identifiers. */
const TYPE_NAME = /^[A-Za-z_][A-Za-z0-9_.]{0,99}$/;

interface Definition {
  readonly namespace: string;
  readonly parent: string | undefined;
}

/** Types may be defined within others, in `groups` and `datasets` at any depth. */
function collect(value: JsonValue, namespace: string, into: Map<string, Definition>): void {
  const open: [JsonValue, number][] = [[value, 0]];
  for (let next = open.pop(); next !== undefined && into.size < MOST_TYPES; next = open.pop()) {
    const [spec, depth] = next;
    if (!isJsonObject(spec)) continue;
    const name = textMember(spec, 'neurodata_type_def') ?? textMember(spec, 'data_type_def');
    const parent = textMember(spec, 'neurodata_type_inc') ?? textMember(spec, 'data_type_inc');
    if (name !== undefined && TYPE_NAME.test(name) && !into.has(name))
      into.set(name, { namespace, parent });
    if (depth === MOST_DEPTH) continue;
    for (const inner of [...listMember(spec, 'groups'), ...listMember(spec, 'datasets')])
      open.push([inner, depth + 1]);
  }
}

/** The types by name, each with its ancestors; a text that is no specification defines none. */
export function specifiedTypes(texts: Iterable<SpecificationText>): {
  readonly [type: string]: SpecifiedType;
} {
  const definitions = new Map<string, Definition>();
  for (const { namespace, text } of texts) {
    const parsed = parseJson(text);
    if (parsed.ok) collect(parsed.value, namespace, definitions);
  }
  const entries = [...definitions].map(([name, { namespace }]): [string, SpecifiedType] => {
    const ancestors = new Set<string>();
    for (let type = name; ancestors.size < MOST_ANCESTORS;) {
      const parent = definitions.get(type)?.parent ?? PARENT_OF_TYPE.get(type);
      if (parent === undefined || parent === name || ancestors.has(parent)) break;
      ancestors.add(parent);
      type = parent;
    }
    return [name, { namespace, extends: [...ancestors] }];
  });
  return Object.fromEntries(entries);
}
