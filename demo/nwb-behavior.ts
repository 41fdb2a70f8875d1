// Behaviour: position, other measures over time, videos next to the file, light pulses.

import { float32, uint32 } from './hdf5-file.ts';
import type { NwbFile, Series } from './nwb-file.ts';

const MODULE = '/processing/behavior';

export function addBehaviorModule(nwb: NwbFile): void {
  nwb.processing('behavior', 'Behaviour of the animal, tracked from video.');
}

/** Where the animal was: x and y in metres. */
export function addPosition(
  nwb: NwbFile,
  coordinates: Float64Array,
  timing: Series['timing'],
): void {
  nwb.object(`${MODULE}/Position`, 'Position');
  nwb.series(`${MODULE}/Position/SpatialSeries`, 'SpatialSeries', {
    description: 'Position of the head in the arena, x and y.',
    data: coordinates,
    shape: [coordinates.length / 2, 2],
    unit: 'meters',
    timing,
  });
  nwb.hdf5.dataset(
    `${MODULE}/Position/SpatialSeries/reference_frame`,
    'Origin in the south-west corner of the arena; x to the east, y to the north.',
  );
}

/** Another measure over time, such as running speed. */
export function addMeasure(nwb: NwbFile, name: string, series: Series): void {
  nwb.object(`${MODULE}/BehavioralTimeSeries`, 'BehavioralTimeSeries');
  nwb.series(`${MODULE}/BehavioralTimeSeries/${name}`, 'TimeSeries', series);
}

export interface ExternalVideo {
  /** Path from the NWB file to the video. */
  file: string;
  frames: number;
  rate: number;
}

export function addVideo(nwb: NwbFile, video: ExternalVideo): void {
  const at = '/acquisition/Video';
  nwb.object(at, 'ImageSeries', { description: 'View from above.', comments: 'Simulated.' });
  nwb.hdf5.dataset(
    `${at}/data`,
    new Uint8Array(0),
    { unit: 'n.a.', conversion: float32(1), offset: float32(0), resolution: float32(-1) },
    [0, 0, 0],
  );
  nwb.hdf5.dataset(`${at}/external_file`, [video.file], { starting_frame: Int32Array.of(0) });
  nwb.hdf5.dataset(`${at}/format`, 'external');
  nwb.hdf5.dataset(`${at}/num_samples`, uint32(video.frames));
  nwb.timing(at, { rate: video.rate });
}

export interface LightPulses {
  location: string;
  /** Nanometres. */
  wavelength: number;
  /** Milliwatts at each sample. */
  power: Float32Array;
  rate: number;
}

/** Optogenetic stimulation from one laser at one site. */
export function addLightPulses(nwb: NwbFile, light: LightPulses): void {
  const device = nwb.device('laser', 'Simulated laser with an optical fibre.');
  const site = '/general/optogenetics/site0';
  nwb.object(site, 'OptogeneticStimulusSite');
  nwb.hdf5.dataset(`${site}/description`, 'Tip of the fibre above the recorded cells.');
  nwb.hdf5.dataset(`${site}/excitation_lambda`, float32(light.wavelength));
  nwb.hdf5.dataset(`${site}/location`, light.location);
  nwb.hdf5.link(`${site}/device`, device);
  const at = '/stimulus/presentation/OptogeneticSeries';
  nwb.series(at, 'OptogeneticSeries', {
    description: 'Power of the light at the tip of the fibre.',
    data: light.power,
    unit: 'watts',
    conversion: 0.001,
    timing: { rate: light.rate },
  });
  nwb.hdf5.link(`${at}/site`, site);
}
