// Units and LFP from hippocampal CA1: three versions, with files changed, added and renamed.

import type { DandisetNumber } from '../../src/core/identifiers/dandiset-id.ts';
import { nwbAsset } from '../asset-metadata.ts';
import { anatomy, ethics, project, protocol, related, software } from '../described.ts';
import { addBehaviorModule, addPosition } from '../nwb-behavior.ts';
import type { NwbSession, NwbSubject } from '../nwb-file.ts';
import { funder, host, institutionName, person, personName } from '../people.ts';
import { extracellularFile } from '../recordings.ts';
import { wave } from '../signal.ts';
import type { Contents, DemoAsset, Story } from '../story.ts';

const DANDISET = {
  name: 'Hippocampal CA1 units and LFP during runs on a linear track',
  description: `Simulated recordings from dorsal CA1 of mice that run back and forth on a linear track of 1.6 m.
The data are made by a script; they look like a recording but show nothing about the brain.

Each session holds

- sorted units with the judgement of the curator,
- the local field potential of four channels with a theta rhythm of 8 Hz,
- the position of the animal on the track.

The methods follow the [protocol](https://doi.org/10.5555/demo.protocol.ca1), version 2.`,
  contributor: [
    person('adler', 'Author', 'ContactPerson', 'DataCollector', 'Conceptualization'),
    person('benitez', 'Author', 'FormalAnalysis', 'Software'),
    person('ibekwe', 'Author', 'Supervision', 'FundingAcquisition'),
    person('kowalczyk', 'DataCurator'),
    funder('brainFund', 'DBF-2021-0417'),
    funder('sciencesCouncil', 'CSS/33-12'),
    host('lakeside'),
  ],
  license: ['spdx:CC0-1.0'],
  keywords: ['hippocampus', 'place cells', 'theta rhythm', 'simulated data'],
  about: [anatomy('UBERON:0003881', 'CA1 field of hippocampus')],
  studyTarget: ['How a population of CA1 units encodes position during theta cycles.'],
  protocol: [protocol('ca1')],
  ethicsApproval: [ethics('LIN-AC-2020-11 (invented)', 'https://lakeside.example.org/ethics')],
  acknowledgement: 'The authors thank the animal care team of the Lakeside Institute (invented).',
  relatedResource: [
    related(
      'IsDescribedBy',
      'JournalArticle',
      'Position coding within theta cycles (invented)',
      'demo.2025.001',
    ),
    software(
      'track-tools: analysis of runs on a track (invented)',
      'https://github.com/example/track-tools',
    ),
  ],
  wasGeneratedBy: [
    project('Theta and place', 'A simulated project on theta sequences, 2021 to 2025.'),
  ],
};

const MICE: Record<string, NwbSubject> = {
  M1: mouse('M1', 'M', 'P92D'),
  M2: mouse('M2', 'F', 'P95D'),
  M3: mouse('M3', 'F', 'P101D'),
};

function mouse(id: string, sex: 'M' | 'F', age: string): NwbSubject {
  return {
    id,
    species: 'Mus musculus',
    sex,
    age,
    strain: 'C57BL/6J',
    description: 'Simulated mouse with one probe in dorsal CA1.',
    weight: '0.025 kg',
  };
}

const TRACK_RATE = 20;
const DURATION = 20;

async function session(
  mouseId: keyof typeof MICE,
  start: string,
  path: string,
  modified: string,
  options: { seed: number; units: number },
): Promise<DemoAsset> {
  const info: NwbSession = {
    subject: MICE[mouseId] as NwbSubject,
    sessionId: start.slice(0, 10).replaceAll('-', ''),
    start,
    description: 'Runs on a linear track, simulated.',
    experiment: 'Population coding of position in CA1.',
    experimenters: [personName('adler'), personName('benitez')],
    lab: 'Adler',
    institution: institutionName('lakeside'),
    keywords: ['hippocampus', 'place cells', 'theta rhythm'],
    publications: ['doi:10.5555/demo.2025.001'],
  };
  const plan = { ...options, location: 'CA1', channels: 16, duration: DURATION, rhythm: 8 };
  const written = await extracellularFile(info, plan, (nwb) => {
    addBehaviorModule(nwb);
    const places = new Float64Array(TRACK_RATE * DURATION * 2);
    for (let step = 0; step < TRACK_RATE * DURATION; step += 1) {
      places[2 * step] = 0.8 + 0.8 * wave(step / (TRACK_RATE * 10));
      places[2 * step + 1] = 0.05;
    }
    addPosition(nwb, places, { rate: TRACK_RATE });
  });
  return nwbAsset(path, modified, info, written);
}

/** The story of the Dandiset. */
export async function ca1LinearTrack(): Promise<Story> {
  const startM1 = '2024-06-11T09:30:00+02:00';
  const startM2 = '2024-06-12T10:05:00+02:00';
  const startM3 = '2024-09-03T09:10:00+02:00';
  const first = '2025-01-13T15:20:00+00:00';
  const second = '2025-03-17T08:45:00+00:00';
  const third = '2025-07-01T11:00:00+00:00';

  const m1 = await session('M1', startM1, 'sub-M1/sub-M1_behavior+ecephys.nwb', first, {
    seed: 11,
    units: 12,
  });
  const m2 = await session('M2', startM2, 'sub-M2/sub-M2_behavior+ecephys.nwb', first, {
    seed: 12,
    units: 9,
  });
  const m1Resorted = await session('M1', startM1, m1.path, second, { seed: 13, units: 14 });
  const m3 = await session('M3', startM3, 'sub-M3/sub-M3_behavior+ecephys.nwb', second, {
    seed: 14,
    units: 17,
  });
  const m2Renamed = { ...m2, path: 'sub-M2/sub-M2_ses-20240612_behavior+ecephys.nwb' };
  const m2Later = await session(
    'M2',
    '2024-06-19T10:00:00+02:00',
    'sub-M2/sub-M2_ses-20240619_behavior+ecephys.nwb',
    third,
    { seed: 15, units: 10 },
  );

  const original: Contents = {
    dandiset: { ...DANDISET, relatedResource: DANDISET.relatedResource.slice(1) },
    assets: [m1, m2],
  };
  const final: Contents = { dandiset: DANDISET, assets: [m1Resorted, m2Renamed, m2Later, m3] };
  return {
    number: '000001' as DandisetNumber,
    created: '2024-11-04T13:00:00+00:00',
    releases: [
      {
        ...original,
        publishedAt: '2025-01-14T10:02:00+00:00',
        releaseNotes: 'First release: two mice, one session each.',
      },
      {
        dandiset: DANDISET,
        assets: [m1Resorted, m2, m3],
        publishedAt: '2025-03-18T09:30:00+00:00',
        releaseNotes:
          'Units of mouse M1 were sorted again after a fault in the drift correction: two more units. Mouse M3 added. The article is linked.',
      },
      {
        ...final,
        publishedAt: '2025-07-02T14:11:00+00:00',
        releaseNotes:
          'A second session of mouse M2; its first session was renamed so that both carry the date. No other file changed.',
      },
    ],
    draft: final,
    status: () => ({ owners: ['nora-adler-demo', 'tomas-benitez-demo'] }),
  };
}
