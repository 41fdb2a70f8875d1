// The columns of the table of recordings, from the fields that lists of them have.

import { RECORDING_FIELDS, type FieldKind } from '../../core/recordings/recording-fields.ts';
import type { ColumnType, TableColumn } from './table-columns.ts';

const TYPES: Record<FieldKind, ColumnType> = {
  text: 'text',
  count: 'count',
  number: 'number',
  texts: 'list',
  counts: 'counts',
};

/** The columns, in order: where the file is, then what is recorded in it. */
export const RECORDING_COLUMNS: readonly Omit<TableColumn, 'value'>[] = [
  {
    name: 'dandiset',
    type: 'text',
    about: 'Identifier of the Dandiset, with the prefix of the archive.',
    isRequired: true,
  },
  {
    name: 'version',
    type: 'text',
    about: 'Its newest published version, or "draft" where nothing was published.',
    isRequired: true,
  },
  { name: 'path', type: 'text', about: 'Path of the file in the version.', isRequired: true },
  {
    name: 'source',
    type: 'text',
    about: '"file" where its bytes were read, "record" where only its record says what is in it.',
    isRequired: true,
  },
  ...RECORDING_FIELDS.map((field) => ({
    name: field.name,
    type: TYPES[field.kind],
    about: field.about,
    ...('unit' in field ? { unit: field.unit } : {}),
  })),
];
