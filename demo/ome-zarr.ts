// A small OME-Zarr image (Zarr 2, OME-NGFF 0.4): one volume at several sizes. Chunks are stored uncompressed:
// the output of a compressor differs from one machine to another.

import type { ZarrContent } from './story.ts';

export interface Volume {
  name: string;
  /** Slices, rows, columns; each a multiple of the chunk at every level. */
  shape: [number, number, number];
  chunk: [number, number, number];
  levels: number;
  /** Micrometres between neighbours at the first level. */
  spacing: [number, number, number];
  voxel: (z: number, y: number, x: number) => number;
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

type Axes = [number, number, number];

/** Each further level halves rows and columns by dropping every second one. */
function* chunksOf(volume: Volume, level: number, shape: Axes): Generator<[string, Uint8Array]> {
  const step = 2 ** level;
  const [cz, cy, cx] = volume.chunk;
  for (let kz = 0; kz * cz < shape[0]; kz += 1) {
    for (let ky = 0; ky * cy < shape[1]; ky += 1) {
      for (let kx = 0; kx * cx < shape[2]; kx += 1) {
        const values = new DataView(new ArrayBuffer(cz * cy * cx * 2));
        let offset = 0;
        for (let z = kz * cz; z < (kz + 1) * cz; z += 1) {
          for (let y = ky * cy; y < (ky + 1) * cy; y += 1) {
            for (let x = kx * cx; x < (kx + 1) * cx; x += 1, offset += 2) {
              values.setUint16(offset, volume.voxel(z, y * step, x * step), true);
            }
          }
        }
        yield [`${level}/${kz}/${ky}/${kx}`, new Uint8Array(values.buffer)];
      }
    }
  }
}

/** The files of the image. */
export function omeZarr(volume: Volume): ZarrContent {
  const files = new Map<string, Uint8Array>();
  const datasets = [];
  for (let level = 0; level < volume.levels; level += 1) {
    const step = 2 ** level;
    const shape: Axes = [volume.shape[0], volume.shape[1] / step, volume.shape[2] / step];
    const [z, y, x] = volume.spacing;
    datasets.push({
      path: String(level),
      coordinateTransformations: [{ type: 'scale', scale: [z, y * step, x * step] }],
    });
    files.set(
      `${level}/.zarray`,
      json({
        zarr_format: 2,
        shape,
        chunks: volume.chunk,
        dtype: '<u2',
        compressor: null,
        fill_value: 0,
        order: 'C',
        filters: null,
        dimension_separator: '/',
      }),
    );
    for (const [path, bytes] of chunksOf(volume, level, shape)) files.set(path, bytes);
  }
  const axes = ['z', 'y', 'x'].map((name) => ({ name, type: 'space', unit: 'micrometer' }));
  files.set('.zgroup', json({ zarr_format: 2 }));
  files.set(
    '.zattrs',
    json({ multiscales: [{ version: '0.4', name: volume.name, axes, datasets }] }),
  );
  return files;
}
