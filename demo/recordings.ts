// Simulated recordings that several stories share.

import { addLfp, addProbe, addUnits, addVoltage, type Unit } from './nwb-ecephys.ts';
import { nwbFile, type NwbFile, type NwbSession, type WrittenNwb } from './nwb-file.ts';
import { addPatchElectrode, addSweep, type PatchedCell, type Sweep } from './nwb-icephys.ts';
import { Chance, decay, eventTimes, samples, wave } from './signal.ts';

export interface ExtracellularPlan {
  seed: number;
  location: string;
  channels: number;
  units: number;
  /** Seconds. */
  duration: number;
  /** Cycles per second of the rhythm in the LFP. */
  rhythm: number;
  /** Also a short stretch of the raw voltage at 30 kHz. */
  raw?: boolean;
}

const LFP_RATE = 500;
const RAW_RATE = 30_000;
const RAW_SAMPLES = 3000;
const LFP_CHANNELS = 4;

/** Units that fire at rates of their own, more on one side of each cycle of the rhythm. */
function firingUnits(chance: Chance, plan: ExtracellularPlan): Unit[] {
  return Array.from({ length: plan.units }, (_, index) => {
    const rate = 1 + 11 * chance.uniform();
    const preferred = chance.uniform();
    const spikes = eventTimes(chance, rate * 2, plan.duration).filter(
      (time) => chance.uniform() < 0.5 + 0.5 * wave(time * plan.rhythm + preferred),
    );
    return {
      spikes,
      quality: chance.uniform() < 0.8 ? 'good' : 'mua',
      electrode: (index * 3) % plan.channels,
    } as const;
  });
}

/** What a probe records: units, LFP and, if requested, raw voltage. */
export function addExtracellular(nwb: NwbFile, plan: ExtracellularPlan): void {
  const chance = new Chance(plan.seed);
  addProbe(nwb, {
    name: 'probe',
    description: `Simulated silicon probe of ${plan.channels} electrodes.`,
    location: plan.location,
    channels: plan.channels,
    pitch: 20,
  });
  addUnits(nwb, 'Units sorted from the simulated voltages.', firingUnits(chance, plan));
  const channels = Math.min(LFP_CHANNELS, plan.channels);
  addLfp(nwb, {
    description: `Voltage below 200 Hz, with a rhythm of ${plan.rhythm} Hz.`,
    data: samples(
      LFP_RATE * plan.duration,
      channels,
      (time, channel) =>
        (300 + 40 * channel) * wave((time / LFP_RATE) * plan.rhythm + channel * 0.03) +
        60 * chance.normal(),
    ),
    channels,
    rate: LFP_RATE,
    conversion: 1e-6,
  });
  if (plan.raw === true) {
    addVoltage(nwb, '/acquisition/ElectricalSeries', {
      description: 'Raw voltage of the first tenth of a second.',
      data: samples(RAW_SAMPLES, channels, () => 25 * chance.normal()),
      channels,
      rate: RAW_RATE,
      conversion: 1e-6,
    });
  }
}

/** An NWB file of one extracellular session. */
export async function extracellularFile(
  session: NwbSession,
  plan: ExtracellularPlan,
  more: (nwb: NwbFile) => void = () => undefined,
): Promise<WrittenNwb> {
  return nwbFile(session, (nwb) => {
    addExtracellular(nwb, plan);
    more(nwb);
  });
}

export interface PatchPlan {
  seed: number;
  cell: PatchedCell;
  /** The current above which the model cell fires, in picoamperes. */
  threshold: number;
  /** Steps of stored current per picoampere; 1 unless the file is meant to be wrong. */
  currentScale?: number;
}

const PATCH_RATE = 10_000;
const SWEEP_SAMPLES = 5000;
const STEP_FROM = 1000;
const STEP_TO = 4000;

/** Membrane voltage, in tenths of a millivolt, of a leaky cell that fires above its threshold. */
function voltageResponse(chance: Chance, current: number, threshold: number): Int16Array {
  const charging = decay(0.995, SWEEP_SAMPLES);
  let nextSpike = STEP_FROM + 150;
  const interval =
    current > threshold ? Math.max(120, Math.round(60_000 / (current - threshold + 40))) : 0;
  return samples(SWEEP_SAMPLES, 1, (time) => {
    const on = time >= STEP_FROM && time < STEP_TO;
    const since = on ? time - STEP_FROM : time - STEP_TO;
    const rest = -700;
    const push = Math.min(current, threshold) * 1.5;
    let level = rest;
    if (on) level += push * (1 - (charging[since] ?? 0));
    else if (time >= STEP_TO) level += push * (charging[since] ?? 0);
    if (on && interval > 0 && time >= nextSpike) {
      const phase = time - nextSpike;
      if (phase < 10) level += phase * 100;
      else if (phase < 30) level += 1000 - (phase - 10) * 55;
      else nextSpike += interval;
    }
    return level + 3 * chance.normal();
  });
}

/** Sweeps of rising current steps, then one voltage step. */
function sweeps(plan: PatchPlan): Sweep[] {
  const chance = new Chance(plan.seed);
  const scale = plan.currentScale ?? 1;
  const step = (height: number): Int16Array =>
    samples(SWEEP_SAMPLES, 1, (time) => (time >= STEP_FROM && time < STEP_TO ? height : 0));
  const list: Sweep[] = [-100, 0, 100, 200, 300].map((current, number) => ({
    number,
    clamp: 'current',
    protocol: `current step of ${current} pA`,
    rate: PATCH_RATE,
    start: number * 2,
    stimulus: step(current * scale),
    response: voltageResponse(chance, current, plan.threshold),
  }));
  const tail = decay(0.99, SWEEP_SAMPLES);
  list.push({
    number: list.length,
    clamp: 'voltage',
    protocol: 'voltage step of -10 mV',
    rate: PATCH_RATE,
    start: list.length * 2,
    stimulus: step(-100),
    response: samples(SWEEP_SAMPLES, 1, (time) => {
      const on = time >= STEP_FROM && time < STEP_TO;
      const transient = on ? -800 * (tail[time - STEP_FROM] ?? 0) - 80 : 0;
      return (transient + 5 * chance.normal()) * scale;
    }),
  });
  return list;
}

/** An NWB file of one patched cell. */
export async function patchFile(session: NwbSession, plan: PatchPlan): Promise<WrittenNwb> {
  return nwbFile(session, (nwb) => {
    addPatchElectrode(nwb, plan.cell);
    for (const sweep of sweeps(plan)) addSweep(nwb, sweep);
  });
}
