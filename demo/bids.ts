// A BIDS dataset of EEG: BrainVision recordings (header, markers, samples) with their sidecar files.

import { Chance, samples, wave } from './signal.ts';

export interface EegParticipant {
  id: string;
  age: number;
  sex: 'M' | 'F';
  seed: number;
}

const CHANNELS = ['Fz', 'Cz', 'Pz', 'Oz'];
const RATE = 250;
const SECONDS = 20;
const MICROVOLTS_A_STEP = 0.1;

export const BIDS_README = `# Auditory oddball EEG (simulated)

Four-channel EEG of three invented people who hear a row of tones, one in five of them higher
than the others. All samples are simulated: noise, a 10 Hz rhythm and a slow wave after each rare
tone. The dataset shows how a BIDS dataset lies in an archive; it has no scientific use.
`;

function tsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.join('\t')}\n`).join('');
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

interface Tone {
  onset: number;
  kind: 'standard' | 'rare';
}

function tones(chance: Chance): Tone[] {
  const list: Tone[] = [];
  for (let onset = 1; onset < SECONDS - 1; onset += 1) {
    list.push({ onset, kind: chance.uniform() < 0.2 ? 'rare' : 'standard' });
  }
  return list;
}

function recording(participant: EegParticipant): { tones: Tone[]; data: Int16Array } {
  const chance = new Chance(participant.seed);
  const heard = tones(chance);
  const rareAt = heard.filter((tone) => tone.kind === 'rare').map((tone) => tone.onset);
  const data = samples(RATE * SECONDS, CHANNELS.length, (time, channel) => {
    const second = time / RATE;
    const rhythm = 80 * (channel + 1) * wave(second * 10) * (0.4 + 0.3 * wave(second / 7));
    const since = rareAt.map((onset) => second - onset).find((delay) => delay > 0.2 && delay < 0.6);
    const slow =
      since === undefined ? 0 : 60 * wave((since - 0.2) / 0.8) * (channel === 2 ? 1.5 : 1);
    return rhythm + slow + 40 * chance.normal();
  });
  return { tones: heard, data };
}

function header(stem: string): string {
  const channels = CHANNELS.map((name, index) => `Ch${index + 1}=${name},,${MICROVOLTS_A_STEP},µV`);
  return `Brain Vision Data Exchange Header File Version 1.0

[Common Infos]
Codepage=UTF-8
DataFile=${stem}.eeg
MarkerFile=${stem}.vmrk
DataFormat=BINARY
DataOrientation=MULTIPLEXED
NumberOfChannels=${CHANNELS.length}
SamplingInterval=${1_000_000 / RATE}

[Binary Infos]
BinaryFormat=INT_16

[Channel Infos]
${channels.join('\n')}
`;
}

function markers(stem: string, heard: readonly Tone[]): string {
  const lines = heard.map(
    ({ onset, kind }, index) =>
      `Mk${index + 2}=Stimulus,${kind === 'rare' ? 'S  2' : 'S  1'},${onset * RATE + 1},1,0`,
  );
  return `Brain Vision Data Exchange Marker File, Version 1.0

[Common Infos]
Codepage=UTF-8
DataFile=${stem}.eeg

[Marker Infos]
Mk1=New Segment,,1,1,0
${lines.join('\n')}
`;
}

/** The files of one participant's recording, by path. */
function participantFiles(participant: EegParticipant): [string, string | Uint8Array][] {
  const stem = `sub-${participant.id}_task-oddball_eeg`;
  const before = `sub-${participant.id}/eeg/sub-${participant.id}_task-oddball`;
  const { tones: heard, data } = recording(participant);
  return [
    [`${before}_eeg.vhdr`, header(stem)],
    [`${before}_eeg.vmrk`, markers(stem, heard)],
    [`${before}_eeg.eeg`, new Uint8Array(data.buffer)],
    [
      `${before}_eeg.json`,
      json({
        TaskName: 'oddball',
        TaskDescription: 'Listen to tones; count the rare ones.',
        InstitutionName: 'Northgate University (invented)',
        Manufacturer: 'none (simulated)',
        EEGReference: 'linked mastoids (simulated)',
        EEGGround: 'AFz (simulated)',
        EEGChannelCount: CHANNELS.length,
        EEGPlacementScheme: '10-20',
        SamplingFrequency: RATE,
        PowerLineFrequency: 50,
        SoftwareFilters: 'n/a',
        RecordingType: 'continuous',
        RecordingDuration: SECONDS,
      }),
    ],
    [
      `${before}_channels.tsv`,
      tsv([
        ['name', 'type', 'units', 'sampling_frequency'],
        ...CHANNELS.map((name) => [name, 'EEG', 'µV', RATE]),
      ]),
    ],
    [
      `${before}_events.tsv`,
      tsv([
        ['onset', 'duration', 'trial_type'],
        ...heard.map(({ onset, kind }) => [onset, 0.1, kind]),
      ]),
    ],
    [
      `${before}_events.json`,
      json({
        trial_type: {
          LongName: 'Kind of tone',
          Description: 'Which of the two tones was played.',
          Levels: { standard: '500 Hz', rare: '700 Hz' },
        },
      }),
    ],
  ];
}

/** The files of the dataset, by path. */
export function bidsDataset(
  description: { name: string; authors: string[]; funding: string[]; ethics: string[] },
  participants: readonly EegParticipant[],
): [string, string | Uint8Array][] {
  return [
    [
      'dataset_description.json',
      json({
        Name: description.name,
        BIDSVersion: '1.9.0',
        DatasetType: 'raw',
        License: 'CC0-1.0',
        Authors: description.authors,
        Funding: description.funding,
        EthicsApprovals: description.ethics,
        Acknowledgements: 'Simulated for demonstration.',
        GeneratedBy: [{ Name: 'demo archive', Description: 'Simulated by a script.' }],
      }),
    ],
    ['README.md', BIDS_README],
    ['CHANGES', '1.0.0 2025-04-02\n  - First release.\n'],
    [
      'participants.tsv',
      tsv([
        ['participant_id', 'age', 'sex'],
        ...participants.map(({ id, age, sex }) => [`sub-${id}`, age, sex]),
      ]),
    ],
    [
      'participants.json',
      json({
        age: { Description: 'Age at the time of recording.', Units: 'years' },
        sex: { Description: 'Sex as stated.', Levels: { F: 'female', M: 'male' } },
      }),
    ],
    ...participants.flatMap(participantFiles),
  ];
}

/** The encoding format under which an archive lists a file of the dataset. */
export function bidsEncoding(path: string): string {
  if (path.endsWith('.json')) return 'application/json';
  if (path.endsWith('.tsv')) return 'text/tab-separated-values';
  if (path.endsWith('.md')) return 'text/markdown';
  if (path.endsWith('.eeg')) return 'application/octet-stream';
  return 'text/plain';
}
