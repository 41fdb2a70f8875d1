import { expect, test } from 'vitest';
import type { DandisetNumber } from '../identifiers/dandiset-id.ts';
import { parseRecordingQuery } from './recording-query.ts';
import { RecordingIndexWriter } from './recording-index.ts';
import type { RecordingRow } from './recording-rows.ts';
import { RecordingSearch } from './recording-search.ts';

type Facts = Omit<RecordingRow, 'dandiset' | 'version' | 'path' | 'source'>;

const PROBE: Facts = {
  type: 'ElectricalSeries',
  kinds: ['ElectricalSeries', 'TimeSeries', 'LFP'],
  rate: 29_999.98,
  channels: 384,
  duration: 3720,
  regions: ['CA1', 'Visual area, layer 2/3'],
  devices: ['Neuropixels 1.0'],
  subject: 'rat-4',
  species: 'Rattus norvegicus',
};
const FILES: [path: string, rows: Facts[]][] = [
  ['a.nwb', [PROBE, { type: 'Units', kinds: ['Units'], units: 312, subject: 'rat-4' }]],
  ['b.nwb', [{ type: 'Units', kinds: ['Units'], units: 100, subject: 'rat-41', session: '<b>' }]],
  ['__proto__', [{ type: 'constructor', kinds: ['__proto__'], subject: '__proto__' }]],
  ['nothing.txt', []],
];

function search(files = FILES): { search: RecordingSearch; read: string[] } {
  const writer = new RecordingIndexWriter();
  files.forEach(([path, facts], at) => {
    const number = (at < 2 ? '000001' : '000002') as DandisetNumber;
    const place = { dandiset: `LAB:${number}`, version: 'draft', path } as const;
    const rows = facts.map((one) => ({ ...one, ...place, source: 'file' as const }));
    writer.add({ number, version: 'draft', title: 'Title', path, place: 'b'.repeat(64), rows });
  });
  const { head, files: written } = writer.finish();
  const texts = new Map(written);
  const read: string[] = [];
  return {
    read,
    search: new RecordingSearch({ ...head, state: 'x' }, async (name) => {
      read.push(name);
      return JSON.parse(texts.get(name) ?? '');
    }),
  };
}

const found = async (text: string): Promise<string[]> => {
  const one = search().search;
  const { rows } = await one.find(parseRecordingQuery(text));
  return (await one.shown(rows)).map(({ path }) => path);
};

test.each([
  ['', ['a.nwb', 'b.nwb', '__proto__']],
  ['units:>100', ['a.nwb']],
  ['units:>=100', ['a.nwb', 'b.nwb']],
  ['units:>100 region:CA1 rate:>20000', ['a.nwb']],
  ['rate:30kHz', ['a.nwb']],
  ['rate:>30kHz', []],
  ['duration:>1h', ['a.nwb']],
  ['duration:>62min', []],
  ['-units:>100', ['b.nwb', '__proto__']],
  ['type:TimeSeries', ['a.nwb']],
  ['type:units -type:lfp', ['b.nwb']],
  ['type:constructor', ['__proto__']],
  ['subject:rat-4', ['a.nwb']],
  ['subject:rat', ['a.nwb', 'b.nwb']],
  ['subject:__proto__', ['__proto__']],
  ['session:"<b>"', ['b.nwb']],
  ['dandiset:000002', ['__proto__']],
  ['neuropixels units:>0', ['a.nwb']],
  ['layer visual', ['a.nwb']],
  ['region:CA1 region:DG', ['a.nwb']],
  ['region:nowhere', []],
])('%s finds %j', async (text, expected) => {
  expect(await found(text)).toEqual(expected);
});

test('a query reads the columns that it names, and blocks of what is shown', async () => {
  const { search: one, read } = search();
  const { rows } = await one.find(parseRecordingQuery('units:>=100 region:CA1'));
  expect(read.sort()).toEqual(['region.json', 'units.json']);
  const [file] = await one.shown(rows);
  expect(file?.words).toBe(
    'ElectricalSeries: 384 channels, 30 kHz, 1 h 2 min, CA1 and Visual area, layer 2/3; Units: 312 units',
  );
  expect(read).toContain('files/0.json');
  expect(one.head).toMatchObject({ files: 4, read: 3, described: 0 });
});

test('counts say what a value would leave', async () => {
  const { facets, counts } = await search().search.find(parseRecordingQuery('units:>0'), true);
  const types = facets.get('type')?.map(({ label }, at) => [label, counts.get('type')?.[at]]);
  expect(types).toContainEqual(['Units', 2]);
  expect(types).toContainEqual(['LFP', 1]);
  expect(types).toContainEqual(['constructor', 0]);
});

test('what cannot be read, or is too much, is reported', async () => {
  const many = Array.from({ length: 5000 }, (_, at): [string, Facts[]] => [
    `${at}.nwb`,
    [{ type: 'Units', session: `s${at}` }],
  ]);
  const one = search(many).search;
  const problems = async (text: string): Promise<string[]> =>
    (await one.find(parseRecordingQuery(text))).problems;
  expect(await problems('session:s')).toEqual([expect.stringContaining('Too many begin')]);
  expect(await problems('session:s123')).toEqual([]);
  expect(await problems('units:many')).toEqual([expect.stringContaining('no range')]);
  expect(await problems('colour:red')).toEqual([expect.stringContaining('no operator')]);
});
