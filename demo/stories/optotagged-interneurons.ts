// Units of prefrontal cortex, some of them tagged by light.

import type { DandisetNumber } from '../../src/core/identifiers/dandiset-id.ts';
import { nwbAsset } from '../asset-metadata.ts';
import { anatomy, ethics, project, protocol, related } from '../described.ts';
import { addLightPulses } from '../nwb-behavior.ts';
import type { NwbSession } from '../nwb-file.ts';
import { funder, institutionName, person, personName } from '../people.ts';
import { extracellularFile } from '../recordings.ts';
import type { DemoAsset, Story } from '../story.ts';

const DANDISET = {
  name: 'Optogenetic tagging of parvalbumin interneurons in prefrontal cortex',
  description: `Simulated units from prelimbic cortex of PV-Cre mice that express ChR2. Blue light (473 nm) is given in pulses of
100 ms, one a second; the power at the tip of the fibre is in each file.

* sorted units and LFP,
* \`OptogeneticSeries\` with the power of the light.

Simulated for demonstration.`,
  contributor: [
    person('ibekwe', 'Author', 'ContactPerson', 'Conceptualization', 'FundingAcquisition'),
    person('benitez', 'Author', 'DataCollector'),
    person('adler', 'Author', 'Supervision'),
    funder('brainFund', 'DBF-2024-0208'),
  ],
  license: ['spdx:CC0-1.0'],
  keywords: ['optogenetics', 'interneurons', 'parvalbumin', 'prefrontal cortex', 'simulated data'],
  about: [anatomy('UBERON:0000451', 'prefrontal cortex')],
  studyTarget: ['Which units answer to light within a few milliseconds.'],
  protocol: [protocol('optotagging')],
  ethicsApproval: [ethics('LIN-AC-2023-02 (invented)', 'https://lakeside.example.org/ethics')],
  relatedResource: [
    related(
      'IsDescribedBy',
      'JournalArticle',
      'Tagged interneurons and gamma (invented)',
      'demo.2025.077',
    ),
    related(
      'IsDerivedFrom',
      'Dataset',
      'Probe maps of the Lakeside Institute (invented)',
      'demo.dataset.9',
    ),
  ],
  wasGeneratedBy: [project('Interneurons in context', 'A simulated project, 2023 to 2026.')],
};

const LIGHT_RATE = 100;
const DURATION = 15;

async function session(id: string, sex: 'M' | 'F', seed: number, day: string): Promise<DemoAsset> {
  const info: NwbSession = {
    subject: {
      id,
      species: 'Mus musculus',
      sex,
      age: 'P120D',
      strain: 'B6.129P2-Pvalb<tm1(cre)Arbr>/J',
      genotype: 'Pvalb-IRES-Cre/wt',
      description: 'Simulated mouse with an optical fibre and a probe.',
    },
    sessionId: `${id}-tagging`,
    start: `${day}T11:00:00+01:00`,
    description: 'Light pulses in prelimbic cortex, simulated.',
    experiment: 'Tagging of parvalbumin interneurons.',
    experimenters: [personName('benitez')],
    lab: 'Ibekwe',
    institution: institutionName('lakeside'),
    keywords: ['optogenetics', 'interneurons', 'prefrontal cortex'],
  };
  const plan = { seed, location: 'PL', channels: 16, units: 8, duration: DURATION, rhythm: 40 };
  const written = await extracellularFile(info, plan, (nwb) => {
    const power = new Float32Array(LIGHT_RATE * DURATION);
    for (let sample = 0; sample < power.length; sample += 1) {
      if (sample % LIGHT_RATE < LIGHT_RATE / 10) power[sample] = 5;
    }
    addLightPulses(nwb, { location: 'PL', wavelength: 473, power, rate: LIGHT_RATE });
  });
  return nwbAsset(
    `sub-${id}/sub-${id}_ecephys+ogen.nwb`,
    '2025-10-06T10:00:00+00:00',
    info,
    written,
  );
}

/** The story of the Dandiset. */
export async function optotaggedInterneurons(): Promise<Story> {
  const contents = {
    dandiset: DANDISET,
    assets: [
      await session('PV2', 'F', 71, '2025-02-11'),
      await session('PV5', 'M', 72, '2025-02-13'),
    ],
  };
  return {
    number: '000007' as DandisetNumber,
    created: '2025-10-05T09:00:00+00:00',
    releases: [
      {
        ...contents,
        publishedAt: '2025-10-07T13:05:00+00:00',
        releaseNotes: 'First release, together with the article.',
      },
    ],
    draft: contents,
    status: () => ({ owners: ['chidi-ibekwe-demo', 'nora-adler-demo'] }),
  };
}
