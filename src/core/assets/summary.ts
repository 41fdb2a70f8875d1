// The summary of a version, recomputed from its assets. Summaries found in records are often wrong;
// this is the one that pages, checks and publication use.

import { baseName } from '../identifiers/asset-path.ts';
import {
  isJsonObject,
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../json/json-text.ts';
import type { AssetRecord } from '../records/asset.ts';

/** The standard a file follows, as summaries name it. */
export const STANDARDS = {
  nwb: standard('RRID:SCR_015242', 'Neurodata Without Borders (NWB)'),
  bids: standard('RRID:SCR_016124', 'Brain Imaging Data Structure (BIDS)'),
  omeNgff: standard('DOI:10.25504/FAIRsharing.9af712', 'OME/NGFF Standard'),
} as const;

function standard(identifier: string, name: string): JsonObject {
  return { schemaKey: 'StandardsType', identifier, name };
}

/** Values without repetition, in the order first seen; the order of an object's keys does not matter. */
class DistinctValues {
  private readonly values = new Map<string, JsonValue>();

  add(value: JsonValue): void {
    const key = JSON.stringify(value, (_, inner: unknown) =>
      isJsonObject(inner) ? Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)) : inner,
    );
    if (!this.values.has(key)) this.values.set(key, value);
  }

  list(): JsonValue[] {
    return [...this.values.values()];
  }
}

type Specimen = 'tissuesample' | 'slice' | 'cell';

class Tally {
  readonly standards = new DistinctValues();
  readonly approaches = new DistinctValues();
  readonly techniques = new DistinctValues();
  readonly variables = new DistinctValues();
  readonly species = new DistinctValues();
  readonly subjects = new Set<string>();
  readonly specimens: Record<Specimen, Set<string>> = {
    tissuesample: new Set(),
    slice: new Set(),
    cell: new Set(),
  };

  add(asset: AssetRecord): void {
    const { metadata } = asset;
    for (const item of listMember(metadata, 'approach')) this.approaches.add(item);
    for (const item of listMember(metadata, 'measurementTechnique')) this.techniques.add(item);
    for (const item of listMember(metadata, 'variableMeasured')) {
      const value = textMember(item, 'value');
      if (value !== undefined) this.variables.add(value);
    }
    this.addParticipants(metadata);
    this.addSpecimens(metadata);
    this.addNamedIn(baseName(asset.path));
    this.addStandards(asset);
  }

  private addParticipants(metadata: JsonObject): void {
    for (const item of listMember(metadata, 'wasAttributedTo')) {
      if (textMember(item, 'schemaKey') !== 'Participant') continue;
      const species = member(item, 'species');
      if (species !== undefined && species !== null) this.species.add(species);
      const identifier = textMember(item, 'identifier') ?? '';
      if (identifier !== '') this.subjects.add(asNamePart(identifier));
    }
  }

  /** Of the samples an asset comes from, the first and its own first source are counted. */
  private addSpecimens(metadata: JsonObject): void {
    let sample = firstSample(metadata);
    while (sample !== undefined) {
      const kind = textMember(member(sample, 'sampleType'), 'name');
      const identifier = textMember(sample, 'identifier');
      if (
        (kind === 'tissuesample' || kind === 'slice' || kind === 'cell') &&
        identifier !== undefined
      ) {
        this.specimens[kind].add(asNamePart(identifier));
      }
      sample = firstSample(sample);
    }
  }

  private addNamedIn(fileName: string): void {
    const parts = (fileName.split('.')[0] ?? '').split('_');
    const named = (prefix: string): string | undefined =>
      parts.find((part) => part.startsWith(prefix) && part.length > prefix.length);
    const subject = named('sub-');
    const sample = named('sample-');
    if (subject !== undefined) this.subjects.add(asNamePart(subject.slice('sub-'.length)));
    if (sample !== undefined) {
      this.specimens.tissuesample.add(asNamePart(sample.slice('sample-'.length)));
    }
  }

  private addStandards({ path, metadata }: AssetRecord): void {
    const name = baseName(path);
    if (textMember(metadata, 'encodingFormat')?.includes('nwb')) this.standards.add(STANDARDS.nwb);
    if (name === 'dataset_description.json') this.standards.add(STANDARDS.bids);
    // `cells.ome.zarr`, but not `cells.v2.ome.zarr`: the name has exactly these two extensions.
    if (/^[^.]+\.ome\.zarr$/.test(name)) this.standards.add(STANDARDS.omeNgff);
  }
}

function firstSample(value: JsonValue): JsonValue | undefined {
  return listMember(value, 'wasDerivedFrom').find(
    (item) => textMember(item, 'schemaKey') === 'BioSample',
  );
}

/**
 * An identifier as file names spell it, where programs replace special characters, so that a record and a
 * file name that mean the same count as one.
 */
function asNamePart(identifier: string): string {
  return identifier.replace(/[_*\\/<>:|"'?%@;,.\s]/g, '-');
}

/** The `assetsSummary` of a version with these assets; zero counts are left out. */
export function summarizeAssets(assets: Iterable<AssetRecord>): JsonObject {
  const tally = new Tally();
  let bytes = 0;
  let files = 0;
  for (const asset of assets) {
    bytes += asset.size;
    files += 1;
    tally.add(asset);
  }
  const summary: JsonObject = {
    schemaKey: 'AssetsSummary',
    numberOfBytes: bytes,
    numberOfFiles: files,
  };
  const counts: readonly [string, number][] = [
    ['numberOfSubjects', tally.subjects.size],
    ['numberOfSamples', tally.specimens.tissuesample.size + tally.specimens.slice.size],
    ['numberOfCells', tally.specimens.cell.size],
  ];
  const lists: readonly [string, JsonValue[]][] = [
    ['dataStandard', tally.standards.list()],
    ['approach', tally.approaches.list()],
    ['measurementTechnique', tally.techniques.list()],
    ['variableMeasured', tally.variables.list()],
    ['species', tally.species.list()],
  ];
  for (const [key, count] of counts) if (count > 0) summary[key] = count;
  for (const [key, list] of lists) if (list.length > 0) summary[key] = list;
  return summary;
}
