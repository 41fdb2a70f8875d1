// What is in a file, in one line of a result.

import { formatRate, formatSeconds, listWords } from '../nwb/quantity-words.ts';
import { countOf } from '../text/format.ts';
import { shownLine } from '../text/shown-text.ts';
import type { RecordingFacts } from './recording-fields.ts';

const MOST_NAMED = 3;
const MOST_CHARACTERS = 300;

function quantities(facts: RecordingFacts): string[] {
  const { units, channels, rois, sweeps, rate, duration, regions = [] } = facts;
  return [
    ...(units === undefined ? [] : [countOf(units, 'unit')]),
    ...(channels === undefined ? [] : [countOf(channels, 'channel')]),
    ...(rois === undefined ? [] : [countOf(rois, 'ROI')]),
    ...(sweeps === undefined ? [] : [countOf(sweeps, 'sweep')]),
    ...(rate === undefined || rate <= 0 ? [] : [formatRate(rate)]),
    ...(duration === undefined || duration <= 0 ? [] : [formatSeconds(duration)]),
    ...(regions.length === 0 ? [] : [listWords(regions)]),
  ];
}

const weightOf = ({ units, channels, rois, sweeps }: RecordingFacts): number =>
  [units, rois, sweeps, channels].filter((count) => count !== undefined).length;

/**
 * `ElectricalSeries: 384 channels, 30 kHz, 1 h 2 min, CA1 and DG; Units: 312 units; and 5 more`: first what has
 * channels, units, ROIs or sweeps. '' where no type is known.
 */
export function recordingWords(rows: readonly RecordingFacts[]): string {
  const named = rows.filter(({ type }) => type !== undefined);
  const sorted = named
    .map((facts) => ({ facts, weight: Math.min(weightOf(facts), 1) }))
    .sort((a, b) => b.weight - a.weight);
  const parts = sorted.map(({ facts }) => {
    const said = quantities(facts).join(', ');
    return said === '' ? (facts.type ?? '') : `${facts.type ?? ''}: ${said}`;
  });
  const different = [...new Set(parts)];
  const shown = different.slice(0, MOST_NAMED);
  const more = different.length - shown.length;
  return shownLine(
    [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; '),
    MOST_CHARACTERS,
  );
}
