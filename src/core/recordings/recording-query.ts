// What somebody typed into the search for recordings, parsed: `units:>100 region:CA1 rate:>20kHz`.

import type { FieldWords } from '../search/fields.ts';
import { parseQueryOf, type Grammar, type Query } from '../search/query.ts';
import { parseNumberRange } from '../search/range-value.ts';

/** Whose values are listed with their counts: the list of each is read whole. */
export const LISTED_FACETS = ['dandiset', 'type', 'region', 'device', 'species'] as const;
/** Of which there are nearly as many as files: only the part that a query asks for is read. */
export const NAMED_FACETS = ['subject', 'session'] as const;
export const RECORDING_FACETS = [...LISTED_FACETS, ...NAMED_FACETS] as const;
export type RecordingFacet = (typeof RECORDING_FACETS)[number];
export type NamedFacet = (typeof NAMED_FACETS)[number];

export const RECORDING_RANGES = [
  'units',
  'channels',
  'rate',
  'duration',
  'rois',
  'sweeps',
] as const;
export type RecordingRange = (typeof RECORDING_RANGES)[number];

/** How they are presented to people. */
export const RECORDING_WORDS: Readonly<Record<RecordingFacet | RecordingRange, FieldWords>> = {
  dandiset: { title: 'Dandiset', about: 'dandiset:000003' },
  type: {
    title: 'Type of data',
    about: 'neurodata type, one that it extends, or a container: type:ElectricalSeries',
  },
  region: { title: 'Brain region', about: 'region:CA1' },
  device: { title: 'Device', about: 'device:Neuropixels' },
  species: { title: 'Species', about: 'species:"Mus musculus"' },
  subject: { title: 'Subject', about: 'identifier or its beginning: subject:rat-4' },
  session: { title: 'Session', about: 'identifier or its beginning: session:2024' },
  units: { title: 'Sorted units', about: 'units:>100' },
  channels: { title: 'Channels', about: 'channels:>=384' },
  rate: { title: 'Samples a second', about: 'in Hz or kHz: rate:>20kHz' },
  duration: { title: 'Duration', about: 'in s, min or h: duration:>1h' },
  rois: { title: 'Regions of interest', about: 'rois:>50' },
  sweeps: { title: 'Sweeps', about: 'sweeps:10..100' },
};

const NO_UNIT = new Map([['', 1]]);
const HERTZ = new Map([
  ['', 1],
  ['hz', 1],
  ['k', 1e3],
  ['khz', 1e3],
  ['mhz', 1e6],
]);
const SECONDS = new Map([
  ['', 1],
  ['s', 1],
  ['ms', 1e-3],
  ['min', 60],
  ['h', 3600],
  ['d', 86_400],
]);

/** The operators of the search for recordings. */
export const RECORDING_GRAMMAR: Grammar<RecordingFacet, RecordingRange> = {
  words: RECORDING_WORDS,
  fieldOf: (operator) => {
    const name = operator.toLowerCase();
    const all: readonly (RecordingFacet | RecordingRange)[] = [
      ...RECORDING_FACETS,
      ...RECORDING_RANGES,
    ];
    return all.find((field) => field === name);
  },
  isFacet: (field): field is RecordingFacet => RECORDING_FACETS.some((facet) => facet === field),
  parseRange: (field, text) => {
    if (field === 'rate') return parseNumberRange(text, HERTZ, false);
    if (field === 'duration') return parseNumberRange(text, SECONDS, false);
    return parseNumberRange(text, NO_UNIT, true);
  },
};

export type RecordingQuery = Query<RecordingFacet, RecordingRange>;

/** Reads what was typed. Never throws; what it cannot read is reported in `problems`. */
export function parseRecordingQuery(text: string): RecordingQuery {
  return parseQueryOf(RECORDING_GRAMMAR, text);
}
