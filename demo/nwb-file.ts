// NWB 2 files on top of HDF5: the header every file has, objects with their type and id, time series and
// tables. What the kinds of experiment add is in nwb-ecephys.ts and its siblings.

import type { Species } from './species.ts';
import { uuidOf } from './uuid.ts';
import {
  float32,
  float64,
  hdf5Bytes,
  type Attributes,
  type Hdf5File,
  type Hdf5Value,
  type NumberArray,
} from './hdf5-file.ts';

const NWB_VERSION = '2.9.0';

const COMMON_TYPES = new Set([
  'DynamicTable',
  'DynamicTableRegion',
  'ElementIdentifiers',
  'VectorData',
  'VectorIndex',
]);

export interface NwbSubject {
  id: string;
  /** Latin binomial. */
  species: Species;
  sex: 'M' | 'F' | 'U';
  /** ISO 8601 duration since birth. */
  age: string;
  description: string;
  strain?: string;
  genotype?: string;
  weight?: string;
}

export interface NwbSession {
  subject: NwbSubject;
  sessionId: string;
  /** ISO 8601 with offset. */
  start: string;
  description: string;
  experiment: string;
  experimenters: string[];
  lab: string;
  institution: string;
  keywords: string[];
  publications?: string[];
}

export interface Column {
  name: string;
  description: string;
  values: Hdf5Value;
  type?: string;
  attributes?: Attributes;
  shape?: number[];
}

export interface Series {
  description: string;
  data: NumberArray;
  unit: string;
  /** Dimensions of the data, time first; a plain list by default. */
  shape?: number[];
  conversion?: number;
  /** Samples per second, with the time of the first; or the time of each sample. */
  timing: { rate: number; start?: number } | { timestamps: Float64Array };
  comments?: string;
  attributes?: Attributes;
}

export class NwbFile {
  /** Every neurodata type written so far. */
  readonly types = new Set<string>();
  readonly hdf5: Hdf5File;
  private readonly seed: string;

  constructor(hdf5: Hdf5File, seed: string) {
    this.hdf5 = hdf5;
    this.seed = seed;
  }

  /** The attributes that make the object at a path an NWB object of a type. */
  private typed(at: string, type: string): Attributes {
    this.types.add(type);
    return {
      namespace: COMMON_TYPES.has(type) ? 'hdmf-common' : 'core',
      neurodata_type: type,
      object_id: uuidOf(this.seed, at),
    };
  }

  object(at: string, type: string, attributes: Attributes = {}): void {
    this.hdf5.group(at, { ...this.typed(at, type), ...attributes });
  }

  typedData(
    at: string,
    type: string,
    value: Hdf5Value,
    attributes: Attributes,
    shape?: number[],
  ): void {
    this.hdf5.dataset(at, value, { ...this.typed(at, type), ...attributes }, shape);
  }

  device(name: string, description: string): string {
    const at = `/general/devices/${name}`;
    this.object(at, 'Device', { description });
    return at;
  }

  processing(name: string, description: string): string {
    const at = `/processing/${name}`;
    this.object(at, 'ProcessingModule', { description });
    return at;
  }

  series(at: string, type: string, series: Series): void {
    this.object(at, type, {
      description: series.description,
      comments: series.comments ?? 'Simulated.',
      ...series.attributes,
    });
    this.hdf5.dataset(
      `${at}/data`,
      series.data,
      {
        unit: series.unit,
        conversion: float32(series.conversion ?? 1),
        offset: float32(0),
        resolution: float32(-1),
      },
      series.shape,
    );
    this.timing(at, series.timing);
  }

  timing(at: string, timing: Series['timing']): void {
    if ('timestamps' in timing) {
      this.hdf5.dataset(`${at}/timestamps`, timing.timestamps, {
        interval: { single: Int32Array.of(1) },
        unit: 'seconds',
      });
      return;
    }
    this.hdf5.dataset(`${at}/starting_time`, float64(timing.start ?? 0), {
      rate: float32(timing.rate),
      unit: 'seconds',
    });
  }

  table(at: string, type: string, description: string, rows: number, columns: Column[]): void {
    const named = columns.filter((column) => column.type !== 'VectorIndex');
    this.object(at, type, { description, colnames: named.map((column) => column.name) });
    const ids = Int32Array.from({ length: rows }, (_, row) => row);
    this.typedData(`${at}/id`, 'ElementIdentifiers', ids, {});
    for (const column of columns) {
      this.typedData(
        `${at}/${column.name}`,
        column.type ?? 'VectorData',
        column.values,
        { description: column.description, ...column.attributes },
        column.shape,
      );
    }
  }

