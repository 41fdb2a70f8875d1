import { describe, expect, it } from 'vitest';
import type { FileContents, RecordedObject } from '../nwb/file-contents.ts';
import type { AssetRecord } from '../records/asset.ts';
import { recordingFacts } from './recording-facts.ts';
import { parseRecordingLine, readRecordingList, recordingListText } from './recording-list.ts';
import { factsByKey, recordingRows } from './recording-rows.ts';

const BLOB = 'b'.repeat(64);

const entry = (path: string, more: Partial<RecordedObject> = {}): RecordedObject => ({
  path,
  name: path.slice(1),
  extends: [],
  regions: [],
  devices: [],
  externalFiles: [],
  ...more,
});

const contents = (recorded: RecordedObject[], more: Partial<FileContents> = {}): FileContents => ({
  devices: [],
  recorded,
  sentences: [],
  ...more,
});

const asset = (more: Partial<AssetRecord> = {}): AssetRecord => ({
  path: 'sub-1/sub-1.nwb',
  size: 1,
  blob: BLOB,
  metadata: {
    variableMeasured: [{ schemaKey: 'PropertyValue', value: 'Units' }, 'LFP', { value: 5 }, null],
    wasAttributedTo: [
      { schemaKey: 'Software', identifier: 'x' },
      {
        schemaKey: 'Participant',
        identifier: 'mouse 1',
        species: { name: 'Mus musculus - House mouse' },
        sex: { name: 'Male' },
        age: { value: 'P2Y' },
      },
    ],
    wasGeneratedBy: [{ schemaKey: 'Session', identifier: 'ses 1' }],
  },
  ...more,
});

const PLACE = { dandiset: 'TEST:000001', version: 'draft' };

describe('the list of recordings', () => {
  const facts = recordingFacts(
    { blob: BLOB },
    contents(
      [
        entry('/units', {
          type: 'Units',
          extends: ['DynamicTable', 'Container'],
          units: 12,
          rows: 12,
        }),
        entry('/lfp', {
          type: 'ElectricalSeries',
          rate: 1250,
          duration: 1.5,
          shape: [1875, 4],
          channels: 4,
          regions: ['CA1'],
          containers: ['LFP'],
        }),
      ],
      { subject: { id: 'm1', sex: 'F' } },
    ),
  );

  it('is the same text in whatever order its entries come, and reads back as it was', () => {
    const text = recordingListText(facts);
    expect(recordingListText([...facts].reverse())).toBe(text);
    expect(text.split('\n')[0]).toBe(
      `{"blob":"${BLOB}","object":"/lfp","type":"ElectricalSeries","kinds":["ElectricalSeries","LFP"],"shape":[1875,4],"rate":1250,"duration":1.5,"channels":4,"regions":["CA1"],"subject":"m1","sex":"female"}`,
    );
    expect([...readRecordingList(text)]).toEqual([facts[1], facts[0]]);
  });

  it('has an entry for a file in which nothing was found', () => {
    expect(recordingFacts({ zarr: BLOB }, contents([]))).toEqual([{ zarr: BLOB, object: '/' }]);
  });

  it.each([
    ['not JSON', '{'],
    ['no object', '[]'],
    ['without bytes', '{"object":"/a"}'],
    ['of two', `{"blob":"${BLOB}","zarr":"${BLOB}","object":"/a"}`],
    ['whose bytes are no key', '{"blob":"../../x","object":"/a"}'],
    ['without an object', `{"blob":"${BLOB}"}`],
    ['with an unknown field', `{"blob":"${BLOB}","object":"/a","other":1}`],
    ['with a field of a prototype', `{"blob":"${BLOB}","object":"/a","__proto__":{}}`],
    ['with a count that is none', `{"blob":"${BLOB}","object":"/a","units":-1}`],
    ['with a part of a count', `{"blob":"${BLOB}","object":"/a","units":1.5}`],
    ['with a rate that is text', `{"blob":"${BLOB}","object":"/a","rate":"30000"}`],
    ['with an endless rate', `{"blob":"${BLOB}","object":"/a","rate":1e999}`],
    ['with a list of other things', `{"blob":"${BLOB}","object":"/a","regions":["a",5]}`],
    [
      'with a text that is too long',
      `{"blob":"${BLOB}","object":"/a","unit":"${'x'.repeat(1001)}"}`,
    ],
    ['that is too long', `{"blob":"${BLOB}","object":"/a","regions":[${'"x",'.repeat(6000)}"x"]}`],
  ])('refuses a line %s', (_, line) => {
    expect(parseRecordingLine(line)).toBeUndefined();
    expect([
      ...readRecordingList(`${line}\n${recordingListText([{ blob: BLOB, object: '/' }])}`),
    ]).toEqual([null, { blob: BLOB, object: '/' }]);
  });
});

describe('the rows of a file', () => {
  it('are from its bytes where they were read; the record adds who was recorded', () => {
    const known = factsByKey([
      null,
      { blob: BLOB, object: '/units', type: 'Units', subject: 'm1' },
    ]);
    expect(recordingRows(PLACE, asset(), known)).toEqual([
      {
        ...PLACE,
        path: 'sub-1/sub-1.nwb',
        source: 'file',
        blob: BLOB,
        object: '/units',
        type: 'Units',
        subject: 'm1',
        session: 'ses 1',
        species: 'Mus musculus - House mouse',
        sex: 'male',
        age: 'P2Y',
      },
    ]);
  });

  it('are from its record alone where they were not, and say so', () => {
    const rows = recordingRows(PLACE, asset(), new Map());
    expect(rows).toMatchObject([
      { type: 'Units', source: 'record', subject: 'mouse 1' },
      { type: 'LFP', source: 'record', kinds: ['LFP'] },
    ]);
    expect(rows[0]).not.toHaveProperty('units');
  });

  it('are none where nothing is known', () => {
    expect(recordingRows(PLACE, asset({ metadata: {} }), new Map())).toEqual([]);
  });
});
