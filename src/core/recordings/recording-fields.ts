// One recorded object of one file, as lists, tables and searches have it: the fields as data, from which the
// written form, its parser and the table's columns follow.

/** Text of one line, a whole number, any finite number, or a list of texts or of whole numbers. */
export type FieldKind = 'text' | 'count' | 'number' | 'texts' | 'counts';

export interface RecordingField {
  readonly name: string;
  readonly kind: FieldKind;
  readonly unit?: string;
  /** One sentence for users of the table. */
  readonly about: string;
}

/** In the order of the written form; the first two identify the bytes and the object in them. */
export const RECORDING_FIELDS = [
  { name: 'blob', kind: 'text', about: 'SHA-256 of the file, or its identifier at DANDI.' },
  { name: 'zarr', kind: 'text', about: 'Identifier of the Zarr, where it is one.' },
  {
    name: 'object',
    kind: 'text',
    about: 'Path of the object in the file; of many alike, the first.',
  },
  { name: 'type', kind: 'text', about: 'Neurodata type.' },
  {
    name: 'kinds',
    kind: 'texts',
    about: 'That type, the types it extends, and the containers that the object is in.',
  },
  { name: 'description', kind: 'text', about: 'Description in the file, at most 200 characters.' },
  { name: 'unit', kind: 'text', about: 'Unit of the values, such as volts.' },
  { name: 'shape', kind: 'counts', about: 'Sizes of the dimensions, time first.' },
  {
    name: 'rate',
    kind: 'number',
    unit: 'hertz',
    about: 'Samples a second, as stated or by the time stamps.',
  },
  {
    name: 'duration',
    kind: 'number',
    unit: 'second',
    about: 'Time from the first sample to the end.',
  },
  { name: 'channels', kind: 'count', about: 'Number of channels.' },
  { name: 'units', kind: 'count', about: 'Number of sorted units.' },
  { name: 'rois', kind: 'count', about: 'Number of regions of interest.' },
  { name: 'sweeps', kind: 'count', about: 'Number of series that the row stands for.' },
  { name: 'events', kind: 'count', about: 'Number of events.' },
  { name: 'rows', kind: 'count', about: 'Number of rows, of a table.' },
  { name: 'regions', kind: 'texts', about: 'Brain regions, as the file names them.' },
  { name: 'devices', kind: 'texts', about: 'Devices: probes, microscopes, amplifiers.' },
  { name: 'subject', kind: 'text', about: 'Identifier of the subject.' },
  { name: 'session', kind: 'text', about: 'Identifier of the session.' },
  { name: 'species', kind: 'text', about: 'Species, as the file or the record names it.' },
  { name: 'sex', kind: 'text', about: 'One of male, female, other, unknown.' },
  { name: 'age', kind: 'text', about: 'Age, usually as an ISO 8601 duration.' },
] as const satisfies readonly RecordingField[];

type FieldName = (typeof RECORDING_FIELDS)[number]['name'];
type KindOf<Name extends FieldName> = Extract<
  (typeof RECORDING_FIELDS)[number],
  { name: Name }
>['kind'];
type ValueOf<Kind extends FieldKind> = Kind extends 'text'
  ? string
  : Kind extends 'texts'
    ? readonly string[]
    : Kind extends 'counts'
      ? readonly number[]
      : number;

/**
 * What is known of one recorded object from the bytes of its file, which `blob` or `zarr` names. A file in which
 * nothing was found has one entry without a type, for `/`.
 */
export type RecordingFacts = { readonly [Name in FieldName]?: ValueOf<KindOf<Name>> };
