// What the tree of a file means, in the words of neurophysiology.

import type { DataTree } from '../data-tree/data-tree.ts';
import { shownLine } from '../text/shown-text.ts';
import { contentsSentences } from './contents-sentences.ts';
import { ElectrodeSites } from './electrode-sites.ts';
import type { FileContents, RecordedObject } from './file-contents.ts';
import { groupSweeps } from './group-sweeps.ts';
import { omeImagesIn, omeVersion, plateOf, recordedOmeImage } from './ome-images.ts';
import { plainArrays } from './plain-arrays.ts';
import { recordedEntry, recordedSeries, type Reading } from './recorded-series.ts';
import { recordedImages, recordedTable } from './recorded-tables.ts';
import { devicesOf, sessionOf, subjectOf } from './session-parts.ts';
import { parentPath, TreeReader, type ReadObject } from './tree-reader.ts';
import { typeHierarchy } from './type-hierarchy.ts';

/** Entries of one file before they are grouped; more are not looked at, and the result is marked. */
const MOST_ENTRIES = 100_000;
/** Entries of one file after that. */
const MOST_RECORDED = 2000;

/** The release of NWB; undefined if the root is no NWB file. */
function nwbRelease(reading: Reading): string | undefined {
  const { reader, types } = reading;
  const root = reader.at('/');
  const version =
    reader.attributeText(root, 'nwb_version') ?? reader.text(root, 'nwb_version') ?? '';
  if (!types.isA(reader.typeOf(root), 'NWBFile') && version === '') return undefined;
  return `NWB ${shownLine(version.replace(/^NWB-/, ''), 30)}`.trim();
}

/** The type that decides how an object without a known one is read: by what is in it. */
function kindOf({ reader, types }: Reading, object: ReadObject, type: string): string | undefined {
  for (const kind of ['TimeSeries', 'Events', 'DynamicTable', 'Images'])
    if (types.isA(type, kind)) return kind;
  if (types.ancestors(type).length > 0 || object.kind !== 'group') return undefined;
  const has = (name: string): boolean => reader.member(object, name) !== undefined;
  if (has('data') && (has('timestamps') || has('starting_time'))) return 'TimeSeries';
  return reader.attribute(object, 'colnames') === undefined ? undefined : 'DynamicTable';
}

/** Tables that describe something else: electrodes, bands, and the categories of an aligned table. */
function isPart({ reader, types }: Reading, object: ReadObject, type: string): boolean {
  if (
    ['ElectrodesTable', 'FrequencyBandsTable', 'MeaningsTable'].some((one) => types.isA(type, one))
  )
    return true;
  if (object.path === '/general/extracellular_ephys/electrodes') return true;
  const parent = reader.typeOf(reader.at(parentPath(object.path)));
  return types.isA(type, 'DynamicTable') && types.isA(parent, 'AlignedDynamicTable');
}

function entriesOf(
  tree: DataTree,
  reading: Reading,
): { entries: RecordedObject[]; isCut: boolean } {
  const { reader, types } = reading;
  const entries: RecordedObject[] = [];
  for (const object of tree.objects) {
    if (object.kind !== 'group' || object.path === '/') continue;
    const type = reader.typeOf(object);
    if (type === undefined || isPart(reading, object, type)) continue;
    if (entries.length === MOST_ENTRIES) return { entries, isCut: true };
    const kind = kindOf(reading, object, type);
    if (kind === 'TimeSeries' || kind === 'Events')
      entries.push(recordedSeries(reading, object, type));
    else if (kind === 'DynamicTable') entries.push(recordedTable(reading, object, type));
    else if (kind === 'Images') entries.push(recordedImages(reading, object, type));
    else if (isOwnKind(reading, object, type)) entries.push(recordedEntry(reading, object, type));
  }
  // What a container of a type that isn't known holds is listed; then the container is only its place.
  const places = new Set(entries.flatMap(({ path }) => placesOf(path)));
  return {
    entries: entries.filter(
      ({ path, type }) => !places.has(path) || types.isA(type, 'DynamicTable'),
    ),
    isCut: false,
  };
}

function placesOf(path: string): string[] {
  const parts = path.split('/').slice(0, 33);
  return parts.slice(2).map((_, at) => parts.slice(0, at + 2).join('/'));
}

/** A type of an extension with data that none of the kinds above describes. */
function isOwnKind({ reader, types }: Reading, object: ReadObject, type: string): boolean {
  const isCore = reader.attribute(object, 'namespace') === 'core';
  return (
    !isCore &&
    types.isA(type, 'NWBDataInterface') &&
    reader.membersOf(object).some((member) => member.kind === 'dataset')
  );
}

/** Leaves out the parts that are undefined. */
function contentsOf(parts: {
  [K in keyof FileContents]: FileContents[K] | undefined;
}): FileContents {
  const present = Object.entries(parts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as unknown as FileContents;
}

function describeNwb(tree: DataTree, reading: Reading, standard: string): FileContents {
  const { reader, types, sites } = reading;
  const { entries, isCut } = entriesOf(tree, reading);
  const grouped = groupSweeps(entries);
  const isIncomplete = tree.omitted.length > 0 || isCut || grouped.length > MOST_RECORDED;
  const contents = contentsOf({
    standard,
    subject: subjectOf(reader),
    session: sessionOf(reader),
    devices: devicesOf(tree, reader, types),
    electrodes: sites.summary(),
    recorded: grouped.slice(0, MOST_RECORDED),
    sentences: [],
    isIncomplete: isIncomplete ? true : undefined,
  });
  return { ...contents, sentences: contentsSentences(contents) };
}

/** Pictures first, then arrays that belong to none of them. */
function describePlain(tree: DataTree, reading: Reading): FileContents {
  const { reader } = reading;
  const root = tree.objects.find(({ path }) => path === '/');
  const images = omeImagesIn(tree);
  const levels = new Set(images.flatMap((image) => image.levels));
  const { arrays, count } = plainArrays(tree, reader, ({ path }) => !levels.has(path));
  const version = omeVersion(root?.attributes) ?? images[0]?.version;
  const isOme = version !== undefined || images.length > 0;
  const isIncomplete = tree.omitted.length > 0 || count > arrays.length;
  const contents = contentsOf({
    standard: isOme ? `OME-Zarr ${shownLine(version ?? '', 20)}`.trim() : undefined,
    subject: undefined,
    session: undefined,
    devices: [],
    electrodes: undefined,
    recorded: [...images.map((image) => recordedOmeImage(reader, image)), ...arrays],
    sentences: [],
    isIncomplete: isIncomplete ? true : undefined,
  });
  const plate = plateOf(root?.kind === 'group' ? root : undefined);
  return {
    ...contents,
    sentences: contentsSentences(contents, {
      arrays: tree.omitted.length > 0 ? undefined : count,
      plate,
      isZarr: tree.format === 'zarr',
    }),
  };
}

/**
 * What a file holds. Never throws for a tree, whatever is in it: parts that are absent, of another type or in a
 * circle are left out. The work grows with the number of the tree's objects alone.
 */
export function describeContents(tree: DataTree): FileContents {
  const reader = new TreeReader(tree);
  const types = typeHierarchy(tree.types);
  const reading: Reading = { reader, types, sites: new ElectrodeSites(reader) };
  const standard = nwbRelease(reading);
  return standard === undefined
    ? describePlain(tree, reading)
    : describeNwb(tree, reading, standard);
}
