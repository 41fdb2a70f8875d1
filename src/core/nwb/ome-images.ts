// Pictures of an OME-Zarr: what `multiscales` of its groups say, in the forms of OME-Zarr 0.1 to 0.5.

import type { DataTree, TreeGroup } from '../data-tree/data-tree.ts';
import { listMember, member, textMember } from '../json/json-text.ts';
import { shownLine } from '../text/shown-text.ts';
import type { AxisSummary, RecordedObject } from './file-contents.ts';
import { finiteNumber, nameInTree, sizesOf, type TreeReader } from './tree-reader.ts';

/** One picture: its axes and the paths of its resolutions, the largest first. */
export interface OmeImage {
  readonly group: string;
  readonly name: string;
  readonly version?: string;
  readonly axes: readonly AxisSummary[];
  /** Absolute paths of arrays. */
  readonly levels: readonly string[];
  /** Of the `omero` block: labels, colours and windows of the channels, as written. */
  readonly channels: readonly unknown[];
}

/** What an entry of `recorded` has as its type for such a picture. */
export const OME_IMAGE = 'OME-Zarr image';

const MOST_IMAGES = 500;
const MOST_LEVELS = 32;
const MOST_AXES = 8;
/** The axes of versions before 0.3, which had no names for them. */
const FIRST_AXES = ['t', 'c', 'z', 'y', 'x'];

/** The OME block of a group: below `ome` since 0.5, the attributes themselves before. */
export function omeBlock(attributes: unknown): unknown {
  const ome = member(attributes, 'ome');
  return typeof ome === 'object' && ome !== null && !Array.isArray(ome) ? ome : attributes;
}

function axesOf(multiscale: unknown, dataset: unknown): AxisSummary[] {
  const given = listMember(multiscale, 'axes');
  const axes: unknown[] = given.length > 0 ? given : FIRST_AXES;
  const scale = listMember(dataset, 'coordinateTransformations')
    .filter((one) => textMember(one, 'type') === 'scale')
    .map((one) => listMember(one, 'scale'))[0];
  return axes.slice(0, MOST_AXES).map((axis, at) => {
    const name = typeof axis === 'string' ? axis : (textMember(axis, 'name') ?? '');
    const type =
      textMember(axis, 'type') ??
      (name === 't'
        ? 'time'
        : name === 'c'
          ? 'channel'
          : /^[xyz]$/.test(name)
            ? 'space'
            : undefined);
    const unit = textMember(axis, 'unit');
    const step = finiteNumber(scale?.[at]);
    return {
      name: shownLine(name, 20),
      ...(type === undefined ? {} : { type: shownLine(type, 20) }),
      ...(unit === undefined ? {} : { unit: shownLine(unit, 40) }),
      ...(step === undefined || type === 'channel' ? {} : { step }),
    };
  });
}

/** A path of a level below its group; undefined for one that leaves the group. */
function levelPath(group: string, path: unknown): string | undefined {
  if (typeof path !== 'string' || path.length > 500) return undefined;
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0 || parts.includes('..')) return undefined;
  return `${group === '/' ? '' : group}/${parts.join('/')}`;
}

/** The pictures that the attributes of one group describe. */
export function omeImagesOf(group: string, attributes: unknown): OmeImage[] {
  const block = omeBlock(attributes);
  const channels = listMember(member(block, 'omero'), 'channels').slice(0, 100);
  return listMember(block, 'multiscales')
    .slice(0, 20)
    .flatMap((multiscale): OmeImage[] => {
      const datasets = listMember(multiscale, 'datasets').slice(0, MOST_LEVELS);
      const levels = datasets.flatMap((one) => levelPath(group, textMember(one, 'path')) ?? []);
      if (levels.length === 0) return [];
      const version = textMember(block, 'version') ?? textMember(multiscale, 'version');
      return [
        {
          group,
          name: shownLine(textMember(multiscale, 'name') ?? nameInTree(group), 100),
          ...(version === undefined ? {} : { version: shownLine(version, 20) }),
          axes: axesOf(multiscale, datasets[0]),
          levels,
          channels,
        },
      ];
    });
}

/** All pictures of a tree, in its order. */
export function omeImagesIn(tree: Pick<DataTree, 'objects'>): OmeImage[] {
  const found: OmeImage[] = [];
  for (const object of tree.objects) {
    if (object.kind === 'group') found.push(...omeImagesOf(object.path, object.attributes));
    if (found.length >= MOST_IMAGES) return found.slice(0, MOST_IMAGES);
  }
  return found;
}

const SECONDS = new Map([
  ['second', 1],
  ['millisecond', 1e-3],
  ['microsecond', 1e-6],
  ['minute', 60],
  ['hour', 3600],
]);

/** The picture as an entry of what is in the file. */
export function recordedOmeImage(reader: TreeReader, image: OmeImage): RecordedObject {
  const sizes = sizesOf(reader.at(image.levels[0]));
  const isKnown = sizes !== undefined && sizes.length === image.axes.length;
  const sizeOf = (type: string): number | undefined => {
    const at = image.axes.findIndex((axis) => axis.type === type);
    return isKnown && at >= 0 ? sizes[at] : undefined;
  };
  const time = image.axes.find((axis) => axis.type === 'time');
  const second = SECONDS.get(time?.unit ?? '');
  const frames = sizeOf('time');
  const interval =
    time?.step === undefined || second === undefined ? undefined : time.step * second;
  const isTimed = interval !== undefined && interval > 0 && (frames ?? 0) > 1;
  const channels = sizeOf('channel');
  return {
    path: image.group,
    name: image.name,
    type: OME_IMAGE,
    extends: [],
    ...(isKnown ? { shape: sizes, axes: image.axes } : {}),
    ...(channels === undefined ? {} : { channels }),
    ...(isTimed
      ? {
          timeBase: 'rate',
          rate: Number((1 / interval).toPrecision(6)),
          duration: (frames ?? 0) * interval,
        }
      : {}),
    levels: image.levels.length,
    regions: [],
    devices: [],
    externalFiles: [],
  };
}

/** A plate of wells, as its group describes it: rows, columns, wells. */
export function plateOf(
  root: TreeGroup | undefined,
): { name?: string; rows: number; columns: number; wells: number } | undefined {
  const plate = member(omeBlock(root?.attributes), 'plate');
  const wells = listMember(plate, 'wells');
  if (plate === undefined || wells.length === 0) return undefined;
  const name = textMember(plate, 'name');
  return {
    ...(name === undefined ? {} : { name: shownLine(name, 100) }),
    rows: listMember(plate, 'rows').length,
    columns: listMember(plate, 'columns').length,
    wells: wells.length,
  };
}

/** The release of OME-Zarr that a tree names: `0.5`; undefined if it has no pictures, plates or series. */
export function omeVersion(attributes: unknown): string | undefined {
  const block = omeBlock(attributes);
  const kinds: readonly [string, unknown][] = [
    'multiscales',
    'plate',
    'well',
    'bioformats2raw.layout',
  ].map((key) => [key, member(block, key)]);
  const kind = kinds.find(([, value]) => value !== undefined)?.[1];
  if (kind === undefined) return undefined;
  const one: unknown = Array.isArray(kind) ? kind[0] : kind;
  return textMember(block, 'version') ?? textMember(one, 'version') ?? '';
}
