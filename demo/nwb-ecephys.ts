// Extracellular recordings: a probe, its electrodes, voltages, and sorted units.

import { column, raggedColumns, type NwbFile } from './nwb-file.ts';
import { float64, type NumberArray } from './hdf5-file.ts';

export interface Probe {
  name: string;
  description: string;
  location: string;
  channels: number;
  /** Micrometres between neighbouring electrodes. */
  pitch: number;
}

export const ELECTRODES = '/general/extracellular_ephys/electrodes';

/** A probe with its shank and the table of electrodes; a file has one such table. */
export function addProbe(nwb: NwbFile, probe: Probe): void {
  const device = nwb.device(probe.name, probe.description);
  const group = '/general/extracellular_ephys/shank0';
  nwb.object(group, 'ElectrodeGroup', {
    description: `The only shank of ${probe.name}.`,
    location: probe.location,
  });
  nwb.hdf5.link(`${group}/device`, device);
  const each = <T>(value: T): T[] => Array.from({ length: probe.channels }, () => value);
  const depth = Float32Array.from({ length: probe.channels }, (_, index) => index * probe.pitch);
  nwb.table(ELECTRODES, 'ElectrodesTable', 'Electrodes of the probe.', probe.channels, [
    column('location', 'Brain area of the electrode.', each(probe.location)),
    column('group', 'Shank of the electrode.', { to: each(group) }),
    column('group_name', 'Name of the shank.', each('shank0')),
    column('rel_y', 'Distance from the tip of the shank, in micrometres.', depth),
  ]);
}

export interface Voltage {
  description: string;
  data: NumberArray;
  channels: number;
  rate: number;
  /** Volts per step. */
  conversion: number;
}

/** Voltages of the first channels of the probe, as an ElectricalSeries at a path. */
export function addVoltage(nwb: NwbFile, at: string, voltage: Voltage): void {
  const { channels } = voltage;
  nwb.series(at, 'ElectricalSeries', {
    description: voltage.description,
    data: voltage.data,
    shape: [voltage.data.length / channels, channels],
    unit: 'volts',
    conversion: voltage.conversion,
    timing: { rate: voltage.rate },
  });
  const rows = Int32Array.from({ length: channels }, (_, index) => index);
  nwb.region(`${at}/electrodes`, ELECTRODES, 'Electrodes the voltages come from.', rows);
}

/** A low-pass filtered voltage where the field stores it: `processing/ecephys/LFP`. */
export function addLfp(nwb: NwbFile, voltage: Voltage): void {
  const module = nwb.processing('ecephys', 'Processed extracellular voltages.');
  nwb.object(`${module}/LFP`, 'LFP');
  addVoltage(nwb, `${module}/LFP/ElectricalSeries`, voltage);
}

export interface Unit {
  spikes: number[];
  quality: 'good' | 'mua';
  electrode: number;
}

/** Samples per second of the recordings the units were sorted from. */
const SORTED_RATE = 30_000;

/** The table of sorted units. */
export function addUnits(nwb: NwbFile, description: string, units: readonly Unit[]): void {
  const table = '/units';
  nwb.table(table, 'Units', description, units.length, [
    ...raggedColumns(
      'spike_times',
      'Times of the spikes, in seconds.',
      table,
      units.map((unit) => unit.spikes),
    ),
    column(
      'quality',
      'Judgement of the curator: good, or several units (mua).',
      units.map((unit) => unit.quality),
    ),
    column(
      'peak_electrode',
      'Electrode with the largest spikes.',
      Int32Array.from(units, (unit) => unit.electrode),
    ),
  ]);
  nwb.hdf5.attributes(`${table}/spike_times`, { resolution: float64(1 / SORTED_RATE) });
}
