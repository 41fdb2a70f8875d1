// Plain text and tables: tracks of crawling worms.

import type { DandisetNumber } from '../../src/core/identifiers/dandiset-id.ts';
import { fileAsset } from '../asset-metadata.ts';
import { project, protocol } from '../described.ts';
import { funder, person } from '../people.ts';
import { Chance } from '../signal.ts';
import { speciesRecord } from '../species.ts';
import type { DemoAsset, Story } from '../story.ts';

const DANDISET = {
  name: 'Tracks of crawling C. elegans on food and off food',
  description: `Simulated tracks of single worms, one table a worm (\`time_s,x_mm,y_mm\`), five frames a second for a minute.

- \`tracks/on-food/\` and \`tracks/off-food/\`: the tables,
- \`methods.txt\`: how they would have been recorded,
- \`README.md\`: what each column means.

The Dandiset shows that supplements in plain formats have their place beside NWB.`,
  contributor: [
    person('grunwald', 'Author', 'ContactPerson', 'DataCollector', 'FormalAnalysis'),
    person('jansson', 'Author', 'Supervision'),
    funder('sciencesCouncil', 'CSS/60-15'),
  ],
  license: ['spdx:CC0-1.0'],
  keywords: ['locomotion', 'C. elegans', 'foraging', 'simulated data'],
  studyTarget: ['How food changes the speed and turning of worms.'],
  protocol: [protocol('worm-tracking')],
  wasGeneratedBy: [project('Foraging in small nervous systems', 'A simulated project.')],
};

const MODIFIED = '2025-08-25T12:00:00+00:00';

function track(seed: number, speed: number): string {
  const chance = new Chance(seed);
  let [x, y, dx, dy] = [0, 0, speed, 0];
  const lines = ['time_s,x_mm,y_mm'];
  for (let frame = 0; frame < 300; frame += 1) {
    lines.push(`${(frame / 5).toFixed(1)},${x.toFixed(3)},${y.toFixed(3)}`);
    dx = 0.97 * dx + 0.02 * speed * chance.normal();
    dy = 0.97 * dy + 0.02 * speed * chance.normal();
    x += dx / 5;
    y += dy / 5;
  }
  return `${lines.join('\n')}\n`;
}

function worm(name: string, condition: 'on-food' | 'off-food', seed: number): DemoAsset {
  const speed = condition === 'on-food' ? 0.05 : 0.18;
  return fileAsset(`tracks/${condition}/${name}.csv`, MODIFIED, 'text/csv', track(seed, speed), {
    approach: [{ schemaKey: 'ApproachType', name: 'behavioral approach' }],
    measurementTechnique: [{ schemaKey: 'MeasurementTechniqueType', name: 'behavioral technique' }],
    wasAttributedTo: [
      {
        schemaKey: 'Participant',
        identifier: name,
        species: speciesRecord('Caenorhabditis elegans'),
        strain: { schemaKey: 'StrainType', name: 'N2' },
      },
    ],
  });
}

const README = `# Tracks of crawling worms (simulated)

| column | meaning | unit |
| --- | --- | --- |
| time_s | time since the start of the track | s |
| x_mm, y_mm | position of the middle of the worm | mm |
`;

const METHODS = `Adult worms crawl on agar plates with or without a lawn of bacteria. A camera above the plate
takes five frames a second. None of this took place: the tracks are random walks with inertia.
`;

/** The story of the Dandiset. */
export function wormTracks(): Story {
  const contents = {
    dandiset: DANDISET,
    assets: [
      fileAsset('README.md', MODIFIED, 'text/markdown', README),
      fileAsset('methods.txt', MODIFIED, 'text/plain', METHODS),
      ...[1, 2, 3, 4].map((index) => worm(`worm-${index}`, 'on-food', 90 + index)),
      ...[5, 6, 7, 8].map((index) => worm(`worm-${index}`, 'off-food', 90 + index)),
    ],
  };
  return {
    number: '000009' as DandisetNumber,
    created: '2025-08-24T12:00:00+00:00',
    releases: [
      {
        ...contents,
        publishedAt: '2025-08-26T07:55:00+00:00',
        releaseNotes: 'First release.',
      },
    ],
    draft: contents,
    status: () => ({ owners: ['anselm-gruenwald-demo'] }),
  };
}
