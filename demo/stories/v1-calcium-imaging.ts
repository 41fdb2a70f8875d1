// Two-photon calcium imaging with segmented cells.

import type { DandisetNumber } from '../../src/core/identifiers/dandiset-id.ts';
import { nwbAsset } from '../asset-metadata.ts';
import { anatomy, ethics, protocol, related } from '../described.ts';
import { column, nwbFile, type NwbSession } from '../nwb-file.ts';
import { addFrames, addPlane, addSegmentation, type Plane } from '../nwb-ophys.ts';
import { funder, institutionName, person, personName } from '../people.ts';
import { Chance } from '../signal.ts';
import type { DemoAsset, Story } from '../story.ts';

const DANDISET = {
  name: 'Calcium imaging of mouse primary visual cortex during drifting gratings',
  description: `Simulated two-photon imaging of layer 2/3 of mouse visual cortex (GCaMP6f, 15 frames a second)
while gratings drift in eight directions. **All values are made by a script.**

What is in each file:

- the first frames as scanned,
- the masks of the segmented cells and their fluorescence,
- the times and directions of the gratings.`,
  contributor: [
    person('chandra', 'Author', 'ContactPerson', 'DataCollector'),
    person('dufour', 'Author', 'Methodology'),
    person('jansson', 'Author', 'Supervision', 'ProjectLeader'),
    funder('sciencesCouncil', 'CSS/41-07'),
  ],
  license: ['spdx:CC-BY-4.0'],
  keywords: ['visual cortex', 'two-photon imaging', 'orientation tuning', 'simulated data'],
  about: [anatomy('UBERON:0002436', 'primary visual cortex')],
  studyTarget: ['Tuning of layer 2/3 cells to the direction of motion.'],
  protocol: [protocol('v1-imaging')],
  ethicsApproval: [ethics('NU-2022-058 (invented)', 'https://northgate.example.org/ethics')],
  relatedResource: [
    related(
      'IsSupplementTo',
      'Preprint',
      'Direction tuning under changing contrast (invented)',
      'demo.2025.014',
    ),
  ],
};

const PLANE: Plane = { indicator: 'GCaMP6f', location: 'VISp2/3', rate: 15, width: 40, height: 40 };
const CELLS = 12;
const FRAMES = 60;
const SECONDS = 80;

interface Cell {
  x: number;
  y: number;
  preferred: number;
}

/** Brightness of each cell over time: jumps when its direction is shown, and decays. */
function tracesOf(chance: Chance, cells: readonly Cell[], shown: readonly number[]): Float32Array {
  const count = SECONDS * PLANE.rate;
  const traces = new Float32Array(count * cells.length);
  cells.forEach((cell, index) => {
    let level = 0;
    for (let frame = 0; frame < count; frame += 1) {
      const trial = Math.floor(frame / PLANE.rate / 4);
      const isOn = frame / PLANE.rate - trial * 4 > 2;
      level *= 0.9;
      if (isOn && shown[trial] === cell.preferred && chance.uniform() < 0.5) level += 0.6;
      const value = 100 * (1 + level) + 2 * chance.normal();
      // Rounded to hundredths, which keeps files small.
      traces[frame * cells.length + index] = Math.round(value * 4) / 4;
    }
  });
  return traces;
}

async function imaging(id: string, sex: 'M' | 'F', seed: number, day: string): Promise<DemoAsset> {
  const session: NwbSession = {
    subject: {
      id,
      species: 'Mus musculus',
      sex,
      age: 'P84D',
      strain: 'C57BL/6J',
      genotype: 'Slc17a7-IRES2-Cre/wt;Ai93/wt',
      description: 'Simulated mouse with a cranial window over the visual cortex.',
    },
    sessionId: `${id}-gratings`,
    start: `${day}T13:00:00-05:00`,
    description: 'Drifting gratings in eight directions, simulated.',
    experiment: 'Direction tuning in layer 2/3.',
    experimenters: [personName('chandra')],
    lab: 'Jansson-Reyes',
    institution: institutionName('northgate'),
    keywords: ['visual cortex', 'two-photon imaging', 'orientation tuning'],
  };
  const chance = new Chance(seed);
  const cells: Cell[] = Array.from({ length: CELLS }, () => ({
    x: 4 + chance.below(PLANE.width - 8),
    y: 4 + chance.below(PLANE.height - 8),
    preferred: chance.below(8) * 45,
  }));
  const shown = Array.from({ length: SECONDS / 4 }, () => chance.below(8) * 45);
  const traces = tracesOf(chance, cells, shown);
  const pixels = PLANE.width * PLANE.height;
  const masks = new Float32Array(CELLS * pixels);
  const inside = (cell: Cell, x: number, y: number): boolean =>
    (x - cell.x) ** 2 + (y - cell.y) ** 2 <= 9;
  cells.forEach((cell, index) => {
    for (let x = 0; x < PLANE.width; x += 1) {
      for (let y = 0; y < PLANE.height; y += 1) {
        if (inside(cell, x, y)) masks[index * pixels + x * PLANE.height + y] = 1;
      }
    }
  });
  const frames = new Uint16Array(FRAMES * pixels);
  for (let at = 0; at < frames.length; at += 1) {
    const frame = Math.floor(at / pixels);
    const x = Math.floor((at % pixels) / PLANE.height);
    const y = at % PLANE.height;
    const owner = cells.findIndex((cell) => inside(cell, x, y));
    const light = owner < 0 ? 40 : (traces[frame * CELLS + owner] ?? 0);
    frames[at] = Math.max(0, Math.round(light + 6 * chance.normal()));
  }
  const written = await nwbFile(session, (nwb) => {
    addPlane(nwb, PLANE);
    addFrames(nwb, PLANE, frames);
    addSegmentation(nwb, PLANE, { cells: CELLS, masks, traces });
    nwb.intervals(
      'trials',
      'Gratings, each shown for two seconds after two seconds of grey.',
      shown.map((_, trial) => [trial * 4 + 2, trial * 4 + 4]),
      [column('direction', 'Direction of motion, in degrees.', Int32Array.from(shown))],
    );
  });
  return nwbAsset(`sub-${id}/sub-${id}_ophys.nwb`, '2025-02-10T09:00:00+00:00', session, written);
}

/** The story of the Dandiset. */
export async function v1CalciumImaging(): Promise<Story> {
  const contents = {
    dandiset: DANDISET,
    assets: [
      await imaging('V17', 'F', 21, '2024-10-01'),
      await imaging('V18', 'M', 22, '2024-10-02'),
      await imaging('V22', 'F', 23, '2024-10-09'),
    ],
  };
  return {
    number: '000002' as DandisetNumber,
    created: '2025-02-09T16:30:00+00:00',
    releases: [
      {
        ...contents,
        publishedAt: '2025-02-20T16:45:00+00:00',
        releaseNotes: 'First release with the preprint.',
      },
    ],
    draft: contents,
    status: () => ({ owners: ['meera-chandra-demo'] }),
  };
}
