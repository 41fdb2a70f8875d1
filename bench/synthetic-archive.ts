// An archive of any number of versions for the bench: deterministic, with the median size and shape of real
// records (descriptions of 1.5 kB, 3 to 12 contributors, a few files).

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { versionFolder } from '../src/core/records/layout.ts';
import type { DandisetNumber } from '../src/core/identifiers/dandiset-id.ts';
import type { VersionId } from '../src/core/identifiers/version-id.ts';
import {
  formatManifest,
  frozenFile,
  MANIFEST_FILE,
  MANIFEST_SCHEMA,
} from '../src/core/records/manifest.ts';
import { Chance } from '../demo/signal.ts';

type Json = Record<string, unknown>;

const SETTINGS = {
  name: 'Synthetic archive',
  description: 'Records without meaning, to measure how long a site takes to build.',
  identifierPrefix: 'BENCH',
  site: 'https://bench.example/',
  stores: [{ kind: 'http', url: 'https://store.example/' }],
  repository: 'https://github.com/example/bench',
  licenses: ['spdx:CC0-1.0', 'spdx:CC-BY-4.0'],
};

const WORDS =
  'neurons recorded in mouse visual cortex during a task with two odours and a reward after each trial units sorted from silicon probes calcium imaging of layer five cells whole cell patch clamp slices behaviour video pupil running speed hippocampus theta phase replay sleep spindles stimulus contrast orientation tuned'.split(
    ' ',
  );
const SPECIES = [
  ['http://purl.obolibrary.org/obo/NCBITaxon_10090', 'Mus musculus - House mouse'],
  ['http://purl.obolibrary.org/obo/NCBITaxon_10116', 'Rattus norvegicus - Norway rat'],
  ['http://purl.obolibrary.org/obo/NCBITaxon_9606', 'Homo sapiens - Human'],
  ['http://purl.obolibrary.org/obo/NCBITaxon_9544', 'Macaca mulatta - Rhesus monkey'],
];
const APPROACHES = [
  'electrophysiological approach',
  'behavioral approach',
  'microscopy approach; cell population imaging',
];
const TECHNIQUES = [
  'spike sorting technique',
  'multi electrode extracellular electrophysiology recording technique',
  'two-photon microscopy technique',
  'current clamp technique',
];

type Pick = (below: number) => number;

function times<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

const sentence = (pick: Pick, words: number): string =>
  `${times(words, () => WORDS[pick(WORDS.length)]).join(' ')}.`;

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** An identifier of the right shape; its check digit is wrong, and no page checks it. */
const orcid = (person: number): string => `0000-0009-${digits(person, 4)}-${digits(person, 4)}`;

const uuid = (pick: Pick): string =>
  times(4, () => digits(pick(0x7fffffff), 8))
    .join('')
    .replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');

function contributors(pick: Pick): Json[] {
  const persons = times(3 + pick(10), (at) => {
    const person = pick(2000);
    return {
      schemaKey: 'Person',
      name: `Family${person}, Given`,
      identifier: orcid(person),
      roleName: at === 0 ? ['dcite:Author', 'dcite:ContactPerson'] : ['dcite:Author'],
      includeInCitation: true,
      affiliation: [
        {
          schemaKey: 'Affiliation',
          name: `University number ${person % 90}`,
          identifier: `https://ror.org/0${digits(person % 90, 8)}`,
        },
      ],
    };
  });
  const funder = pick(60);
  return [
    ...persons,
    {
      schemaKey: 'Organization',
      name: `Funder number ${funder}`,
      identifier: `https://ror.org/1${digits(funder, 8)}`,
      roleName: ['dcite:Funder'],
      awardNumber: `R01-${digits(pick(1e6), 6)}`,
      includeInCitation: false,
    },
  ];
}

function assetLines(pick: Pick): { text: string; files: number; bytes: number } {
  const files = 2 + pick(7);
  let bytes = 0;
  const lines = times(files, (at) => {
    const size = 1_000_000 + pick(2_000_000_000);
    bytes += size;
    const name = `sub-${digits(at, 2)}/sub-${digits(at, 2)}_ses-1_ecephys.nwb`;
    const metadata = {
      schemaKey: 'Asset',
      path: name,
      encodingFormat: 'application/x-nwb',
      contentSize: size,
      digest: { 'dandi:dandi-etag': `${digits(pick(1e9), 32)}-1` },
      approach: [{ schemaKey: 'ApproachType', name: APPROACHES[0] }],
      wasAttributedTo: [{ schemaKey: 'Participant', identifier: `sub-${at}` }],
    };
    return JSON.stringify({
      asset_id: uuid(pick),
      blob: uuid(pick),
      path: name,
      size,
      created: '2024-05-01T12:00:00Z',
      modified: '2024-05-01T12:00:00Z',
      metadata,
    });
  });
  return { text: `${lines.join('\n')}\n`, files, bytes };
}

