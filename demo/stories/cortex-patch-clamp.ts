// Whole-cell recordings of two species; the first version is withdrawn in favour of the second.

import type { DandisetNumber } from '../../src/core/identifiers/dandiset-id.ts';
import { cellSample, nwbAsset } from '../asset-metadata.ts';
import { anatomy, disorder, ethics, protocol, related } from '../described.ts';
import type { NwbSession, NwbSubject } from '../nwb-file.ts';
import { funder, institutionName, person, personName } from '../people.ts';
import { patchFile } from '../recordings.ts';
import type { DemoAsset, Story } from '../story.ts';

const DANDISET = {
  name: 'Intrinsic properties of human and mouse layer 2/3 pyramidal cells',
  description: `Simulated whole-cell recordings from slices of human temporal cortex, as if resected in epilepsy surgery,
and of mouse temporal association area.

- Five current steps from -100 to 300 pA and one voltage step for each cell.
- One file a cell; cells of one slice share the name of the slice.

Nothing was recorded: a small model of a leaky cell made every sweep. Compare the
[article](https://doi.org/10.5555/demo.2024.093) (invented as well).`,
  contributor: [
    person('eriksen', 'Author', 'ContactPerson', 'DataCollector', 'Investigation'),
    person('fontana', 'Author', 'Supervision'),
    person('kowalczyk', 'DataCurator'),
    funder('healthAgency', 'EHA-R01-998877'),
    funder('brainFund', 'DBF-2022-0032'),
  ],
  license: ['spdx:CC-BY-4.0'],
  keywords: ['patch clamp', 'human neocortex', 'pyramidal cell', 'simulated data'],
  about: [anatomy('UBERON:0002771', 'middle temporal gyrus'), disorder('DOID:1826', 'epilepsy')],
  studyTarget: ['Input resistance and firing of pyramidal cells in two species.'],
  protocol: [protocol('patch-clamp'), protocol('human-slices')],
  ethicsApproval: [
    ethics('HCH-IRB-19-204 (invented)', 'https://harbour.example.org/irb'),
    ethics('HCH-AC-77 (invented)', 'https://harbour.example.org/animals'),
  ],
  acknowledgement: 'The authors thank the (invented) patients for the tissue they gave.',
  relatedResource: [
    related(
      'IsDescribedBy',
      'JournalArticle',
      'Human and mouse cells under current steps (invented)',
      'demo.2024.093',
    ),
    related(
      'References',
      'Dataset',
      'Cell types of a simulated cortex (invented)',
      'demo.dataset.5',
    ),
  ],
};

const HUMAN: NwbSubject = {
  id: 'H21',
  species: 'Homo sapiens',
  sex: 'F',
  age: 'P34Y',
  description: 'Simulated donor of temporal cortex.',
};

const MOUSE: NwbSubject = {
  id: 'P05',
  species: 'Mus musculus',
  sex: 'M',
  age: 'P45D',
  strain: 'C57BL/6J',
  description: 'Simulated mouse, slices of temporal association area.',
};

interface Cell {
  subject: NwbSubject;
  cell: string;
  slice: string;
  start: string;
  seed: number;
  threshold: number;
}

const CELLS: Cell[] = [
  {
    subject: HUMAN,
    cell: 'H21-c1',
    slice: 'H21-s1',
    start: '2023-05-16T12:10:00+02:00',
    seed: 31,
    threshold: 150,
  },
  {
    subject: HUMAN,
    cell: 'H21-c2',
    slice: 'H21-s1',
    start: '2023-05-16T13:25:00+02:00',
    seed: 32,
    threshold: 120,
  },
  {
    subject: MOUSE,
    cell: 'P05-c1',
    slice: 'P05-s2',
    start: '2023-06-02T11:40:00+02:00',
    seed: 33,
    threshold: 80,
  },
  {
    subject: MOUSE,
    cell: 'P05-c2',
    slice: 'P05-s3',
    start: '2023-06-02T14:05:00+02:00',
    seed: 34,
    threshold: 95,
  },
];

/** The file of one cell; a `currentScale` other than 1 makes the wrong file of the first version. */
async function patched(
  { subject, cell, slice, start, seed, threshold }: Cell,
  modified: string,
  currentScale: number,
): Promise<DemoAsset> {
  const session: NwbSession = {
    subject,
    sessionId: cell,
    start,
    description: `Whole-cell recording of ${cell}, simulated.`,
    experiment: 'Intrinsic properties of pyramidal cells.',
    experimenters: [personName('eriksen')],
    lab: 'Fontana',
    institution: institutionName('harbour'),
    keywords: ['patch clamp', 'pyramidal cell'],
    publications: ['doi:10.5555/demo.2024.093'],
  };
  const location = subject === HUMAN ? 'middle temporal gyrus, layer 2/3' : 'TEa2/3';
  const written = await patchFile(session, {
    seed,
    threshold,
    currentScale,
    cell: { id: cell, slice, location },
  });
  return nwbAsset(
    `sub-${subject.id}/sub-${subject.id}_cell-${cell}_icephys.nwb`,
    modified,
    session,
    written,
    {
      wasDerivedFrom: [cellSample(cell, slice)],
    },
  );
}

/** The story of the Dandiset. */
export async function cortexPatchClamp(): Promise<Story> {
  const first: DemoAsset[] = [];
  const second: DemoAsset[] = [];
  for (const cell of CELLS) {
    const isHuman = cell.subject === HUMAN;
    const before = await patched(cell, '2024-05-06T10:00:00+00:00', isHuman ? 2 : 1);
    first.push(before);
    second.push(isHuman ? await patched(cell, '2024-05-27T10:00:00+00:00', 1) : before);
  }
  const contents = { dandiset: DANDISET, assets: second };
  return {
    number: '000003' as DandisetNumber,
    created: '2024-05-03T08:00:00+00:00',
    releases: [
      {
        dandiset: DANDISET,
        assets: first,
        publishedAt: '2024-05-07T12:00:00+00:00',
        releaseNotes: 'First release.',
      },
      {
        ...contents,
        publishedAt: '2024-05-28T15:30:00+00:00',
        releaseNotes:
          'Currents of the human cells were stored at twice their value; corrected. The first version is withdrawn.',
      },
    ],
    draft: contents,
    status: ([withdrawn = '', successor = '']) => ({
      owners: ['jonas-eriksen-demo', 'giulia-fontana-demo'],
      withdrawals: {
        [withdrawn]: {
          reason:
            'The currents of both human cells are stored at twice their value because of a wrong amplifier gain.',
          date: '2024-05-29',
          by: 'ewa-kowalczyk-demo',
          successor,
        },
      },
    }),
  };
}
