// Attributes as JSON text from which every reader gets numbers of the type that the file has.

import type { ElementType, TreeObject, TreeValue } from '../data-tree/data-tree.ts';

const FLOAT = /^[<>|]f\d/;
const INTEGER = /^[<>|][iu]\d/;
const DIGITS = /^-?\d+$/;

function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const text = JSON.stringify(value);
  return DIGITS.test(text) ? `${text}.0` : text;
}

/** @param type of its elements, if it is an attribute of numbers */
function valueText(value: TreeValue, type: ElementType | undefined): string {
  if (typeof type !== 'string') return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${(value as readonly TreeValue[]).map((one) => valueText(one, type)).join(',')}]`;
  if (typeof value === 'number' && FLOAT.test(type)) return floatText(value);
  // An integer beyond 2^53, which the tree has as text.
  if (typeof value === 'string' && INTEGER.test(type) && DIGITS.test(value)) return value;
  return JSON.stringify(value);
}

/**
 * The JSON text of attributes. With `types`, a float has a decimal point or an exponent (`0.0`) and an integer of any
 * size is a number, because readers, as Python's, tell them apart by that.
 */
export function attributesText(
  attributes: { readonly [name: string]: TreeValue },
  types: TreeObject['attributeTypes'] = {},
): string {
  const members = Object.entries(attributes).map(([name, value]) => {
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    return `${JSON.stringify(name)}:${valueText(value, type)}`;
  });
  return `{${members.join(',')}}`;
}
