// Behaviour in an open field with a video next to each file; the draft is ahead of the version.

import type { DandisetNumber } from '../../src/core/identifiers/dandiset-id.ts';
import { fileAsset, nwbAsset, participant } from '../asset-metadata.ts';
import { aviFile } from '../avi.ts';
import { anatomy, ethics, protocol, related } from '../described.ts';
import { addBehaviorModule, addMeasure, addPosition, addVideo } from '../nwb-behavior.ts';
import { nwbFile, objectIdOf, type NwbSession } from '../nwb-file.ts';
import { funder, institutionName, person, personName } from '../people.ts';
import { Chance } from '../signal.ts';
import type { DemoAsset, Story } from '../story.ts';

const DANDISET = {
  name: 'Exploration of an open field by mice, with video from above',
  description: `Simulated behaviour of mice in a square arena of 0.6 m: position and speed from video, with the video itself
beside each NWB file (uncompressed grey AVI, 10 frames a second, a bright dot for the mouse).

- \`sub-*/\` holds one session a mouse.
- Videos lie in a folder named after their NWB file.

Made by a script for demonstration.`,
  contributor: [
    person('sullivan', 'Author', 'ContactPerson', 'DataCollector'),
    person('jansson', 'Author', 'Supervision'),
    funder('sciencesCouncil', 'CSS/52-01'),
  ],
  license: ['spdx:CC0-1.0'],
  keywords: ['open field', 'locomotion', 'video tracking', 'simulated data'],
  about: [anatomy('UBERON:0000955', 'brain')],
  studyTarget: ['Baseline locomotion before later recordings.'],
  protocol: [protocol('open-field')],
  ethicsApproval: [ethics('NU-2023-009 (invented)', 'https://northgate.example.org/ethics')],
  relatedResource: [
    related('IsCitedBy', 'Preprint', 'Paths in empty arenas (invented)', 'demo.2025.040'),
  ],
};

const ARENA = 0.6;
const RATE = 10;
const FRAMES = 100;
const VIDEO_SIZE = 48;

/** A walk that turns at random and is turned back by the walls. */
function walk(seed: number): { places: Float64Array; speeds: Float32Array } {
  const chance = new Chance(seed);
  const places = new Float64Array(FRAMES * 2);
  const speeds = new Float32Array(FRAMES);
  let [x, y, dx, dy] = [ARENA / 2, ARENA / 2, 0.01, 0.006];
  for (let frame = 0; frame < FRAMES; frame += 1) {
    dx = 0.9 * dx + 0.004 * chance.normal();
    dy = 0.9 * dy + 0.004 * chance.normal();
    if (x + dx < 0.03 || x + dx > ARENA - 0.03) dx = -dx;
    if (y + dy < 0.03 || y + dy > ARENA - 0.03) dy = -dy;
    x += dx;
    y += dy;
    places[2 * frame] = Math.round(x * 1e4) / 1e4;
    places[2 * frame + 1] = Math.round(y * 1e4) / 1e4;
    speeds[frame] = Math.round(Math.sqrt(dx * dx + dy * dy) * RATE * 1e4) / 1e4;
  }
  return { places, speeds };
}

async function session(
  id: string,
  sex: 'M' | 'F',
  seed: number,
  day: string,
  modified: string,
): Promise<DemoAsset[]> {
  const info: NwbSession = {
    subject: {
      id,
      species: 'Mus musculus',
      sex,
      age: 'P70D',
      strain: 'C57BL/6J',
      description: 'Simulated mouse, not operated.',
    },
    sessionId: `${id}-open-field`,
    start: `${day}T18:00:00+00:00`,
    description: 'Ten seconds in an open field, simulated.',
    experiment: 'Baseline locomotion.',
    experimenters: [personName('sullivan')],
    lab: 'Jansson-Reyes',
    institution: institutionName('northgate'),
    keywords: ['open field', 'locomotion', 'video tracking'],
  };
  const stem = `sub-${id}_behavior+image`;
  const videoName = `${objectIdOf(info, '/acquisition/Video')}_external_file_0.avi`;
  const { places, speeds } = walk(seed);
  const written = await nwbFile(info, (nwb) => {
    addBehaviorModule(nwb);
    addPosition(nwb, places, { rate: RATE });
    addMeasure(nwb, 'running_speed', {
      description: 'Speed of the head.',
      data: speeds,
      unit: 'm/s',
      timing: { rate: RATE },
    });
    addVideo(nwb, { file: `./${stem}/${videoName}`, frames: FRAMES, rate: RATE });
  });
  const scale = VIDEO_SIZE / ARENA;
  const video = aviFile({
    width: VIDEO_SIZE,
    height: VIDEO_SIZE,
    rate: RATE,
    frames: FRAMES,
    pixel: (frame, px, py) => {
      const dx = px - (places[2 * frame] ?? 0) * scale;
      const dy = VIDEO_SIZE - 1 - py - (places[2 * frame + 1] ?? 0) * scale;
      return dx * dx + dy * dy < 9 ? 230 : 40 + ((px ^ py) & 7);
    },
  });
  return [
    nwbAsset(`sub-${id}/${stem}.nwb`, modified, info, written),
    fileAsset(`sub-${id}/${stem}/${videoName}`, modified, 'video/x-msvideo', video, {
      wasAttributedTo: [participant(info.subject)],
    }),
  ];
}

/** The story of the Dandiset. */
export async function openFieldVideo(): Promise<Story> {
  const published = [
    ...(await session('OF3', 'F', 41, '2025-03-04', '2025-05-19T09:00:00+00:00')),
    ...(await session('OF4', 'M', 42, '2025-03-05', '2025-05-19T09:00:00+00:00')),
  ];
  const added = await session('OF7', 'F', 43, '2025-08-12', '2025-09-01T09:00:00+00:00');
  return {
    number: '000004' as DandisetNumber,
    created: '2025-05-18T07:00:00+00:00',
    releases: [
      {
        dandiset: DANDISET,
        assets: published,
        publishedAt: '2025-05-20T08:00:00+00:00',
        releaseNotes: 'First release: two mice.',
      },
    ],
    draft: {
      dandiset: {
        ...DANDISET,
        description: `${DANDISET.description}\n\nA third mouse was added in September 2025.`,
        keywords: [...DANDISET.keywords, 'baseline'],
      },
      assets: [...published, ...added],
    },
    status: () => ({ owners: ['finn-osullivan-demo'] }),
  };
}
