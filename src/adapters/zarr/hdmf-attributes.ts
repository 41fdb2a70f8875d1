// How hdmf-zarr writes what Zarr lacks: references and links as JSON in attributes, scalars as lists of one.

import type { TreeLink, TreeValue } from '../../core/data-tree/data-tree.ts';
import {
  isJsonObject,
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../../core/json/json-text.ts';

/** Attributes that are bookkeeping of the writer, not of the file's content. */
const OWN = new Set(['zarr_link', 'zarr_dtype', '.specloc']);
const MOST_VALUES = 10_000;
const MOST_LINKS = 1000;

function referenceOf(value: JsonValue): TreeValue {
  const path = textMember(value, 'path');
  const isHere = (textMember(value, 'source') ?? '.') === '.';
  if (!isHere) return { omitted: 'It refers to an object of another file.' };
  return { ref: path?.startsWith('/') === true ? path : null };
}

function attributeOf(value: JsonValue): TreeValue {
  if (textMember(value, 'zarr_dtype') !== 'object') return value;
  const given = member(value, 'value');
  if (given === undefined) return value;
  return Array.isArray(given) ? given.slice(0, MOST_VALUES).map(referenceOf) : referenceOf(given);
}

/** The attributes as a tree has them. */
export function treeAttributes(attributes: JsonObject): { readonly [name: string]: TreeValue } {
  const entries = Object.entries(attributes).filter(([name]) => !OWN.has(name));
  return Object.fromEntries(
    entries.slice(0, MOST_VALUES).map(([name, value]) => [name, attributeOf(value)]),
  );
}

/** The links that a group's attributes hold, as objects below it; a name with a slash is none. */
export function hdmfLinks(group: string, attributes: JsonObject): TreeLink[] {
  return listMember(attributes, 'zarr_link')
    .slice(0, MOST_LINKS)
    .flatMap((one): TreeLink[] => {
      const name = textMember(one, 'name') ?? '';
      const target = textMember(one, 'path') ?? '';
      const source = textMember(one, 'source') ?? '.';
      if (!isJsonObject(one) || name === '' || name.includes('/') || !target.startsWith('/'))
        return [];
      const path = `${group === '/' ? '' : group}/${name}`;
      return source === '.'
        ? [{ path, kind: 'link', link: 'soft', target }]
        : [{ path, kind: 'link', link: 'external', target, file: source }];
    });
}

/** Whether hdmf wrote an array of one value for a scalar. */
export function isScalar(attributes: JsonObject, shape: readonly number[]): boolean {
  return textMember(attributes, 'zarr_dtype') === 'scalar' && shape.length === 1 && shape[0] === 1;
}
