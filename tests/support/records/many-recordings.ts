// An archive with many files whose recordings are shaped like real ones: Dandisets of one method each, files of
// several objects, numbers that differ from file to file.

import { memoryTree } from '../../../src/adapters/content-files/memory-tree.ts';
import type { RecordingFacts } from '../../../src/core/recordings/recording-fields.ts';
import { recordingListText } from '../../../src/core/recordings/recording-list.ts';
import { loadCatalog, type Catalog } from '../../../src/site/catalog/catalog.ts';
import { Chance } from '../../../demo/signal.ts';

const ARCHIVE = {
  name: 'Lab',
  identifierPrefix: 'LAB',
  site: 'https://lab.example/',
  repository: 'https://github.com/lab/archive',
  stores: [{ kind: 'folder', path: 'storage', url: '/storage/' }],
};
const SPECIES = ['Mus musculus', 'Rattus norvegicus', 'Homo sapiens', 'Macaca mulatta'];
const AREAS = ['CA1', 'CA3', 'DG', 'VISp', 'VISl', 'MOs', 'PFC', 'Subiculum', 'BLA', 'Amygdala'];

const hex = (chance: Chance, digits: number): string =>
  Array.from({ length: digits }, () => chance.below(16).toString(16)).join('');
const oneOf = <T>(chance: Chance, all: readonly T[]): T => all[chance.below(all.length)] as T;

function uuid(chance: Chance): string {
  return [8, 4, 4, 4, 12].map((digits) => hex(chance, digits)).join('-');
}

type Common = Pick<RecordingFacts, 'blob' | 'subject' | 'session' | 'species'>;

/** Extracellular: what was sampled, LFP, units and behaviour. */
function ecephys(chance: Chance, common: Common, area: string): RecordingFacts[] {
  const duration = 600 + chance.uniform() * 7200;
  const channels = oneOf(chance, [64, 128, 256, 384]);
  const regions = [
    ...new Set([
      area,
      oneOf(chance, AREAS),
      `${oneOf(chance, AREAS)} layer ${1 + chance.below(6)}`,
    ]),
  ];
  const devices = [oneOf(chance, ['Neuropixels 1.0', 'Neuropixels 2.0', 'silicon probe'])];
  const rate = 30_000 + (chance.uniform() - 0.5) * 0.1;
  const kinds = ['ElectricalSeries', 'TimeSeries'];
  return [
    {
      object: '/acquisition/raw',
      type: 'ElectricalSeries',
      kinds,
      rate,
      duration,
      channels,
      regions,
      devices,
    },
    {
      object: '/processing/lfp',
      type: 'ElectricalSeries',
      kinds: [...kinds, 'LFP'],
      rate: rate / 24,
      duration,
      channels,
      regions,
      devices,
    },
    {
      object: '/units',
      type: 'Units',
      kinds: ['Units', 'DynamicTable'],
      units: chance.below(600),
      regions,
    },
    {
      object: '/position',
      type: 'SpatialSeries',
      kinds: ['SpatialSeries', 'TimeSeries', 'Position'],
      rate: 39.06 + chance.uniform(),
      duration: duration - chance.uniform() * 20,
    },
  ].map((facts) => ({ ...common, ...facts }));
}

function ophys(chance: Chance, common: Common, area: string): RecordingFacts[] {
  const duration = 300 + chance.uniform() * 3600;
  const rate = 8 + chance.uniform() * 50;
  const devices = [`Two-photon microscope ${1 + chance.below(4)}`];
  return [
    {
      object: '/acquisition/movie',
      type: 'TwoPhotonSeries',
      kinds: ['TwoPhotonSeries', 'ImageSeries', 'TimeSeries'],
      rate,
      duration,
      regions: [area],
      devices,
    },
    {
      object: '/processing/f',
      type: 'RoiResponseSeries',
      kinds: ['RoiResponseSeries', 'TimeSeries', 'Fluorescence'],
      rate,
      duration,
      rois: chance.below(900),
      regions: [area],
      devices,
    },
  ].map((facts) => ({ ...common, ...facts }));
}

function icephys(chance: Chance, common: Common, area: string): RecordingFacts[] {
  return ['CurrentClampSeries', 'VoltageClampSeries'].map((type) => ({
    ...common,
    object: `/acquisition/${type}`,
    type,
    kinds: [type, 'PatchClampSeries', 'TimeSeries'],
    rate: oneOf(chance, [10_000, 20_000, 50_000]),
    duration: 0.5 + chance.uniform() * 10,
    sweeps: 1 + chance.below(400),
    regions: [area],
    devices: ['MultiClamp 700B'],
  }));
}

const METHODS = [ecephys, ophys, icephys];

/** The catalogue of an archive with so many files, 150 a Dandiset. */
export async function manyRecordings(files: number): Promise<Catalog> {
  const chance = new Chance(13);
  const contents: Record<string, string> = { 'archive.json': JSON.stringify(ARCHIVE) };
  const lists = new Map<string, Uint8Array>();
  for (let made = 0, dandiset = 1; made < files; dandiset += 1) {
    const number = String(dandiset).padStart(6, '0');
    const method = oneOf(chance, METHODS);
    const [species, area] = [oneOf(chance, SPECIES), oneOf(chance, AREAS)];
    const isUuid = chance.below(3) === 0;
    const facts: RecordingFacts[] = [];
    const assets: string[] = [];
    const count = Math.min(150, files - made);
    for (let at = 0; at < count; at += 1, made += 1) {
      const blob = hex(chance, 64);
      const subject = `${oneOf(chance, ['m', 'rat', 'sub'])}${1000 * dandiset + Math.floor(at / 5)}`;
      const session = isUuid ? uuid(chance) : `${subject}_2024-${1 + chance.below(12)}-${at}`;
      facts.push(...method(chance, { blob, subject, session, species }, area));
      const place = `sub-${subject}/sub-${subject}_ses-${session}_ecephys.nwb`;
      assets.push(JSON.stringify({ asset_id: place, blob, path: place, size: 1, metadata: {} }));
    }
    const key = hex(chance, 64);
    lists.set(key, new TextEncoder().encode(recordingListText(facts)));
    const folder = `dandisets/000/${number}`;
    contents[`${folder}/derived.json`] = JSON.stringify({ recordings: key });
    contents[`${folder}/draft/dandiset.json`] = JSON.stringify({
      name: `Dandiset ${number} of ${species}`,
    });
    contents[`${folder}/draft/assets.jsonl`] = assets
      .sort()
      .map((line) => `${line}\n`)
      .join('');
  }
  return loadCatalog({
    tree: memoryTree(contents),
    base: '/',
    readStoredList: (sha256) => Promise.resolve(lists.get(sha256)),
  });
}
