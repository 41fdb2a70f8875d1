// Metadata of assets, as a client reads it from the files before it uploads them.

import type { JsonObject } from '../src/core/json/json-text.ts';
import type { NwbSession, NwbSubject, WrittenNwb } from './nwb-file.ts';
import { speciesRecord } from './species.ts';
import type { DemoAsset, ZarrContent } from './story.ts';

const ELECTROPHYSIOLOGY = 'electrophysiological approach';
const IMAGING = 'microscopy approach; cell population imaging';
const BEHAVIOR = 'behavioral approach';

/** What a type of object inside an NWB file says about approach and technique. */
const MEANINGS: ReadonlyMap<string, { approach?: string; technique?: string }> = new Map([
  ['CurrentClampSeries', { approach: ELECTROPHYSIOLOGY, technique: 'current clamp technique' }],
  [
    'CurrentClampStimulusSeries',
    { approach: ELECTROPHYSIOLOGY, technique: 'current clamp technique' },
  ],
  [
    'ElectricalSeries',
    {
      approach: ELECTROPHYSIOLOGY,
      technique: 'multi electrode extracellular electrophysiology recording technique',
    },
  ],
  ['ElectrodeGroup', { approach: ELECTROPHYSIOLOGY, technique: 'surgical technique' }],
  ['ImagingPlane', { approach: IMAGING }],
  ['LFP', { approach: ELECTROPHYSIOLOGY, technique: 'signal filtering technique' }],
  ['OpticalChannel', { approach: IMAGING, technique: 'surgical technique' }],
  ['OptogeneticSeries', { approach: 'optogenetic approach' }],
  ['PlaneSegmentation', { approach: IMAGING }],
  ['Position', { approach: BEHAVIOR, technique: 'behavioral technique' }],
  ['BehavioralTimeSeries', { approach: BEHAVIOR, technique: 'behavioral technique' }],
  ['ProcessingModule', { technique: 'analytical technique' }],
  ['SpatialSeries', { approach: BEHAVIOR, technique: 'behavioral technique' }],
  ['TwoPhotonSeries', { approach: IMAGING, technique: 'two-photon microscopy technique' }],
  ['Units', { approach: ELECTROPHYSIOLOGY, technique: 'spike sorting technique' }],
  ['VoltageClampSeries', { approach: ELECTROPHYSIOLOGY, technique: 'voltage clamp technique' }],
  [
    'VoltageClampStimulusSeries',
    { approach: ELECTROPHYSIOLOGY, technique: 'voltage clamp technique' },
  ],
]);

const SEXES: Record<NwbSubject['sex'], JsonObject> = {
  M: { identifier: 'http://purl.obolibrary.org/obo/PATO_0000384', name: 'Male' },
  F: { identifier: 'http://purl.obolibrary.org/obo/PATO_0000383', name: 'Female' },
  U: { name: 'Unknown' },
};

function named(schemaKey: string, names: Iterable<string | undefined>): JsonObject[] {
  const distinct = [...new Set(names)].filter((name) => name !== undefined).sort();
  return distinct.map((name) => ({ schemaKey, name }));
}

/** A subject as a participant. */
export function participant(subject: NwbSubject): JsonObject {
  return {
    schemaKey: 'Participant',
    identifier: subject.id,
    species: speciesRecord(subject.species),
    sex: { schemaKey: 'SexType', ...SEXES[subject.sex] },
    age: {
      schemaKey: 'PropertyValue',
      value: subject.age,
      unitText: 'ISO-8601 duration',
      valueReference: { schemaKey: 'PropertyValue', value: 'dandi:BirthReference' },
    },
    ...(subject.strain === undefined
      ? {}
      : { strain: { schemaKey: 'StrainType', name: subject.strain } }),
    ...(subject.genotype === undefined ? {} : { genotype: subject.genotype }),
  };
}

/** A cell taken from a slice, as the sample an asset was derived from. */
export function cellSample(cell: string, slice: string): JsonObject {
  const sample = (identifier: string, kind: string): JsonObject => ({
    schemaKey: 'BioSample',
    identifier,
    sampleType: { schemaKey: 'SampleType', name: kind },
  });
  return { ...sample(cell, 'cell'), wasDerivedFrom: [sample(slice, 'slice')] };
}

/** The asset of an NWB file. */
export function nwbAsset(
  path: string,
  modified: string,
  session: NwbSession,
  { bytes, types }: WrittenNwb,
  more: JsonObject = {},
): DemoAsset {
  const known = [...types].filter((type) => MEANINGS.has(type));
  const meanings = known.map((type) => MEANINGS.get(type));
  return {
    path,
    modified,
    content: bytes,
    metadata: {
      encodingFormat: 'application/x-nwb',
      keywords: session.keywords,
      approach: named(
        'ApproachType',
        meanings.map((meaning) => meaning?.approach),
      ),
      measurementTechnique: named(
        'MeasurementTechniqueType',
        meanings.map((meaning) => meaning?.technique),
      ),
      variableMeasured: known.sort().map((value) => ({ schemaKey: 'PropertyValue', value })),
      wasAttributedTo: [participant(session.subject)],
      wasGeneratedBy: [
        {
          schemaKey: 'Session',
          identifier: session.sessionId,
          name: session.sessionId,
          description: session.description,
          startDate: session.start,
        },
      ],
      ...more,
    },
  };
}

/** The asset of any other file. */
export function fileAsset(
  path: string,
  modified: string,
  encodingFormat: string,
  content: Uint8Array | string,
  more: JsonObject = {},
): DemoAsset {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { path, modified, content: bytes, metadata: { encodingFormat, ...more } };
}

/** The asset of a Zarr. */
export function zarrAsset(
  path: string,
  modified: string,
  content: ZarrContent,
  more: JsonObject = {},
): DemoAsset {
  return { path, modified, content, metadata: { encodingFormat: 'application/x-zarr', ...more } };
}
