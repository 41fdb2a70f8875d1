// Ranges as people type them: `>10`, `<1GB`, `2023..2024`, `..2024-05`.

import { isDayRange, type SearchRange } from './fields.ts';

/** Both ends are included; an open end is undefined. Days are counted from 1970. */
export interface Range {
  min?: number;
  max?: number;
}

const UNITS = new Map([
  ['', 1],
  ['b', 1],
  ['k', 1e3],
  ['kb', 1e3],
  ['m', 1e6],
  ['mb', 1e6],
  ['g', 1e9],
  ['gb', 1e9],
  ['t', 1e12],
  ['tb', 1e12],
  ['p', 1e15],
  ['pb', 1e15],
  ['kib', 2 ** 10],
  ['mib', 2 ** 20],
  ['gib', 2 ** 30],
  ['tib', 2 ** 40],
]);
const NO_UNITS = new Map([['', 1]]);
const DAY = 86_400_000;

/** A day as the number of days since 1970, or undefined if there is no such day. */
export function dayNumber(day: string): number | undefined {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(day)
    ? undefined
    : time / DAY;
}

/** The day of a number of days since 1970: `2024-02-18`. */
export function dayText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

function numberSpan(
  units: ReadonlyMap<string, number>,
  text: string,
): [number, number] | undefined {
  const [, number, unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?)\s*([a-z]{0,3})$/i.exec(text) ?? [];
  const times = units.get(unit.toLowerCase());
  if (number === undefined || times === undefined) return undefined;
  const value = Number(number) * times;
  return [value, value];
}

/** The first and last number a value covers: a year is all of its days. */
function span(field: SearchRange, text: string): [number, number] | undefined {
  if (!isDayRange(field)) {
    return numberSpan(field === 'bytes' ? UNITS : NO_UNITS, text);
  }
  const [, year, month, day] = /^((?!0000)\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const first = dayNumber(`${year}-${month ?? '01'}-${day ?? '01'}`);
  if (first === undefined) return undefined;
  if (day !== undefined) return [first, first];
  const next = new Date(first * DAY);
  if (month === undefined) next.setUTCFullYear(next.getUTCFullYear() + 1);
  else next.setUTCMonth(next.getUTCMonth() + 1);
  return [first, next.getTime() / DAY - 1];
}

/** The range a text means for a field; undefined if it means none. */
export function parseRange(field: SearchRange, text: string): Range | undefined {
  return rangeOf(text, (value) => span(field, value));
}

/** The least number above one that isn't negative, for "more than" among numbers that aren't whole. */
function above(value: number): number {
  return value === 0 ? Number.MIN_VALUE : value * (1 + Number.EPSILON);
}

function below(value: number): number {
  return value * (1 - Number.EPSILON);
}

/**
 * The same for numbers in some units, by what each multiplies: the empty one has to be among them. Of counts both
 * ends are whole.
 */
export function parseNumberRange(
  text: string,
  units: ReadonlyMap<string, number>,
  isWhole: boolean,
): Range | undefined {
  return rangeOf(text, (value) => numberSpan(units, value), isWhole);
}

function rangeOf(
  text: string,
  spanOf: (text: string) => [number, number] | undefined,
  isWhole = true,
): Range | undefined {
  const given = text.trim().replaceAll(',', '');
  const [, sign = '', one] = /^(>=|<=|>|<|=)?\s*([^.<>=]+(?:\.\d+[^.<>=]*)?)$/.exec(given) ?? [];
  if (one !== undefined) {
    const ends = spanOf(one.trim());
    if (ends === undefined) return undefined;
    const [first, last] = ends;
    // Where all counted things are whole, "more than" begins at the next whole number.
    if (sign === '>') return { min: isWhole ? Math.floor(last) + 1 : above(last) };
    if (sign === '>=') return { min: first };
    if (sign === '<') return { max: isWhole ? Math.ceil(first) - 1 : below(first) };
    if (sign === '<=') return { max: last };
    return { min: first, max: last };
  }
  const [, from, to] = /^(.*?)\.\.(.*)$/.exec(given) ?? [];
  if (from === undefined || to === undefined || from + to === '') return undefined;
  const first = from === '' ? undefined : spanOf(from);
  const last = to === '' ? undefined : spanOf(to);
  if ((from !== '' && first === undefined) || (to !== '' && last === undefined)) return undefined;
  // Nothing is between the later and the earlier: a typing error, reported instead of returning no results.
  if (first !== undefined && last !== undefined && first[0] > last[1]) return undefined;
  const range: Range = {};
  if (first !== undefined) range.min = first[0];
  if (last !== undefined) range.max = last[1];
  return range;
}
