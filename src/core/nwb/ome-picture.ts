// A small picture of an OME-Zarr: which plane of which resolution, and how its channels become colours.

import { member, textMember } from '../json/json-text.ts';
import { shownLine } from '../text/shown-text.ts';
import type { OmeImage } from './ome-images.ts';
import { finiteNumber } from './tree-reader.ts';

/** The part of an array that a picture shows: for each axis the index, or its whole length. */
export interface ChosenPlane {
  /** Which of the image's resolutions, 0 the largest. */
  readonly level: number;
  readonly width: number;
  readonly height: number;
  /** For each axis; undefined for x and y, and for the channels. */
  readonly fixed: readonly (number | undefined)[];
  readonly channels: number;
}

/** One channel as it is shown. */
export interface ShownChannel {
  readonly label?: string;
  /** Red, green, blue, 0 to 255. */
  readonly color: readonly [number, number, number];
  /** The values that are shown black and in full colour. */
  readonly low: number;
  readonly high: number;
}

export interface SmallPicture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel, row by row. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly channels: readonly ShownChannel[];
}

const MOST_CHANNELS = 3;
/** A picture whose longer side is shorter says little where a larger one is there. */
const LEAST_SIDE = 96;

function axisAt({ axes }: Pick<OmeImage, 'axes'>, name: string): number {
  return axes.findIndex((axis) => axis.name === name);
}

/**
 * The middle of z at the first time, of the smallest resolution whose longer side has at least 96 pixels, else of the
 * largest; undefined for an image without x and y. `shapes` are those of its levels, as far as they are known.
 */
export function choosePlane(
  image: Pick<OmeImage, 'axes'>,
  shapes: readonly (readonly number[] | undefined)[],
): ChosenPlane | undefined {
  const [x, y, z, c] = ['x', 'y', 'z', 'c'].map((name) => axisAt(image, name)) as [
    number,
    number,
    number,
    number,
  ];
  if (x < 0 || y < 0) return undefined;
  let chosen: ChosenPlane | undefined;
  for (const [level, shape] of shapes.entries()) {
    if (shape?.length !== image.axes.length || shape.some((size) => size < 1)) continue;
    const [width = 0, height = 0] = [shape[x], shape[y]];
    if (chosen !== undefined && Math.max(width, height) < LEAST_SIDE) continue;
    if (chosen !== undefined && chosen.width * chosen.height <= width * height) continue;
    chosen = {
      level,
      width,
      height,
      fixed: shape.map((size, axis) => {
        if (axis === x || axis === y || axis === c) return undefined;
        return axis === z ? Math.floor((size - 1) / 2) : 0;
      }),
      channels: c < 0 ? 1 : Math.min(MOST_CHANNELS, shape[c] ?? 1),
    };
  }
  return chosen;
}

const DEFAULT_COLORS: readonly (readonly (readonly [number, number, number])[])[] = [
  [[255, 255, 255]],
  [
    [0, 255, 0],
    [255, 0, 255],
  ],
  [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
  ],
];

/** The values between which most of a plane is: the 1st and the 99.5th hundredth of up to 65,536 of them. */
function contrastOf(values: ArrayLike<number>): [number, number] {
  const step = Math.max(1, Math.floor(values.length / 65_536));
  const some: number[] = [];
  for (let at = 0; at < values.length; at += step) {
    const value = values[at] ?? NaN;
    if (Number.isFinite(value)) some.push(value);
  }
  some.sort((a, b) => a - b);
  const low = some[Math.floor(some.length * 0.01)] ?? 0;
  const high = some[Math.min(some.length - 1, Math.ceil(some.length * 0.995))] ?? low;
  return low < high ? [low, high] : [some[0] ?? 0, some.at(-1) ?? 0];
}

function colorOf(described: unknown): [number, number, number] | undefined {
  const hex = /^#?([0-9a-f]{6})$/i.exec(textMember(described, 'color') ?? '')?.[1];
  if (hex === undefined) return undefined;
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}

function shownChannel(
  described: unknown,
  values: ArrayLike<number>,
  at: number,
  count: number,
): ShownChannel {
  const window = member(described, 'window');
  const [start, end] = [finiteNumber(member(window, 'start')), finiteNumber(member(window, 'end'))];
  const [low, high] =
    start !== undefined && end !== undefined && start < end ? [start, end] : contrastOf(values);
  const label = shownLine(textMember(described, 'label') ?? '', 60);
  return {
    ...(label === '' ? {} : { label }),
    color: colorOf(described) ?? DEFAULT_COLORS[count - 1]?.[at] ?? [255, 255, 255],
    low,
    high,
  };
}

/** The mean of each block of `factor` × `factor` values. */
function shrunk(
  values: ArrayLike<number>,
  width: number,
  height: number,
  factor: number,
): Float64Array {
  const [columns, rows] = [Math.ceil(width / factor), Math.ceil(height / factor)];
  const small = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      let sum = 0;
      let count = 0;
      for (let y = row * factor; y < Math.min(height, (row + 1) * factor); y += 1)
        for (let x = column * factor; x < Math.min(width, (column + 1) * factor); x += 1) {
          sum += values[y * width + x] ?? NaN;
          count += 1;
        }
      small[row * columns + column] = sum / count;
    }
  return small;
}

/**
 * The picture of a plane: its channels' values, row by row, each in its colour, added up. Its sides have at most
 * `most` pixels.
 */
export function smallPicture(
  plane: Pick<ChosenPlane, 'width' | 'height'>,
  channels: readonly ArrayLike<number>[],
  described: readonly unknown[],
  most = 256,
): SmallPicture {
  const factor = Math.max(1, Math.ceil(Math.max(plane.width, plane.height) / most));
  const [width, height] = [Math.ceil(plane.width / factor), Math.ceil(plane.height / factor)];
  const pixels = new Uint8ClampedArray(width * height * 4);
  const sums = new Float64Array(width * height * 3);
  const shown = channels.map((values, at) => {
    const small = factor === 1 ? values : shrunk(values, plane.width, plane.height, factor);
    const channel = shownChannel(described[at], small, at, channels.length);
    const range = channel.high - channel.low;
    for (let pixel = 0; pixel < width * height; pixel += 1) {
      const value = small[pixel] ?? NaN;
      const part = range > 0 ? (value - channel.low) / range : value > 0 ? 1 : 0;
      const bounded = Number.isNaN(part) ? 0 : Math.min(1, Math.max(0, part));
      for (let color = 0; color < 3; color += 1)
        sums[pixel * 3 + color] =
          (sums[pixel * 3 + color] ?? 0) + bounded * (channel.color[color] ?? 0);
    }
    return channel;
  });
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let color = 0; color < 3; color += 1)
      pixels[pixel * 4 + color] = sums[pixel * 3 + color] ?? 0;
    pixels[pixel * 4 + 3] = 255;
  }
  return { width, height, pixels, channels: shown };
}
