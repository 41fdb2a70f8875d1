import { expect, test } from 'vitest';
import type { JsonObject } from '../json/json-text.ts';
import type { AssetRecord } from '../records/asset.ts';
import { STANDARDS, summarizeAssets } from './summary.ts';

function asset(path: string, metadata: JsonObject = {}, size = 10): AssetRecord {
  return { path, size, metadata: { encodingFormat: 'text/plain', ...metadata } };
}

function participant(identifier: string, species?: JsonObject): JsonObject {
  return {
    wasAttributedTo: [
      { schemaKey: 'Participant', identifier, ...(species === undefined ? {} : { species }) },
    ],
  };
}

test('a summary of no assets counts nothing', () => {
  expect(summarizeAssets([])).toEqual({
    schemaKey: 'AssetsSummary',
    numberOfBytes: 0,
    numberOfFiles: 0,
  });
});

test('a subject is counted once, by its record and by its file names', () => {
  const summary = summarizeAssets([
    asset('sub-M-1/sub-M-1_ses-1.nwb', participant('M.1')),
    asset('sub-M-1/sub-M-1_ses-2.nwb'),
    asset('sub-M2/sub-M2_sub-nested.nwb'),
    asset('sub-/sub-_x.txt'),
  ]);
  expect(summary['numberOfSubjects']).toBe(2);
  expect(summary['numberOfFiles']).toBe(4);
  expect(summary['numberOfBytes']).toBe(40);
});

test.each([
  ['Exp2_b_0,5Hz_04', 'sub-Exp2-b-0,5Hz-04_ses-1_ecephys.nwb'],
  ['Exp2_b_0,5Hz_04', 'sub-Exp2-b-0-5Hz-04_ses-1_ecephys.nwb'],
  ['Exp2_b_0.5Hz', 'sub-Exp2-b-0-5Hz_ses-1.nwb'],
  ['M 1', 'sub-M-1.nwb'],
  ['M@1;2', 'sub-M@1;2_ses-1.nwb'],
  ["M'1", "sub-M'1.nwb"],
  ['M%1', 'sub-M%1_x.nwb'],
])('the subject %s and that of %s are one', (identifier, file) => {
  const own = asset(`sub-x/${file}`, participant(identifier));
  expect(summarizeAssets([own])['numberOfSubjects']).toBe(1);
});

test('a sample is counted once, by its record and by its file names', () => {
  const tissue = {
    schemaKey: 'BioSample',
    identifier: 'T_0,5',
    sampleType: { schemaKey: 'SampleType', name: 'tissuesample' },
  };
  const own = asset('sub-1_sample-T-0,5_x.nii', { wasDerivedFrom: [tissue] });
  expect(summarizeAssets([own])['numberOfSamples']).toBe(1);
});

test('species and terms keep the order they were first seen in, without repetition', () => {
  const mouse = { name: 'House mouse', schemaKey: 'SpeciesType' };
  const rat = { schemaKey: 'SpeciesType', name: 'Norway rat' };
  const sameMouse = { schemaKey: 'SpeciesType', name: 'House mouse' };
  const variable = (value: string): JsonObject => ({ schemaKey: 'PropertyValue', value });
  const summary = summarizeAssets([
    asset('b', {
      ...participant('b', rat),
      variableMeasured: [variable('Units'), variable('LFP')],
    }),
    asset('a', { ...participant('a', mouse), variableMeasured: [variable('LFP')] }),
    asset('c', participant('c', sameMouse)),
  ]);
  expect(summary['species']).toEqual([rat, mouse]);
  expect(summary['variableMeasured']).toEqual(['Units', 'LFP']);
});

test('slices count as samples, cells apart, and only the first chain of samples is followed', () => {
  const sample = (kind: string, identifier: string, from: JsonObject[] = []): JsonObject => ({
    schemaKey: 'BioSample',
    identifier,
    sampleType: { schemaKey: 'SampleType', name: kind },
    wasDerivedFrom: from,
  });
  const summary = summarizeAssets([
    asset('1', {
      wasDerivedFrom: [sample('cell', 'c1', [sample('slice', 's1')]), sample('cell', 'x')],
    }),
    asset('2', { wasDerivedFrom: [sample('cell', 'c2', [sample('slice', 's1')])] }),
    asset('sample-t1_x.txt'),
    asset('3', { wasDerivedFrom: [sample('constructor', 'odd')] }),
  ]);
  expect(summary['numberOfCells']).toBe(2);
  expect(summary['numberOfSamples']).toBe(2);
});

test('standards are recognised by encoding and by name', () => {
  expect(
    summarizeAssets([
      asset('a.nwb', { encodingFormat: 'application/x-nwb' }),
      asset('bids/dataset_description.json'),
      asset('x/cells.ome.zarr'),
      asset('x/cells.v2.ome.zarr'),
    ])['dataStandard'],
  ).toEqual([STANDARDS.nwb, STANDARDS.bids, STANDARDS.omeNgff]);
  expect(summarizeAssets([asset('x/cells.v2.ome.zarr')])['dataStandard']).toBeUndefined();
});

test('values of the wrong kind are ignored', () => {
  const odd = { approach: 'x', species: 3, wasAttributedTo: [null, 3], wasDerivedFrom: { a: 1 } };
  expect(summarizeAssets([asset('a', odd)])['numberOfFiles']).toBe(1);
});
