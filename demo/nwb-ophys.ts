// Two-photon calcium imaging: a plane, its frames, segmented cells and their traces.

import { float32, type NumberArray } from './hdf5-file.ts';
import { column, type NwbFile } from './nwb-file.ts';

export interface Plane {
  indicator: string;
  location: string;
  rate: number;
  width: number;
  height: number;
}

const PLANE = '/general/optophysiology/plane0';
const FRAMES = '/acquisition/TwoPhotonSeries';

export function addPlane(nwb: NwbFile, plane: Plane): void {
  const device = nwb.device('microscope', 'Simulated resonant-scanning two-photon microscope.');
  nwb.object(PLANE, 'ImagingPlane');
  nwb.hdf5.dataset(`${PLANE}/description`, 'The only imaging plane.');
  nwb.hdf5.dataset(`${PLANE}/excitation_lambda`, float32(920));
  nwb.hdf5.dataset(`${PLANE}/imaging_rate`, float32(plane.rate));
  nwb.hdf5.dataset(`${PLANE}/indicator`, plane.indicator);
  nwb.hdf5.dataset(`${PLANE}/location`, plane.location);
  nwb.hdf5.link(`${PLANE}/device`, device);
  nwb.object(`${PLANE}/green`, 'OpticalChannel');
  nwb.hdf5.dataset(`${PLANE}/green/description`, 'Green emission.');
  nwb.hdf5.dataset(`${PLANE}/green/emission_lambda`, float32(510));
}

/** Raw frames, time first. */
export function addFrames(nwb: NwbFile, plane: Plane, frames: NumberArray): void {
  const count = frames.length / (plane.width * plane.height);
  nwb.series(FRAMES, 'TwoPhotonSeries', {
    description: 'Frames as they were scanned, for the first seconds only.',
    data: frames,
    shape: [count, plane.width, plane.height],
    unit: 'a.u.',
    timing: { rate: plane.rate },
  });
  nwb.hdf5.link(`${FRAMES}/imaging_plane`, PLANE);
  nwb.hdf5.dataset(`${FRAMES}/dimension`, Int32Array.of(plane.width, plane.height));
}

export interface Segmentation {
  cells: number;
  /** One mask per cell, each of the plane's size. */
  masks: Float32Array;
  /** Fluorescence, time first, then cell. */
  traces: Float32Array;
}

export function addSegmentation(nwb: NwbFile, plane: Plane, segmentation: Segmentation): void {
  const { cells, masks, traces } = segmentation;
  const module = nwb.processing('ophys', 'Segmented cells and their fluorescence.');
  nwb.object(`${module}/ImageSegmentation`, 'ImageSegmentation');
  const table = `${module}/ImageSegmentation/PlaneSegmentation`;
  nwb.table(table, 'PlaneSegmentation', 'Cells found in the plane.', cells, [
    {
      ...column('image_mask', 'Weight of each pixel in the cell.', masks),
      shape: [cells, plane.width, plane.height],
    },
  ]);
  nwb.hdf5.link(`${table}/imaging_plane`, PLANE);
  nwb.hdf5.group(`${table}/reference_images`);
  nwb.hdf5.link(`${table}/reference_images/TwoPhotonSeries`, FRAMES);
  nwb.object(`${module}/Fluorescence`, 'Fluorescence');
  const at = `${module}/Fluorescence/RoiResponseSeries`;
  nwb.series(at, 'RoiResponseSeries', {
    description: 'Mean fluorescence of each cell.',
    data: traces,
    shape: [traces.length / cells, cells],
    unit: 'a.u.',
    timing: { rate: plane.rate },
  });
  const rows = Int32Array.from({ length: cells }, (_, index) => index);
  nwb.region(`${at}/rois`, table, 'All cells of the plane.', rows);
}
