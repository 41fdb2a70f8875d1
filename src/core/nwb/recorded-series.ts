// One time series of an NWB file as an entry of what was recorded.

import type { RecordedObject } from './file-contents.ts';
import { joinedSites, type ElectrodeSites, type Sites } from './electrode-sites.ts';
import {
  finiteNumber,
  nameInTree,
  parentPath,
  sizesOf,
  type ReadObject,
  type TreeReader,
} from './tree-reader.ts';
import { timeBaseOf } from './time-base.ts';
import type { TypeHierarchy } from './type-hierarchy.ts';

/** What the parts of a file are read with. */
export interface Reading {
  readonly reader: TreeReader;
  readonly types: TypeHierarchy;
  readonly sites: ElectrodeSites;
}

const MOST_CONTAINERS = 8;
const MOST_DEPTH = 64;
const MOST_DIMENSIONS = 32;

/** The types of the groups that an object is in, the nearest first; the file itself is not among them. */
export function containersOf({ reader }: Pick<Reading, 'reader'>, path: string): string[] {
  const found: string[] = [];
  let at = parentPath(path);
  for (let steps = 0; at !== '/' && steps < MOST_DEPTH; steps += 1) {
    const type = reader.typeOf(reader.at(at));
    if (type !== undefined) found.push(type);
    at = parentPath(at);
  }
  return found.slice(0, MOST_CONTAINERS);
}

/** What every entry has: its place, type, description and containers. */
export function recordedEntry(
  reading: Reading,
  object: ReadObject,
  type: string | undefined,
): RecordedObject {
  const { reader, types } = reading;
  const description = reader.attributeText(object, 'description');
  const containers = containersOf(reading, object.path);
  return {
    path: object.path,
    name: nameInTree(object.path),
    ...(type === undefined ? {} : { type }),
    extends: type === undefined ? [] : types.ancestors(type),
    ...(description === undefined || /^no description\.?$/i.test(description)
      ? {}
      : { description }),
    ...(containers.length === 0 ? {} : { containers }),
    regions: [],
    devices: [],
    externalFiles: [],
  };
}

/** Where the signal of a series comes from: through its electrodes, its plane, its site or its electrode. */
function sitesOfSeries({ reader, sites }: Reading, series: ReadObject): Sites {
  const direct = ['electrode', 'imaging_plane', 'site'].map((name) =>
    sites.siteOf(reader.member(series, name)),
  );
  const rois = reader.member(series, 'rois');
  const segmentation = reader.referenced(reader.attribute(rois, 'table'));
  const plane = sites.siteOf(reader.member(segmentation, 'imaging_plane'));
  const device = reader.member(series, 'device');
  return joinedSites([
    sites.ofRegion(reader.member(series, 'electrodes')),
    ...direct,
    plane,
    { regions: [], devices: device === undefined ? [] : [nameInTree(device.path)] },
  ]);
}

interface Counts {
  readonly samples?: number | undefined;
  readonly channels?: number | undefined;
  readonly rois?: number | undefined;
  readonly events?: number | undefined;
}

/** What the sizes of a series' values mean; a series that was written the wrong way round has no samples. */
function countsOf(
  reading: Reading,
  series: ReadObject,
  type: string,
  shape: readonly number[],
): Counts {
  const { reader, types } = reading;
  const [samples, second] = shape;
  const columns = shape.length < 2 ? 1 : second;
  if (types.isA(type, 'SpikeEventSeries')) {
    const electrodes = sizesOf(reader.member(series, 'electrodes'))?.[0];
    return { samples, events: samples, channels: shape.length > 2 ? second : electrodes };
  }
  if (types.isA(type, 'ElectricalSeries')) {
    const electrodes = sizesOf(reader.member(series, 'electrodes'))?.[0];
    if (electrodes === undefined || electrodes === columns) return { samples, channels: columns };
    return samples === electrodes && shape.length > 1
      ? { channels: electrodes }
      : { samples, channels: columns };
  }
  if (types.isA(type, 'RoiResponseSeries')) {
    const rois = sizesOf(reader.member(series, 'rois'))?.[0];
    if (rois === undefined || rois === columns) return { samples, rois: columns };
    return samples === rois && shape.length > 1 ? { rois } : { samples, rois: columns };
  }
  if (types.isA(type, 'DecompositionSeries')) return { samples, channels: second };
  if (types.isA(type, 'AnnotationSeries') || types.isA(type, 'Events')) return { events: samples };
  return { samples };
}

/** The paths of media outside of the file, as it writes them. */
function externalFilesOf({ reader }: Reading, series: ReadObject): string[] {
  return reader.texts(series, 'external_file');
}

/** The number of frames that external media have, as far as the file says so. */
function framesOf({ reader }: Reading, series: ReadObject): number | undefined {
  const stated =
    finiteNumber(reader.scalar(reader.member(series, 'num_samples'))) ??
    reader.attributeNumber(series, 'num_samples');
  return stated ?? sizesOf(reader.member(series, 'timestamps'))?.[0];
}

/** A series; of a type that isn't known, what the names of its parts mean. */
export function recordedSeries(reading: Reading, series: ReadObject, type: string): RecordedObject {
  const { reader, types } = reading;
  const data = reader.member(series, 'data');
  const sizes = sizesOf(data) ?? sizesOf(reader.member(series, 'timestamps'));
  const shape = (sizes ?? []).slice(0, MOST_DIMENSIONS);
  const externalFiles = externalFilesOf(reading, series);
  const isExternal = externalFiles.length > 0;
  const { samples, channels, rois, events } =
    isExternal || shape.length === 0
      ? { samples: framesOf(reading, series) }
      : countsOf(reading, series, type, shape);
  const unit =
    reader.attributeText(data, 'unit') ??
    (types.isA(type, 'SpikeEventSeries') ? 'volts' : undefined);
  const conversion = reader.attributeNumber(data, 'conversion');
  return {
    ...recordedEntry(reading, series, type),
    ...(unit === undefined ? {} : { unit }),
    ...(conversion === undefined || conversion === 1 ? {} : { conversion }),
    ...(shape.length === 0 || isExternal ? {} : { shape }),
    ...timeBaseOf(reader, series, samples),
    ...(channels === undefined ? {} : { channels }),
    ...(rois === undefined ? {} : { rois }),
    ...(events === undefined ? {} : { events }),
    ...sitesOfSeries(reading, series),
    externalFiles,
  };
}
