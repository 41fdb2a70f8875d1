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

/** The first and last number a value covers: a year is all of its days. */
function span(field: SearchRange, text: string): [number, number] | undefined {
  if (!isDayRange(field)) {
    const [, number, unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?)\s*([a-z]{0,3})$/i.exec(text) ?? [];
    const times = field === 'bytes' ? UNITS.get(unit.toLowerCase()) : unit === '' ? 1 : undefined;
    if (number === undefined || times === undefined) return undefined;
    const value = Number(number) * times;
    return [value, value];
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
  const given = text.trim().replaceAll(',', '');
  const [, sign = '', one] = /^(>=|<=|>|<|=)?\s*([^.<>=]+(?:\.\d+[^.<>=]*)?)$/.exec(given) ?? [];
  if (one !== undefined) {
    const ends = span(field, one.trim());
    if (ends === undefined) return undefined;
    const [first, last] = ends;
    // All counted things are whole, so "more than" begins at the next whole number.
    if (sign === '>') return { min: Math.floor(last) + 1 };
    if (sign === '>=') return { min: first };
    if (sign === '<') return { max: Math.ceil(first) - 1 };
    if (sign === '<=') return { max: last };
    return { min: first, max: last };
  }
  const [, from, to] = /^(.*?)\.\.(.*)$/.exec(given) ?? [];
  if (from === undefined || to === undefined || from + to === '') return undefined;
  const first = from === '' ? undefined : span(field, from);
  const last = to === '' ? undefined : span(field, to);
  if ((from !== '' && first === undefined) || (to !== '' && last === undefined)) return undefined;
  // Nothing is between the later and the earlier: a typing error, reported instead of returning no results.
  if (first !== undefined && last !== undefined && first[0] > last[1]) return undefined;
  const range: Range = {};
  if (first !== undefined) range.min = first[0];
  if (last !== undefined) range.max = last[1];
  return range;
}
