// Rates, times and lists in words.

import { formatCount } from '../text/format.ts';

function significant(value: number, digits: number): string {
  const [whole = '', part] = String(Number(value.toPrecision(digits))).split('.');
  if (!/^\d+$/.test(whole)) return String(Number(value.toPrecision(digits)));
  return part === undefined ? formatCount(Number(whole)) : `${formatCount(Number(whole))}.${part}`;
}

/** A rate with at most four digits that count: `30 kHz`, `29.97 Hz`. */
export function formatRate(hertz: number): string {
  if (hertz >= 1e6) return `${significant(hertz / 1e6, 4)} MHz`;
  return hertz >= 1000 ? `${significant(hertz / 1000, 4)} kHz` : `${significant(hertz, 4)} Hz`;
}

/** A time in the two largest units that it has: `1 h 2 min`, `3 min 20 s`, `2.5 s`, `200 ms`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 1e-3) return `${significant(seconds * 1e6, 3)} µs`;
  if (seconds < 0.9995) return `${significant(seconds * 1e3, 3)} ms`;
  if (seconds < 59.95) return `${significant(seconds, 3)} s`;
  const units: readonly (readonly [string, number])[] = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ];
  const largest = units.findIndex(([, length]) => Math.round(seconds) >= length);
  const [unit, length] = units[Math.max(0, largest)] as [string, number];
  const [lesser, part] = units[Math.max(0, largest) + 1] as [string, number];
  const rounded = Math.round(seconds / part) * part;
  const whole = Math.floor(rounded / length);
  const rest = Math.round((rounded - whole * length) / part);
  return rest === 0
    ? `${formatCount(whole)} ${unit}`
    : `${formatCount(whole)} ${unit} ${rest} ${lesser}`;
}

/** `CA1`, `CA1 and DG`, `CA1, CA3 and DG`; of a longer list the first ones and the number of all. */
export function listWords(items: readonly string[], most = 4): string {
  if (items.length > most)
    return `${items.slice(0, most - 1).join(', ')} and ${formatCount(items.length - most + 1)} more`;
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** The sizes of something with dimensions: `512 × 512`. */
export function sizeWords(sizes: readonly number[]): string {
  return sizes.map(formatCount).join(' × ');
}
