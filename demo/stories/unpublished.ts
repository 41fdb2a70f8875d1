// What is not published: a draft, an empty draft, and a submission without a number yet.

import type { DandisetNumber } from '../../src/core/identifiers/dandiset-id.ts';
import { CURRENT_RELEASE } from '../../src/core/schema/differences.ts';
import { cellSample, nwbAsset } from '../asset-metadata.ts';
import { anatomy, ethics, related } from '../described.ts';
import type { NwbSession } from '../nwb-file.ts';
import { funder, institutionName, person, personName } from '../people.ts';
import { extracellularFile, patchFile } from '../recordings.ts';
import type { Story, SubmissionStory } from '../story.ts';

/** A draft of one patched cell of a fly. */
export async function flyProjectionNeurons(): Promise<Story> {
  const session: NwbSession = {
    subject: {
      id: 'fly3',
      species: 'Drosophila melanogaster',
      sex: 'F',
      age: 'P3D',
      genotype: 'GH146-Gal4;UAS-GFP',
      description: 'Simulated fly.',
    },
    sessionId: 'fly3-pn1',
    start: '2026-03-11T15:00:00+00:00',
    description: 'Current steps in a projection neuron, simulated.',
    experiment: 'Excitability of projection neurons.',
    experimenters: [personName('hoshino')],
    lab: 'Hoshino',
    institution: institutionName('meridian'),
    keywords: ['antennal lobe', 'projection neuron'],
  };
  const written = await patchFile(session, {
    seed: 101,
    threshold: 60,
    cell: { id: 'pn1', slice: 'whole brain', location: 'antennal lobe' },
  });
  return {
    number: '000010' as DandisetNumber,
    created: '2026-03-12T08:00:00+00:00',
    releases: [],
    draft: {
      schemaVersion: CURRENT_RELEASE,
      dandiset: {
        name: 'Excitability of projection neurons in the fly antennal lobe',
        description:
          'Simulated whole-cell recordings of projection neurons. Recording goes on; the first cell is here so that the layout can be discussed.',
        contributor: [person('hoshino', 'Author', 'ContactPerson', 'DataCollector')],
        license: ['spdx:CC0-1.0'],
        keywords: ['olfaction', 'antennal lobe', 'simulated data'],
        sameAs: ['dandi://MERIDIAN-DANDI/000003'],
      },
      assets: [
        nwbAsset('sub-fly3/sub-fly3_icephys.nwb', '2026-03-12T08:30:00+00:00', session, written, {
          wasDerivedFrom: [cellSample('pn1', 'whole brain')],
        }),
      ],
    },
    status: () => ({ owners: ['aya-hoshino-demo'] }),
  };
}

/** A draft without files. */
export function emptyDraft(): Story {
  return {
    number: '000011' as DandisetNumber,
    created: '2026-04-20T12:00:00+00:00',
    releases: [],
    draft: {
      schemaVersion: CURRENT_RELEASE,
      dandiset: {
        name: 'Whisker movements and barrel cortex activity (in preparation)',
        description: 'Planned: two-photon imaging while whiskers are filmed. No files yet.',
        contributor: [person('sullivan', 'Author', 'ContactPerson')],
        license: ['spdx:CC-BY-4.0'],
      },
      assets: [],
    },
    status: () => ({ owners: ['finn-osullivan-demo'] }),
  };
}

/** A new Dandiset that requests its number and its first version at once. */
export async function songbirdSubmission(): Promise<SubmissionStory> {
  const session: NwbSession = {
    subject: {
      id: 'ZF12',
      species: 'Taeniopygia guttata',
      sex: 'M',
      age: 'P110D',
      description: 'Simulated adult male zebra finch.',
    },
    sessionId: 'ZF12-song',
    start: '2026-05-05T09:00:00+00:00',
    description: 'Units in HVC while the bird sings, simulated.',
    experiment: 'Premotor activity during song.',
    experimenters: [personName('kowalczyk')],
    lab: 'Ibekwe',
    institution: institutionName('lakeside'),
    keywords: ['birdsong', 'HVC'],
  };
  const plan = { seed: 111, location: 'HVC', channels: 8, units: 6, duration: 10, rhythm: 10 };
  const written = await extracellularFile(session, plan);
  return {
    slug: 'songbird-premotor-units',
    schemaVersion: CURRENT_RELEASE,
    releaseNotes: 'First release: one bird.',
    dandiset: {
      name: 'Premotor units in HVC of singing zebra finches',
      description: `Simulated units from HVC of a zebra finch that sings.

- one bird, one session,
- units and local field potential.`,
      contributor: [
        person('kowalczyk', 'Author', 'ContactPerson', 'DataCollector'),
        person('ibekwe', 'Author', 'Supervision'),
        funder('brainFund', 'DBF-2025-0555'),
      ],
      license: ['spdx:CC-BY-4.0'],
      keywords: ['birdsong', 'HVC', 'premotor', 'simulated data'],
      about: [anatomy('UBERON:0000955', 'brain')],
      ethicsApproval: [ethics('LIN-AC-2025-19 (invented)', 'https://lakeside.example.org/ethics')],
      relatedResource: [
        related('IsDescribedBy', 'Preprint', 'Bursts before syllables (invented)', 'demo.2026.031'),
      ],
    },
    assets: [
      nwbAsset('sub-ZF12/sub-ZF12_ecephys.nwb', '2026-05-28T09:00:00+00:00', session, written),
    ],
  };
}
