// A small picture of an OME-Zarr, from its files.

import { omeImagesOf } from '../../core/nwb/ome-images.ts';
import {
  choosePlane,
  smallPicture,
  type ChosenPlane,
  type SmallPicture,
} from '../../core/nwb/ome-picture.ts';
import { readArrayMetadata, type ArrayMetadata } from './array-metadata.ts';
import type { ZarrFiles } from './zarr-files.ts';
import { zarrNodeReader } from './zarr-nodes.ts';
import { readBox } from './zarr-values.ts';

/** The picture, and of which plane it is. */
export interface OmeThumbnail extends SmallPicture {
  /** The path of the array that it was made from. */
  readonly path: string;
  readonly plane: ChosenPlane;
}

/** Resolutions whose metadata are read. */
const MOST_LEVELS = 12;
/** Pixels of the plane that the picture is made from. */
const MOST_PIXELS = 2048 * 2048;

async function planeOfChannel(
  files: ZarrFiles,
  path: string,
  array: ArrayMetadata,
  plane: ChosenPlane,
  axes: { x: number; y: number; c: number },
  channel: number,
  signal?: AbortSignal,
): Promise<number[]> {
  const one = (axis: number): number | undefined => (axis === axes.c ? channel : plane.fixed[axis]);
  const from = array.shape.map((_, axis) => one(axis) ?? 0);
  const to = array.shape.map((size, axis) => {
    const index = one(axis);
    return index === undefined ? size : index + 1;
  });
  const { values } = await readBox(files, path, array, { from, to }, signal);
  if (axes.y < axes.x) return values.map(Number);
  // The picture is wanted row by row.
  const { width, height } = plane;
  return Array.from({ length: width * height }, (_, at) =>
    Number(values[(at % width) * height + Math.floor(at / width)]),
  );
}

/**
 * The picture of an image group: up to three channels of the middle plane at the first time. A sentence instead where
 * there is none to be made.
 *
 * @throws ArchiveError if its files cannot be read
 */
export async function omeThumbnail(
  files: ZarrFiles,
  group = '/',
  most = 256,
  signal?: AbortSignal,
): Promise<OmeThumbnail | string> {
  const nodeAt = zarrNodeReader(files, signal);
  const node = await nodeAt(group);
  const [image] = omeImagesOf(group, node?.attributes);
  if (image === undefined) return 'No picture is described here.';
  const levels = image.levels.slice(0, MOST_LEVELS);
  const arrays = await Promise.all(
    levels.map(async (path) => {
      const json = (await nodeAt(path))?.array;
      return json === undefined ? undefined : readArrayMetadata(json);
    }),
  );
  const plane = choosePlane(
    image,
    arrays.map((array) => array?.shape),
  );
  const array = plane === undefined ? undefined : arrays[plane.level];
  const path = plane === undefined ? undefined : levels[plane.level];
  if (plane === undefined || array === undefined || path === undefined)
    return 'Its picture has no plane of x and y that can be shown.';
  if (plane.width * plane.height > MOST_PIXELS)
    return 'Its smallest resolution is too large for a preview.';
  const at = (name: string): number => image.axes.findIndex((axis) => axis.name === name);
  const axes = { x: at('x'), y: at('y'), c: at('c') };
  const channels = await Promise.all(
    Array.from({ length: plane.channels }, (_, channel) =>
      planeOfChannel(files, path, array, plane, axes, channel, signal),
    ),
  );
  return { ...smallPicture(plane, channels, image.channels, most), path, plane };
}