  /** A column that points to rows of a table. */
  region(at: string, table: string, description: string, rows: Int32Array): void {
    this.typedData(at, 'DynamicTableRegion', rows, { description, table: { to: table } });
  }

  intervals(name: string, description: string, bounds: [number, number][], more: Column[]): void {
    this.table(`/intervals/${name}`, 'TimeIntervals', description, bounds.length, [
      column(
        'start_time',
        'Start of the interval, in seconds.',
        Float64Array.from(bounds, ([start]) => start),
      ),
      column(
        'stop_time',
        'End of the interval, in seconds.',
        Float64Array.from(bounds, ([, stop]) => stop),
      ),
      ...more,
    ]);
  }
}

export function column(name: string, description: string, values: Hdf5Value): Column {
  return { name, description, values };
}

/** The two columns of a ragged list: the values of all rows, one after another, and where each row ends. */
export function raggedColumns(
  name: string,
  description: string,
  table: string,
  rows: readonly (readonly number[])[],
): Column[] {
  const ends: number[] = [];
  for (const row of rows) ends.push((ends.at(-1) ?? 0) + row.length);
  return [
    column(name, description, Float64Array.from(rows.flat())),
    {
      name: `${name}_index`,
      description: `Where each row of ${name} ends.`,
      type: 'VectorIndex',
      values: Uint32Array.from(ends),
      attributes: { target: { to: `${table}/${name}` } },
    },
  ];
}

function writeHeader(nwb: NwbFile, identifier: string, session: NwbSession): void {
  const { hdf5 } = nwb;
  nwb.object('/', 'NWBFile', { nwb_version: NWB_VERSION });
  hdf5.dataset('/identifier', identifier);
  hdf5.dataset('/session_description', session.description);
  hdf5.dataset('/session_start_time', session.start);
  hdf5.dataset('/timestamps_reference_time', session.start);
  hdf5.dataset('/file_create_date', [session.start]);
  for (const group of [
    'acquisition',
    'analysis',
    'processing',
    'stimulus/presentation',
    'stimulus/templates',
  ]) {
    hdf5.group(`/${group}`);
  }
  hdf5.dataset('/general/experimenter', session.experimenters);
  hdf5.dataset('/general/experiment_description', session.experiment);
  hdf5.dataset('/general/session_id', session.sessionId);
  hdf5.dataset('/general/lab', session.lab);
  hdf5.dataset('/general/institution', session.institution);
  hdf5.dataset('/general/keywords', session.keywords);
  if (session.publications !== undefined) {
    hdf5.dataset('/general/related_publications', session.publications);
  }
  const { subject } = session;
  nwb.object('/general/subject', 'Subject');
  hdf5.dataset('/general/subject/subject_id', subject.id);
  hdf5.dataset('/general/subject/species', subject.species);
  hdf5.dataset('/general/subject/sex', subject.sex);
  hdf5.dataset('/general/subject/age', subject.age, { reference: 'birth' });
  hdf5.dataset('/general/subject/description', subject.description);
  for (const key of ['strain', 'genotype', 'weight'] as const) {
    const value = subject[key];
    if (value !== undefined) hdf5.dataset(`/general/subject/${key}`, value);
  }
}

export interface WrittenNwb {
  bytes: Uint8Array;
  /** Types of the objects inside, from which the metadata of the asset is derived. */
  types: ReadonlySet<string>;
}

function identifierOf({ subject, sessionId, start, experiment }: NwbSession): string {
  return uuidOf(subject.id, sessionId, start, experiment);
}

/** The id of an object in a session's file: videos next to the file are named after it. */
export function objectIdOf(session: NwbSession, at: string): string {
  return uuidOf(identifierOf(session), at);
}

/** The NWB file of a session; `fill` adds what was recorded. */
export async function nwbFile(
  session: NwbSession,
  fill: (nwb: NwbFile) => void,
): Promise<WrittenNwb> {
  const identifier = identifierOf(session);
  let types: ReadonlySet<string> = new Set();
  const bytes = await hdf5Bytes((hdf5) => {
    const nwb = new NwbFile(hdf5, identifier);
    writeHeader(nwb, identifier, session);
    fill(nwb);
    types = nwb.types;
  });
  return { bytes, types };
}
