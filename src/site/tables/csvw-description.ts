// The description of the CSV table for programs: CSV on the Web, W3C Recommendation.

import type { Archive } from '../../core/records/archive.ts';
import { LIST_SEPARATOR } from './csv-table.ts';
import type { ColumnType, TableColumn } from './table-columns.ts';

const DATATYPES: Record<ColumnType, string> = {
  text: 'string',
  address: 'anyURI',
  list: 'string',
  count: 'nonNegativeInteger',
  counts: 'nonNegativeInteger',
  number: 'double',
  'yes or no': 'boolean',
  day: 'date',
  time: 'dateTime',
};

function describedColumn({ name, type, unit, about, isRequired }: TableColumn): object {
  return {
    name,
    titles: name,
    'dc:description': about,
    datatype: DATATYPES[type],
    ...(type === 'list' || type === 'counts' ? { separator: LIST_SEPARATOR } : {}),
    ...(unit === undefined ? {} : { 'schema:unitText': unit }),
    ...(isRequired === true ? { required: true } : {}),
  };
}

/** The description of a CSV file in the same folder. */
export function csvwDescription(
  archive: Pick<Archive, 'name' | 'site'>,
  file: string,
  columns: readonly TableColumn[],
): object {
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    url: file,
    'dc:title': `Dandisets of ${archive.name}`,
    'dc:description':
      'One row a Dandiset: its newest published version, else its draft. A text that a spreadsheet would take for a formula begins with an apostrophe.',
    'dc:source': { '@id': archive.site },
    dialect: { encoding: 'utf-8', lineTerminators: ['\r\n'], header: true },
    tableSchema: {
      primaryKey: 'identifier',
      aboutUrl: '{+url}',
      columns: columns.map(describedColumn),
    },
  };
}
