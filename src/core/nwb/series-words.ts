// How the field names what was recorded: the words for each neurodata type, and which of them comes first.

import { countOf } from '../text/format.ts';
import type { RecordedObject } from './file-contents.ts';
import { listWords, sizeWords } from './quantity-words.ts';

type Words = (entry: RecordedObject) => string;

const SWEEPS = new Map([
  ['CurrentClampSeries', 'current-clamp sweep'],
  ['IZeroClampSeries', 'sweep without injected current'],
  ['VoltageClampSeries', 'voltage-clamp sweep'],
  ['CurrentClampStimulusSeries', 'current-clamp stimulus'],
  ['VoltageClampStimulusSeries', 'voltage-clamp stimulus'],
  ['PatchClampSeries', 'patch-clamp sweep'],
]);

/** `SpatialSeries` → `spatial series`. */
function spelledType(type: string): string {
  return type
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

function pluralOf(one: string): string {
  return /stimulus$/.test(one) ? one.replace(/us$/, 'i') : /series$/.test(one) ? one : `${one}s`;
}

function sweepWords(entry: RecordedObject): string {
  const type = [entry.type ?? '', ...entry.extends].find((one) => SWEEPS.has(one)) ?? '';
  const one = SWEEPS.get(type) ?? 'sweep';
  return countOf(entry.sweeps ?? 1, one, pluralOf(one));
}

/** `384 channels`, and of what. */
function channelWords(what: string): Words {
  return ({ channels }) =>
    channels === undefined
      ? what
      : `${what === '' ? '' : `${what}: `}${countOf(channels, 'channel')}`;
}

/** Frames: the sizes of one, as NWB has them, width before height. */
function frameWords(what: string): Words {
  return ({ shape = [], externalFiles }) => {
    if (externalFiles.length > 0)
      return `${what} in ${countOf(externalFiles.length, 'external file')}`;
    const frame = shape.slice(1, 4);
    const frames = shape[0] === undefined ? '' : `${countOf(shape[0], 'frame')} of `;
    return frame.length < 2 ? what : `${what}: ${frames}${sizeWords(frame)} pixels`;
  };
}

function rowWords(one: string, many = pluralOf(one)): Words {
  return ({ rows }) => (rows === undefined ? many : countOf(rows, one, many));
}

/** Trials and epochs by the names of their tables. */
function intervalWords(entry: RecordedObject): string {
  if (entry.rows === undefined) return `intervals`;
  if (entry.name === 'trials') return countOf(entry.rows, 'trial');
  if (entry.name === 'epochs') return countOf(entry.rows, 'epoch');
  return countOf(entry.rows, 'interval');
}

function tableWords({ rows, columns = [] }: RecordedObject): string {
  const size = rows === undefined ? 'table' : `table of ${countOf(rows, 'row')}`;
  return columns.length === 0 ? size : `${size} with ${listWords(columns)}`;
}

function eventWords({ events }: RecordedObject): string {
  return events === undefined ? 'events' : countOf(events, 'event');
}

/** The words by type, and the place among the sentences; the nearest type that is here decides. */
const WORDS: readonly (readonly [type: string, rank: number, words: Words])[] = [
  [
    'SpikeEventSeries',
    12,
    (entry) =>
      `${entry.events === undefined ? 'spike events' : countOf(entry.events, 'spike event')}${entry.channels === undefined ? '' : ` on ${countOf(entry.channels, 'channel')}`}`,
  ],
  [
    'ElectricalSeries',
    0,
    (entry) => channelWords(entry.containers?.[0] === 'LFP' ? 'LFP' : '')(entry),
  ],
  ['Units', 1, ({ units }) => (units === undefined ? 'units' : countOf(units, 'unit'))],
  ['PatchClampSeries', 2, sweepWords],
  ['CurrentClampStimulusSeries', 2.5, sweepWords],
  ['VoltageClampStimulusSeries', 2.5, sweepWords],
  ['TwoPhotonSeries', 3, frameWords('two-photon imaging')],
  ['OnePhotonSeries', 3, frameWords('one-photon imaging')],
  ['PlaneSegmentation', 4, ({ rois }) => (rois === undefined ? 'ROIs' : countOf(rois, 'ROI'))],
  [
    'RoiResponseSeries',
    5,
    ({ rois }) =>
      rois === undefined ? 'fluorescence of ROIs' : `responses of ${countOf(rois, 'ROI')}`,
  ],
  ['OptogeneticSeries', 6, () => 'optogenetic stimulation'],
  ['TimeIntervals', 7, intervalWords],
  ['SpatialSeries', 8, spatialWords],
  ['EventsTable', 9, eventWords],
  ['AnnotatedEventsTable', 9, rowWords('kind of event', 'kinds of events')],
  ['Events', 9, eventWords],
  [
    'AnnotationSeries',
    9,
    ({ events }) => (events === undefined ? 'annotations' : countOf(events, 'annotation')),
  ],
  ['DecompositionSeries', 10, channelWords('spectral decomposition')],
  ['IndexSeries', 11, () => 'stimuli by the index of their image'],
  ['OpticalSeries', 11, frameWords('presented images')],
  ['ImageSeries', 11, frameWords('images')],
  ['Images', 13, ({ images }) => countOf(images ?? 0, 'picture')],
  ['IntracellularRecordingsTable', 14, rowWords('intracellular recording')],
  ['DynamicTable', 20, tableWords],
];
const BY_TYPE = new Map(WORDS.map(([type, rank, words]) => [type, { rank, words }]));

const CONTAINER_WORDS = new Map([
  ['Position', 'position'],
  ['CompassDirection', 'head direction'],
  ['EyeTracking', 'eye tracking'],
  ['PupilTracking', 'pupil'],
  ['BehavioralTimeSeries', 'behavior'],
  ['BehavioralEvents', 'behavioral events'],
  ['BehavioralEpochs', 'behavioral epochs'],
  ['PoseEstimation', 'pose'],
]);

function spatialWords({ containers = [], shape = [], type }: RecordedObject): string {
  const what =
    CONTAINER_WORDS.get(containers[0] ?? '') ??
    (type === 'PoseEstimationSeries' ? 'pose' : 'spatial series');
  const dimensions = shape.length < 2 ? 1 : shape[1];
  return dimensions === undefined || dimensions < 2 ? what : `${what} in ${dimensions} dimensions`;
}

function kindOf(entry: RecordedObject): { rank: number; words: Words } | undefined {
  for (const type of [entry.type ?? '', ...entry.extends]) {
    const found = BY_TYPE.get(type);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What an entry is, with its number: `384 channels`, `312 units`, `600 current-clamp sweeps`. */
export function seriesWords(entry: RecordedObject): string {
  const kind = kindOf(entry);
  const { sweeps, extends: ancestors } = entry;
  const isSweep = [entry.type, ...ancestors].includes('PatchClampSeries');
  if (sweeps !== undefined && !isSweep) {
    const one = spelledType(entry.type ?? 'series');
    return countOf(sweeps, one, pluralOf(one));
  }
  if (kind !== undefined) return kind.words(entry);
  const container = CONTAINER_WORDS.get(entry.containers?.[0] ?? '');
  if (container !== undefined) return container;
  const what =
    entry.type === undefined || entry.type === 'TimeSeries'
      ? 'time series'
      : spelledType(entry.type);
  const columns = entry.shape?.length === 2 ? entry.shape[1] : undefined;
  return columns === undefined ? what : `${what} with ${countOf(columns, 'column')}`;
}

/** Where an entry comes among the sentences: the most telling first, raw signals before what was made of them. */
export function sentenceRank(entry: RecordedObject): number {
  return kindOf(entry)?.rank ?? 15;
}
