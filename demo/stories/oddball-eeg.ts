// A BIDS dataset: EEG of people who listen to tones.

import type { DandisetNumber } from '../../src/core/identifiers/dandiset-id.ts';
import { fileAsset, participant } from '../asset-metadata.ts';
import { bidsDataset, bidsEncoding, type EegParticipant } from '../bids.ts';
import { anatomy, ethics, protocol, related } from '../described.ts';
import { funder, host, person, personName } from '../people.ts';
import type { DemoAsset, Story } from '../story.ts';

const NAME = 'Auditory oddball EEG of three people in BIDS';

const DANDISET = {
  name: NAME,
  description: `Simulated EEG (four channels, 250 Hz) of three invented people who listen to tones; one tone in five is rare.
The files follow [BIDS](https://bids.neuroimaging.io) 1.9.0:

1. \`dataset_description.json\` and \`participants.tsv\` describe the dataset,
2. each \`sub-*/eeg/\` holds a BrainVision recording, its channels and its events.`,
  contributor: [
    person('dufour', 'Author', 'ContactPerson', 'Conceptualization'),
    person('chandra', 'Author', 'FormalAnalysis'),
    funder('healthAgency', 'EHA-R21-112233'),
    host('northgate'),
  ],
  license: ['spdx:CC0-1.0'],
  keywords: ['EEG', 'oddball', 'BIDS', 'auditory perception', 'simulated data'],
  about: [anatomy('UBERON:0001869', 'cerebral hemisphere')],
  studyTarget: ['The slow positive wave after rare tones.'],
  protocol: [protocol('oddball')],
  ethicsApproval: [ethics('NU-IRB-2024-31 (invented)', 'https://northgate.example.org/irb')],
  relatedResource: [
    related('IsDescribedBy', 'Preprint', 'Rare tones in a small group (invented)', 'demo.2025.022'),
  ],
};

const PEOPLE: EegParticipant[] = [
  { id: '01', age: 24, sex: 'F', seed: 51 },
  { id: '02', age: 31, sex: 'M', seed: 52 },
  { id: '03', age: 28, sex: 'F', seed: 53 },
];

function asset([path, content]: [string, string | Uint8Array]): DemoAsset {
  const who = PEOPLE.find(({ id }) => path.startsWith(`sub-${id}/`));
  const metadata =
    who === undefined
      ? {}
      : {
          wasAttributedTo: [
            participant({
              id: who.id,
              species: 'Homo sapiens',
              sex: who.sex,
              age: `P${who.age}Y`,
              description: '',
            }),
          ],
          ...(path.endsWith('_eeg.eeg')
            ? { approach: [{ schemaKey: 'ApproachType', name: 'electrophysiological approach' }] }
            : {}),
        };
  return fileAsset(path, '2025-04-01T12:00:00+00:00', bidsEncoding(path), content, metadata);
}

/** The story of the Dandiset. */
export function oddballEeg(): Story {
  const files = bidsDataset(
    {
      name: NAME,
      authors: [personName('dufour'), personName('chandra')],
      funding: ['Example Health Agency (invented), EHA-R21-112233'],
      ethics: ['NU-IRB-2024-31 (invented)'],
    },
    PEOPLE,
  );
  const contents = { dandiset: DANDISET, assets: files.map(asset) };
  return {
    number: '000005' as DandisetNumber,
    created: '2025-03-31T10:00:00+00:00',
    releases: [
      {
        ...contents,
        publishedAt: '2025-04-02T09:15:00+00:00',
        releaseNotes: 'First release.',
      },
    ],
    draft: contents,
    status: () => ({ owners: ['lucie-dufour-demo'] }),
  };
}
