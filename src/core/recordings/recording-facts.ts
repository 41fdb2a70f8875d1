// What a file's contents say for the list of recordings.

import type { FileContents, RecordedObject } from '../nwb/file-contents.ts';
import { shownLine } from '../text/shown-text.ts';
import type { RecordingFacts } from './recording-fields.ts';

/** Names the bytes: the key of a blob, or the identifier of a Zarr. */
export type BytesKey = { readonly blob: string } | { readonly zarr: string };

const MOST_RECORDINGS = 500;
const MOST_VALUES = 50;
const MOST_SIZES = 8;
/** Types that nearly everything extends say nothing. */
const GENERAL = new Set([
  'Container',
  'Data',
  'NWBContainer',
  'NWBData',
  'NWBDataInterface',
  'VectorData',
]);
const SEXES = new Map([
  ['m', 'male'],
  ['male', 'male'],
  ['f', 'female'],
  ['female', 'female'],
  ['o', 'other'],
  ['other', 'other'],
  ['u', 'unknown'],
  ['unknown', 'unknown'],
]);

/** `M`, `Male` → `male`; undefined for anything that isn't a sex. */
export function sexWord(text: string | undefined): string | undefined {
  return SEXES.get((text ?? '').trim().toLowerCase());
}

/** The fields that have a value: texts that are not empty, lists with members. */
export function presentFacts(facts: {
  [Name in keyof RecordingFacts]: RecordingFacts[Name] | undefined;
}): RecordingFacts {
  const entries = Object.entries(facts).filter(
    ([, value]) =>
      value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(entries);
}

function line(text: string | undefined, most = 100): string | undefined {
  return text === undefined ? undefined : shownLine(text, most);
}

function lines(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => shownLine(text, 100)))].slice(0, MOST_VALUES);
}

function factsOf(entry: RecordedObject): RecordingFacts {
  const kinds = [entry.type ?? '', ...entry.extends, ...(entry.containers ?? [])];
  return presentFacts({
    // A path is carried as it is; one of such a length is of no use to anybody.
    object: entry.path.length > 1000 ? '/' : entry.path,
    type: line(entry.type),
    kinds: lines(kinds.filter((kind) => kind !== '' && !GENERAL.has(kind))),
    description: line(entry.description, 200),
    unit: line(entry.unit),
    shape: entry.shape?.slice(0, MOST_SIZES),
    rate: entry.rate,
    duration: entry.duration,
    channels: entry.channels,
    units: entry.units,
    rois: entry.rois,
    sweeps: entry.sweeps,
    events: entry.events,
    rows: entry.rows,
    regions: lines(entry.regions),
    devices: lines(entry.devices),
  });
}

/** One entry for each recorded object of a file, at most 500. */
export function recordingFacts(key: BytesKey, contents: FileContents): RecordingFacts[] {
  const { subject, session } = contents;
  const common = presentFacts({
    subject: line(subject?.id),
    session: line(session?.identifier),
    species: line(subject?.species),
    sex: sexWord(subject?.sex),
    age: line(subject?.age),
  });
  const found = contents.recorded.slice(0, MOST_RECORDINGS).map(factsOf);
  const all = found.length > 0 ? found : [{ object: '/' }];
  return all.map((facts) => ({ ...key, ...facts, ...common }));
}
