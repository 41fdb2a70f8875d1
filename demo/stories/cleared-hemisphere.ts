// A cleared brain in OME-Zarr.

import type { DandisetNumber } from '../../src/core/identifiers/dandiset-id.ts';
import { participant, zarrAsset, fileAsset } from '../asset-metadata.ts';
import { anatomy, ethics, protocol } from '../described.ts';
import { omeZarr } from '../ome-zarr.ts';
import { funder, host, person } from '../people.ts';
import { Chance } from '../signal.ts';
import type { Story } from '../story.ts';

const DANDISET = {
  name: 'Light-sheet volume of a cleared mouse hemisphere',
  description: `A small simulated volume in OME-Zarr (OME-NGFF 0.4, Zarr 2) with three resolutions: bright cell bodies in dim tissue.

- \`sub-LS1/micr/\` holds the volume as one asset,
- \`samples.tsv\` names the sample.

The volume is far smaller than a real one so that it opens at once.`,
  contributor: [
    person('hoshino', 'Author', 'ContactPerson', 'DataCollector'),
    person('grunwald', 'Author', 'Methodology', 'Software'),
    funder('brainFund', 'DBF-2023-0101'),
    host('meridian'),
  ],
  license: ['spdx:CC-BY-4.0'],
  keywords: ['light-sheet microscopy', 'tissue clearing', 'OME-Zarr', 'simulated data'],
  about: [anatomy('UBERON:0001869', 'cerebral hemisphere')],
  studyTarget: ['Counting labelled cells in a whole hemisphere.'],
  protocol: [protocol('clearing')],
  ethicsApproval: [ethics('MIC-2023-4 (invented)', 'https://meridian.example.org/ethics')],
};

const SUBJECT = {
  id: 'LS1',
  species: 'Mus musculus',
  sex: 'M',
  age: 'P60D',
  description: 'Simulated mouse whose brain was cleared.',
} as const;

const MODIFIED = '2025-06-09T14:00:00+00:00';

function volume(): ReturnType<typeof omeZarr> {
  const chance = new Chance(61);
  const cells = Array.from({ length: 40 }, () => [
    chance.below(16),
    chance.below(64),
    chance.below(64),
  ]);
  const noise = new Chance(62);
  return omeZarr({
    name: 'hemisphere',
    shape: [16, 64, 64],
    chunk: [16, 16, 16],
    levels: 3,
    spacing: [4, 1.8, 1.8],
    voxel: (z, y, x) => {
      const near = cells.some(
        ([cz = 0, cy = 0, cx = 0]) => (z - cz) ** 2 + (y - cy) ** 2 + (x - cx) ** 2 <= 6,
      );
      return (near ? 1800 : 200) + noise.below(100);
    },
  });
}

/** The story of the Dandiset. */
export function clearedHemisphere(): Story {
  const attributed = { wasAttributedTo: [participant(SUBJECT)] };
  const imaging = {
    ...attributed,
    approach: [{ schemaKey: 'ApproachType', name: 'microscopy approach; cell population imaging' }],
    wasDerivedFrom: [
      {
        schemaKey: 'BioSample',
        identifier: 'hemisphere',
        sampleType: { schemaKey: 'SampleType', name: 'tissuesample' },
      },
    ],
  };
  const contents = {
    dandiset: DANDISET,
    assets: [
      fileAsset(
        'samples.tsv',
        MODIFIED,
        'text/tab-separated-values',
        'sample_id\tparticipant_id\tsample_type\nsample-hemisphere\tsub-LS1\ttissue\n',
      ),
      zarrAsset(
        'sub-LS1/micr/sub-LS1_sample-hemisphere_SPIM.ome.zarr',
        MODIFIED,
        volume(),
        imaging,
      ),
    ],
  };
  return {
    number: '000006' as DandisetNumber,
    created: '2025-06-09T08:00:00+00:00',
    releases: [
      {
        ...contents,
        publishedAt: '2025-06-10T10:40:00+00:00',
        releaseNotes: 'First release.',
      },
    ],
    draft: contents,
    status: () => ({ owners: ['aya-hoshino-demo'] }),
  };
}
