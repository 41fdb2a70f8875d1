// When the values of a time series were taken: by a starting time and a rate, or by a list of time stamps.

import { finiteNumber, sizesOf, type ReadObject, type TreeReader } from './tree-reader.ts';

export interface TimeBase {
  readonly timeBase?: 'rate' | 'timestamps';
  readonly rate?: number;
  readonly start?: number;
  readonly duration?: number;
}

/** Intervals may differ by this part from their mean and still be called regular. */
const TOLERANCE = 0.01;

/** The rate of regular time stamps, to six digits; undefined for irregular ones and for less than three. */
export function rateOfTimes(times: readonly unknown[]): number | undefined {
  const first = finiteNumber(times[0]);
  const last = finiteNumber(times.at(-1));
  if (times.length < 3 || first === undefined || last === undefined || last <= first)
    return undefined;
  const interval = (last - first) / (times.length - 1);
  let before = first;
  for (const value of times.slice(1)) {
    const time = finiteNumber(value);
    if (time === undefined || Math.abs(time - before - interval) > TOLERANCE * interval)
      return undefined;
    before = time;
  }
  return Number((1 / interval).toPrecision(6));
}

function ofTimestamps(reader: TreeReader, times: ReadObject): TimeBase {
  const { values, isWhole } = reader.column(times);
  const start = finiteNumber(values[0]);
  const last = isWhole ? finiteNumber(values.at(-1)) : undefined;
  const rate = rateOfTimes(values);
  return {
    timeBase: 'timestamps',
    ...(rate === undefined ? {} : { rate }),
    ...(start === undefined ? {} : { start }),
    ...(start === undefined || last === undefined || last < start
      ? {}
      : { duration: last - start }),
  };
}

/** The time base of a series; `samples` is the number of its values in time, if that is known. */
export function timeBaseOf(
  reader: TreeReader,
  series: ReadObject,
  samples: number | undefined,
): TimeBase {
  const startingTime = reader.member(series, 'starting_time');
  const rate = reader.attributeNumber(startingTime, 'rate');
  if (startingTime !== undefined && rate !== undefined && rate > 0) {
    const start = finiteNumber(reader.scalar(startingTime));
    return {
      timeBase: 'rate',
      rate,
      ...(start === undefined ? {} : { start }),
      ...(samples === undefined || samples === 0 ? {} : { duration: samples / rate }),
    };
  }
  const times = reader.member(series, 'timestamps');
  return times === undefined || sizesOf(times) === undefined ? {} : ofTimestamps(reader, times);
}
