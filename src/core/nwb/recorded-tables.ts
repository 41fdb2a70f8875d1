// Tables of an NWB file, and containers of pictures, as entries of what was recorded.

import type { RecordedObject } from './file-contents.ts';
import { joinedSites, type Sites } from './electrode-sites.ts';
import { recordedEntry, type Reading } from './recorded-series.ts';
import { nameInTree, sizesOf, type ReadObject } from './tree-reader.ts';
import { shownLine } from '../text/shown-text.ts';

const MOST_COLUMNS = 100;

/** The columns that a table names, else those that are in it. */
function columnsOf({ reader }: Reading, table: ReadObject): string[] {
  const named = reader.attribute(table, 'colnames');
  const names = Array.isArray(named)
    ? named.filter((name) => typeof name === 'string')
    : reader
        .membersOf(table)
        .map(({ path }) => nameInTree(path))
        .filter((name) => name !== 'id' && !name.endsWith('_index'));
  return names.slice(0, MOST_COLUMNS).map((name) => shownLine(name, 100));
}

/** Rows by the table's identifiers, else by the first column that is not split by an index. */
function rowsOf(
  { reader }: Reading,
  table: ReadObject,
  columns: readonly string[],
): number | undefined {
  const ids = sizesOf(reader.member(table, 'id'))?.[0];
  if (ids !== undefined) return ids;
  for (const name of columns) {
    const column = reader.member(table, `${name}_index`) ?? reader.member(table, name);
    const rows = sizesOf(column)?.[0];
    if (rows !== undefined) return rows;
  }
  return undefined;
}

/** Where the cells of a table of units or of regions of interest are. */
function sitesOfTable({ reader, sites, types }: Reading, table: ReadObject, type: string): Sites {
  if (types.isA(type, 'PlaneSegmentation'))
    return sites.siteOf(reader.member(table, 'imaging_plane'));
  if (!types.isA(type, 'Units')) return { regions: [], devices: [] };
  const groups = reader.column(reader.member(table, 'electrode_group'));
  const ofGroups = sites.sitesOfReferences(groups.values);
  const isCut = groups.values.length > 0 && !groups.isWhole;
  const found = joinedSites([
    sites.ofRegion(reader.member(table, 'electrodes')),
    { ...ofGroups, ...(isCut ? { regionsAreIncomplete: true as const } : {}) },
  ]);
  const own = sites.ofOwnColumns(table);
  return own === undefined ? found : { devices: found.devices, ...own };
}

/** A table: of units, of regions of interest, of intervals, or any other. */
export function recordedTable(reading: Reading, table: ReadObject, type: string): RecordedObject {
  const { types } = reading;
  const columns = columnsOf(reading, table);
  const rows = rowsOf(reading, table, columns);
  const isEvents = types.isA(type, 'EventsTable') || types.isA(type, 'AnnotatedEventsTable');
  return {
    ...recordedEntry(reading, table, type),
    ...(rows === undefined ? {} : { rows }),
    ...(rows !== undefined && types.isA(type, 'Units') ? { units: rows } : {}),
    ...(rows !== undefined && types.isA(type, 'PlaneSegmentation') ? { rois: rows } : {}),
    ...(rows !== undefined && isEvents && types.isA(type, 'EventsTable') ? { events: rows } : {}),
    ...(columns.length === 0 ? {} : { columns }),
    ...sitesOfTable(reading, table, type),
  };
}

/** A container of pictures. */
export function recordedImages(
  reading: Reading,
  container: ReadObject,
  type: string,
): RecordedObject {
  const { reader, types } = reading;
  const images = reader
    .membersOf(container)
    .filter((member) => types.isA(reader.typeOf(member), 'BaseImage'));
  const sizes = images.map((image) => sizesOf(image));
  const [first] = sizes;
  const isAlike = sizes.every((shape) => String(shape) === String(first));
  return {
    ...recordedEntry(reading, container, type),
    images: images.length,
    ...(first !== undefined && isAlike ? { shape: first.slice(0, 4) } : {}),
  };
}
