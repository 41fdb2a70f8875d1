// What is in a file, in sentences for a reader. Every number is one of the file; counts of objects are lower
// bounds where the tree is incomplete.

import { countOf, formatCount } from '../text/format.ts';
import type { FileContents, RecordedObject } from './file-contents.ts';
import { formatRate, formatSeconds, listWords, sizeWords } from './quantity-words.ts';
import { sentenceRank, seriesWords } from './series-words.ts';

const MOST_SENTENCES = 40;

/** What only the tree of a file without neurodata types shows. */
export interface PlainFacts {
  /** The number of its arrays; undefined if it isn't known. */
  readonly arrays: number | undefined;
  readonly plate: { rows: number; columns: number; wells: number } | undefined;
  readonly isZarr: boolean;
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** ` at 30 kHz for 1 h 2 min`, as far as it is known; events have times of their own. */
function timeWords({ rate, duration, sweeps, events }: RecordedObject): string {
  if (events !== undefined) return '';
  const at = rate === undefined ? '' : ` at ${formatRate(rate)}`;
  if (duration === undefined || duration <= 0) return at;
  return sweeps === undefined
    ? `${at} for ${formatSeconds(duration)}`
    : ` of ${formatSeconds(duration)}${sweeps === 1 ? '' : ' each'}${at}`;
}

/** `, in CA1 and DG`; where only some are known, `, in CA1, and maybe elsewhere`. */
function regionWords({
  regions,
  regionsAreIncomplete,
}: Pick<RecordedObject, 'regions' | 'regionsAreIncomplete'>): string {
  if (regions.length === 0) return '';
  return `, in ${listWords(regions)}${regionsAreIncomplete === true ? ', and maybe elsewhere' : ''}`;
}

function imageWords(entry: RecordedObject): string {
  const { axes = [], shape = [], channels, levels } = entry;
  const sizeOf = (name: string): number | undefined => {
    const at = axes.findIndex((axis) => axis.name === name);
    return at < 0 ? undefined : shape[at];
  };
  const plane = [sizeOf('x'), sizeOf('y')].flatMap((size) => size ?? []);
  const frames = shape[axes.findIndex((axis) => axis.type === 'time')];
  const parts = [
    ...(plane.length === 2 ? [`${sizeWords(plane)} pixels`] : []),
    ...((sizeOf('z') ?? 1) > 1 ? [countOf(sizeOf('z') ?? 1, 'plane')] : []),
    ...((channels ?? 1) > 1 ? [countOf(channels ?? 1, 'channel')] : []),
    ...((frames ?? 1) > 1 ? [countOf(frames ?? 1, 'time point')] : []),
    ...(levels === undefined ? [] : [countOf(levels, 'resolution')]),
  ];
  return `image of ${parts.length === 0 ? 'unknown size' : listWords(parts, 8)}`;
}

/** One entry in words, without the final full stop. */
export function entryWords(entry: RecordedObject, isIncomplete = false): string {
  if (entry.levels !== undefined) return capital(imageWords(entry));
  const words = seriesWords(entry);
  const least = isIncomplete && entry.sweeps !== undefined ? 'at least ' : '';
  return capital(`${least}${words}${timeWords(entry)}${regionWords(entry)}`);
}

const SEXES = new Map([
  ['M', 'male'],
  ['F', 'female'],
]);

function subjectSentence({ subject }: FileContents): string[] {
  if (subject === undefined) return [];
  const { id, species, sex, age, strain } = subject;
  const facts = [species, strain, SEXES.get(sex ?? ''), age].filter((one) => one !== undefined);
  if (id === undefined && facts.length === 0) return [];
  return [`Subject ${[id, ...facts].filter((one) => one !== undefined).join(', ')}.`];
}

function placesSentences({ electrodes, devices }: FileContents): string[] {
  const sentences: string[] = [];
  if (electrodes !== undefined && electrodes.count > 0) {
    const { count, groups } = electrodes;
    const where = regionWords(electrodes);
    const split = groups.length > 1 ? ` in ${countOf(groups.length, 'group')}` : '';
    sentences.push(`${countOf(count, 'electrode')}${split}${where}.`);
  }
  if (devices.length > 0)
    sentences.push(
      `${devices.length === 1 ? 'Device' : 'Devices'}: ${listWords(devices.map(({ name }) => name))}.`,
    );
  return sentences;
}

function elementsOf({ shape = [] }: RecordedObject): number {
  return shape.reduce((product, size) => product * size, 1);
}

function plainSentences(contents: FileContents, plain: PlainFacts): string[] {
  const { arrays, plate, isZarr } = plain;
  const sentences: string[] = [];
  if (plate !== undefined)
    sentences.push(
      `Plate of ${countOf(plate.rows, 'row')} and ${countOf(plate.columns, 'column')} with images of ${countOf(plate.wells, 'well')}.`,
    );
  const listed = contents.recorded.filter(({ levels }) => levels === undefined);
  const count = arrays ?? listed.length;
  if (count > 0) {
    const least = arrays === undefined ? 'At least ' : '';
    const [largest] = [...listed].sort((a, b) => elementsOf(b) - elementsOf(a));
    const what =
      largest === undefined
        ? ''
        : `${count === 1 ? ' of' : ', the largest of'} ${sizeWords(largest.shape ?? [])} values (${largest.name})`;
    sentences.push(`${least}${countOf(count, isZarr ? 'array' : 'dataset')}${what}.`);
  }
  return sentences;
}

/** A name as it would be within a sentence: `intracellular_recordings` says no more than its count. */
function foldedName(name: string): string {
  return name.toLowerCase().replaceAll('_', ' ').replace(/s$/, '');
}

/** One sentence for entries that read the same, but for their names. */
function merged(entries: readonly RecordedObject[], isIncomplete: boolean): string[] {
  const byWords = new Map<string, RecordedObject[]>();
  for (const entry of entries) {
    const words = entryWords(entry, isIncomplete);
    const list = byWords.get(words);
    if (list === undefined) byWords.set(words, [entry]);
    else list.push(entry);
  }
  return [...byWords].map(([words, list]) => {
    if (list.every(({ sweeps }) => sweeps !== undefined)) return `${words}.`;
    const said = foldedName(words);
    const names = [...new Set(list.map(({ name }) => name))].filter(
      (name) => name !== '' && !said.includes(foldedName(name)),
    );
    return names.length === 0 ? `${words}.` : `${words} (${listWords(names)}).`;
  });
}

/** The sentences: what was recorded, by what it tells; the subject, electrodes and devices; what is missing. */
export function contentsSentences(contents: FileContents, plain?: PlainFacts): string[] {
  const isIncomplete = contents.isIncomplete === true;
  const named = contents.recorded.filter(
    (entry) => plain === undefined || entry.levels !== undefined,
  );
  const ranked = [...named].sort(
    (a, b) => sentenceRank(a) - sentenceRank(b) || (b.sweeps ?? 0) - (a.sweeps ?? 0),
  );
  const recorded = merged(ranked, isIncomplete);
  const shown = recorded.slice(0, MOST_SENTENCES);
  const rest = recorded.length - shown.length;
  return [
    ...shown,
    ...(rest > 0 ? [`${formatCount(rest)} more kinds of data.`] : []),
    ...(plain === undefined ? [] : plainSentences(contents, plain)),
    ...subjectSentence(contents),
    ...placesSentences(contents),
    ...(isIncomplete
      ? ['Not all of the file is listed: there may be more than these sentences say.']
      : []),
  ];
}