function recordOf(pick: Pick, number: string, version: string, counts: Json): Json {
  const species = SPECIES[pick(SPECIES.length)];
  return {
    id: `BENCH:${number}/${version}`,
    identifier: `BENCH:${number}`,
    schemaKey: 'Dandiset',
    schemaVersion: '0.6.8',
    name: `Dandiset ${number}: ${sentence(pick, 9)}`,
    description: times(4, () => sentence(pick, 60)).join('\n\n'),
    version,
    citation: `Family, Given (2024) Dandiset ${number} (Version ${version}) [Data set]. Synthetic archive. https://bench.example/dandiset/${number}/${version}`,
    contributor: contributors(pick),
    license: ['spdx:CC-BY-4.0'],
    keywords: times(5, () => WORDS[pick(WORDS.length)]),
    studyTarget: [sentence(pick, 12)],
    access: [{ schemaKey: 'AccessRequirements', status: 'dandi:OpenAccess' }],
    relatedResource: times(pick(4), (at) => ({
      schemaKey: 'Resource',
      name: sentence(pick, 10),
      url: `https://example.org/paper/${number}/${at}`,
      relation: 'dcite:IsDescribedBy',
    })),
    about: [{ schemaKey: 'Anatomy', name: sentence(pick, 2) }],
    releaseNotes: sentence(pick, 20),
    dateCreated: '2024-05-01T12:00:00Z',
    datePublished: '2024-05-02T12:00:00Z',
    assetsSummary: {
      schemaKey: 'AssetsSummary',
      ...counts,
      species: [{ schemaKey: 'SpeciesType', identifier: species?.[0], name: species?.[1] }],
      approach: [{ name: APPROACHES[pick(APPROACHES.length)] }],
      measurementTechnique: [{ name: TECHNIQUES[pick(TECHNIQUES.length)] }],
      variableMeasured: ['Units', 'ElectricalSeries'],
      dataStandard: [{ identifier: 'RRID:SCR_015242', name: 'Neurodata Without Borders (NWB)' }],
    },
  };
}

function writeVersion(content: string, number: string, version: string, start: number): void {
  const chance = new Chance(start);
  const pick: Pick = (below) => chance.below(below);
  const folder = path.join(content, versionFolder(number as DandisetNumber, version as VersionId));
  mkdirSync(folder, { recursive: true });
  const { text, files, bytes } = assetLines(pick);
  const counts = { numberOfFiles: files, numberOfBytes: bytes, numberOfSubjects: files };
  const record = `${JSON.stringify(recordOf(pick, number, version, counts), null, 2)}\n`;
  const names = [
    ['assets.jsonl', text],
    ['dandiset.json', record],
  ] as const;
  for (const [name, contents] of names) writeFileSync(path.join(folder, name), contents);
  if (version === 'draft') return;
  const manifest = formatManifest({
    schema: MANIFEST_SCHEMA,
    identifier: `BENCH:${number}`,
    version,
    datePublished: '2024-05-02T12:00:00Z',
    files: names.map(([name, contents]) => frozenFile(name, Buffer.from(contents))),
    assets: { count: files, bytes },
    previous: null,
  });
  writeFileSync(path.join(folder, MANIFEST_FILE), manifest);
}

/**
 * Writes the archive unless it exists; returns its content folder. Dandisets have a draft and one or two
 * published versions, five versions for every two Dandisets.
 */
export function syntheticArchive(cache: string, versions: number): string {
  const content = path.join(cache, `synthetic-${versions}`, 'content');
  // A change of this file makes other records.
  const mark = path.join(content, '..', 'made-by');
  const own = readFileSync(import.meta.filename, 'utf8');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === own) return content;
  rmSync(content, { recursive: true, force: true });
  let made = 0;
  for (let dandiset = 1; made < versions; dandiset += 1) {
    const names = ['draft', '0.240502.1200', ...(dandiset % 2 === 0 ? ['0.240601.0900'] : [])];
    for (const version of names.slice(0, versions - made)) {
      made += 1;
      writeVersion(content, digits(dandiset, 6), version, made);
    }
  }
  writeFileSync(path.join(content, 'archive.json'), `${JSON.stringify(SETTINGS, null, 2)}\n`);
  writeFileSync(mark, own);
  return content;
}
