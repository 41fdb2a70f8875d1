// Three rats, two sessions each, on a dense probe; two versions.

import type { DandisetNumber } from '../../src/core/identifiers/dandiset-id.ts';
import { nwbAsset } from '../asset-metadata.ts';
import { anatomy, ethics, protocol, related, software } from '../described.ts';
import { column, type NwbSession, type NwbSubject } from '../nwb-file.ts';
import { funder, host, institutionName, person, personName } from '../people.ts';
import { extracellularFile } from '../recordings.ts';
import type { DemoAsset, Story } from '../story.ts';

const DANDISET = {
  name: 'Dense probe recordings of rat cortex and striatum across sleep and wake',
  description: `Simulated recordings with a dense probe (64 electrodes, 20 µm apart) through motor cortex and dorsal striatum of rats,
in two sessions a rat: one before and one after a day of training.

| session | state |
| --- | --- |
| \`ses-pre\` | wake, then sleep |
| \`ses-post\` | sleep, then wake |

States are in the table of epochs of each file. All values are simulated.`,
  contributor: [
    person('fontana', 'Author', 'ContactPerson', 'ProjectLeader'),
    person('eriksen', 'Author', 'DataCollector'),
    person('hoshino', 'Author', 'Software'),
    person('kowalczyk', 'DataCurator', 'Maintainer'),
    funder('healthAgency', 'EHA-U19-445566'),
    funder('healthAgency', 'EHA-F32-000001'),
    host('harbour'),
  ],
  license: ['spdx:CC-BY-4.0'],
  keywords: ['sleep', 'striatum', 'motor cortex', 'high-density probe', 'simulated data'],
  about: [anatomy('UBERON:0002435', 'striatum'), anatomy('UBERON:0001384', 'primary motor cortex')],
  studyTarget: ['Whether firing rates drift between sessions.', 'How sleep changes joint firing.'],
  protocol: [protocol('dense-probe'), protocol('sleep-scoring')],
  ethicsApproval: [ethics('HCH-AC-102 (invented)', 'https://harbour.example.org/animals')],
  acknowledgement: 'Computing time was given by the Meridian Imaging Centre (invented).',
  relatedResource: [
    related(
      'IsDescribedBy',
      'JournalArticle',
      'Stable rates across a day of training (invented)',
      'demo.2026.003',
    ),
    software('state-score: scoring of sleep (invented)', 'https://github.com/example/state-score'),
  ],
};

const DURATION = 20;

function rat(id: string, sex: 'M' | 'F'): NwbSubject {
  return {
    id,
    species: 'Rattus norvegicus',
    sex,
    age: 'P150D',
    strain: 'Long-Evans',
    description: 'Simulated rat with a dense probe.',
    weight: '0.42 kg',
  };
}

async function session(
  subject: NwbSubject,
  name: 'pre' | 'post',
  seed: number,
  start: string,
  modified: string,
): Promise<DemoAsset> {
  const info: NwbSession = {
    subject,
    sessionId: name,
    start,
    description: name === 'pre' ? 'Wake, then sleep.' : 'Sleep, then wake.',
    experiment: 'Firing across sleep and wake.',
    experimenters: [personName('eriksen'), personName('fontana')],
    lab: 'Fontana',
    institution: institutionName('harbour'),
    keywords: ['sleep', 'striatum', 'motor cortex'],
  };
  const plan = {
    seed,
    location: 'primary motor cortex',
    channels: 64,
    units: 24,
    duration: DURATION,
    rhythm: 12,
    raw: true,
  };
  const states = name === 'pre' ? ['wake', 'sleep'] : ['sleep', 'wake'];
  const written = await extracellularFile(info, plan, (nwb) => {
    nwb.intervals(
      'epochs',
      'States of the animal.',
      [
        [0, DURATION / 2],
        [DURATION / 2, DURATION],
      ],
      [column('state', 'Scored state.', states)],
    );
  });
  return nwbAsset(
    `sub-${subject.id}/sub-${subject.id}_ses-${name}_ecephys.nwb`,
    modified,
    info,
    written,
  );
}

/** The story of the Dandiset. */
export async function ratSleepSessions(): Promise<Story> {
  const early = '2025-11-24T10:00:00+00:00';
  const late = '2026-02-02T10:00:00+00:00';
  const r1 = rat('R01', 'M');
  const r2 = rat('R02', 'F');
  const r3 = rat('R03', 'M');
  const first = [
    await session(r1, 'pre', 81, '2025-09-08T07:30:00+02:00', early),
    await session(r1, 'post', 82, '2025-09-08T19:30:00+02:00', early),
    await session(r2, 'pre', 83, '2025-09-10T07:30:00+02:00', early),
    await session(r2, 'post', 84, '2025-09-10T19:30:00+02:00', early),
  ];
  const contents = {
    dandiset: DANDISET,
    assets: [
      ...first,
      await session(r3, 'pre', 85, '2025-10-20T07:30:00+02:00', late),
      await session(r3, 'post', 86, '2025-10-20T19:30:00+02:00', late),
    ],
  };
  return {
    number: '000008' as DandisetNumber,
    created: '2025-11-20T10:00:00+00:00',
    releases: [
      {
        dandiset: { ...DANDISET, relatedResource: DANDISET.relatedResource.slice(1) },
        assets: first,
        publishedAt: '2025-11-25T09:00:00+00:00',
        releaseNotes: 'First release: rats R01 and R02.',
      },
      {
        ...contents,
        publishedAt: '2026-02-03T16:20:00+00:00',
        releaseNotes: 'Rat R03 added; the article is linked.',
      },
    ],
    draft: contents,
    status: () => ({ owners: ['giulia-fontana-demo'] }),
  };
}
