// Numbers, sizes and dates as pages and commands show them: the same on every machine, whatever
// its locale.

const SIZE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in decimal SI units with three significant digits: `2.56 TB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < SIZE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${SIZE_UNITS[unit]}`;
}

/** A whole number with thin groups of three: `37,857`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 file`, `2 files`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** The same for programs, without groups of digits: `37857 files`. */
export function plainCountOf(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

/** The day of a date or date-time (`2024-02-18`), in the record's own offset; undefined if none. */
export function dayOf(date: string | undefined): string | undefined {
  return date === undefined ? undefined : /^\d{4}-\d{2}-\d{2}/.exec(date.trim())?.[0];
}

/** The day a published version's identifier names: `0.220126.1852` → `2022-01-26`. */
export function dayOfVersion(version: string): string | undefined {
  const match = /^0\.(\d{2})(\d{2})(\d{2})\./.exec(version);
  return match === null ? undefined : `20${match[1]}-${match[2]}-${match[3]}`;
}
