// Whole-cell patch clamp: one electrode, sweeps of stimulus and response.

import { float32, uint32, type NumberArray } from './hdf5-file.ts';
import type { NwbFile } from './nwb-file.ts';

export interface PatchedCell {
  id: string;
  slice: string;
  location: string;
}

const ELECTRODE = '/general/intracellular_ephys/electrode0';

export function addPatchElectrode(nwb: NwbFile, cell: PatchedCell): void {
  const device = nwb.device('amplifier', 'Simulated patch clamp amplifier.');
  nwb.object(ELECTRODE, 'IntracellularElectrode');
  nwb.hdf5.dataset(`${ELECTRODE}/description`, 'Whole-cell patch electrode.');
  nwb.hdf5.dataset(`${ELECTRODE}/cell_id`, cell.id);
  nwb.hdf5.dataset(`${ELECTRODE}/slice`, cell.slice);
  nwb.hdf5.dataset(`${ELECTRODE}/location`, cell.location);
  nwb.hdf5.dataset(`${ELECTRODE}/resistance`, '5 megaohm');
  nwb.hdf5.link(`${ELECTRODE}/device`, device);
}

export interface Sweep {
  number: number;
  clamp: 'current' | 'voltage';
  protocol: string;
  rate: number;
  start: number;
  /** Steps of a tenth of a millivolt or a picoampere. */
  stimulus: NumberArray;
  response: NumberArray;
}

const MILLIVOLT = { unit: 'volts', conversion: 0.0001 };
const PICOAMPERE = { unit: 'amperes', conversion: 1e-12 };

/** Stimulus and response of one sweep. */
export function addSweep(nwb: NwbFile, sweep: Sweep): void {
  const kind = sweep.clamp === 'current' ? 'CurrentClamp' : 'VoltageClamp';
  const voltageIsHeld = sweep.clamp === 'voltage';
  const suffix = String(sweep.number).padStart(3, '0');
  const parts = [
    {
      at: `/stimulus/presentation/${kind}Stimulus${suffix}`,
      type: `${kind}StimulusSeries`,
      data: sweep.stimulus,
      scale: voltageIsHeld ? MILLIVOLT : PICOAMPERE,
    },
    {
      at: `/acquisition/${kind}${suffix}`,
      type: `${kind}Series`,
      data: sweep.response,
      scale: voltageIsHeld ? PICOAMPERE : MILLIVOLT,
    },
  ];
  for (const { at, type, data, scale } of parts) {
    nwb.series(at, type, {
      description: `${type} of sweep ${sweep.number}: ${sweep.protocol}.`,
      data,
      ...scale,
      timing: { rate: sweep.rate, start: sweep.start },
      attributes: { stimulus_description: sweep.protocol, sweep_number: uint32(sweep.number) },
    });
    nwb.hdf5.dataset(`${at}/gain`, float32(1));
    nwb.hdf5.link(`${at}/electrode`, ELECTRODE);
  }
}
