import { describe, expect, it } from 'vitest';
import type { DataTree, TreeObject, TreeValue } from '../data-tree/data-tree.ts';
import { describeContents } from './describe-contents.ts';

const group = (path: string, attributes: Record<string, TreeValue> = {}): TreeObject => ({
  kind: 'group',
  path,
  attributes,
});

const dataset = (
  path: string,
  shape: readonly number[],
  more: {
    value?: TreeValue;
    head?: readonly TreeValue[];
    attributes?: Record<string, TreeValue>;
  } = {},
): TreeObject => ({
  kind: 'dataset',
  path,
  type: '<f8',
  shape,
  storage: { layout: 'contiguous' },
  ...more,
});

const link = (path: string, target: string): TreeObject => ({
  kind: 'link',
  link: 'soft',
  path,
  target,
});

const series = (path: string, type: string, objects: readonly TreeObject[] = []): TreeObject[] => [
  group(path, { neurodata_type: type, namespace: 'core' }),
  ...objects,
];

function tree(objects: readonly TreeObject[], more: Partial<DataTree> = {}): DataTree {
  return {
    format: 'hdf5',
    objects: [group('/', { neurodata_type: 'NWBFile', nwb_version: '2.6.0' }), ...objects],
    namespaces: {},
    types: {},
    omitted: [],
    ...more,
  };
}

const startingTime = (path: string, rate: number): TreeObject =>
  dataset(`${path}/starting_time`, [], { value: 0, attributes: { rate, unit: 'seconds' } });

describe('an NWB file without its specification', () => {
  it('knows the core types, so that series of all kinds are found', () => {
    const contents = describeContents(
      tree([
        group('/acquisition'),
        ...series('/acquisition/lfp', 'ElectricalSeries', [
          dataset('/acquisition/lfp/data', [37_200_000, 384], { attributes: { unit: 'volts' } }),
          startingTime('/acquisition/lfp', 10_000),
        ]),
      ]),
    );
    expect(contents).toMatchObject({
      standard: 'NWB 2.6.0',
      recorded: [{ extends: ['TimeSeries', 'NWBDataInterface', 'NWBContainer', 'Container'] }],
      sentences: ['384 channels at 10 kHz for 1 h 2 min (lfp).'],
    });
  });

  it('reads an unknown type by what is in it', () => {
    const contents = describeContents(
      tree([
        ...series('/acquisition/x', 'NovelSeries', [
          dataset('/acquisition/x/data', [500]),
          startingTime('/acquisition/x', 100),
        ]),
        group('/table', { neurodata_type: 'NovelTable', colnames: ['a', 'b'] }),
        dataset('/table/id', [7]),
      ]),
    );
    expect(contents.recorded).toMatchObject([
      { type: 'NovelSeries', extends: [], rate: 100, duration: 5 },
      { type: 'NovelTable', rows: 7, columns: ['a', 'b'] },
    ]);
  });

  it('takes the parents that its specification states before the core’s', () => {
    const contents = describeContents(
      tree([...series('/acquisition/x', 'NovelUnits', [dataset('/acquisition/x/id', [12])])], {
        types: { NovelUnits: { namespace: 'ndx', extends: ['Units'] } },
      }),
    );
    expect(contents.recorded[0]).toMatchObject({
      units: 12,
      extends: ['Units', 'DynamicTable', 'Container'],
    });
  });
});

describe('a time base', () => {
  const timed = (times: Partial<{ value: TreeValue; head: TreeValue[] }>, count = 4): unknown =>
    describeContents(
      tree([
        ...series('/a', 'TimeSeries', [
          dataset('/a/data', [count]),
          dataset('/a/timestamps', [count], times),
        ]),
      ]),
    ).recorded[0];

  it('has the rate of regular time stamps, and a duration only if the last one is known', () => {
    expect(timed({ value: [1, 1.5, 2, 2.5] })).toMatchObject({ rate: 2, start: 1, duration: 1.5 });
    const long = timed({ head: [1, 1.5, 2] }, 1000);
    expect(long).toMatchObject({ rate: 2, start: 1, timeBase: 'timestamps' });
    expect(long).not.toHaveProperty('duration');
  });

  it('has no rate where intervals differ, nor from what is no number', () => {
    expect(timed({ value: [0, 1, 3, 4] })).not.toHaveProperty('rate');
    expect(timed({ value: [0, 'NaN', 2, 3] })).not.toHaveProperty('rate');
    expect(timed({ value: [3, 2, 1, 0] })).not.toHaveProperty('rate');
  });

  it('is found through links, of the time stamps or of the group that they are in', () => {
    const contents = describeContents(
      tree([
        ...series('/a', 'TimeSeries', [
          dataset('/a/data', [3]),
          link('/a/timestamps', '/alias/timestamps'),
        ]),
        link('/alias', '/b'),
        ...series('/b', 'TimeSeries', [
          dataset('/b/data', [3]),
          dataset('/b/timestamps', [3], { value: [0, 1, 2] }),
        ]),
      ]),
    );
    expect(contents.recorded.map(({ rate }) => rate)).toEqual([1, 1]);
  });
});

describe('sentences', () => {
  const sweeps = (count: number): TreeObject[] =>
    Array.from({ length: count }, (_, at) => [
      ...series(`/acquisition/sweep_${at}`, 'CurrentClampSeries', [
        dataset(`/acquisition/sweep_${at}/data`, [100], { attributes: { unit: 'volts' } }),
        startingTime(`/acquisition/sweep_${at}`, 100),
      ]),
    ]).flat();

  it('count sweeps, and mark counts of an incomplete tree', () => {
    const whole = describeContents(tree(sweeps(600)));
    expect(whole.recorded).toHaveLength(1);
    expect(whole.sentences).toEqual(['600 current-clamp sweeps of 1 s each at 100 Hz.']);
    expect(describeContents(tree(sweeps(1))).sentences).toEqual([
      '1 current-clamp sweep of 1 s at 100 Hz.',
    ]);
    const cut = describeContents(tree(sweeps(3), { omitted: ['Objects beyond 10 are left out.'] }));
    expect(cut.sentences[0]).toBe('At least 3 current-clamp sweeps of 1 s each at 100 Hz.');
    expect(cut.sentences.at(-1)).toContain('Not all of the file is listed');
  });

  it('claim no region that is only among the first electrodes', () => {
    const electrodes = '/general/extracellular_ephys/electrodes';
    const contents = describeContents(
      tree([
        group(electrodes, { neurodata_type: 'DynamicTable' }),
        dataset(`${electrodes}/id`, [4]),
        dataset(`${electrodes}/location`, [4], { head: ['CA1', 'unknown'] }),
        ...series('/raw', 'ElectricalSeries', [
          dataset('/raw/data', [10, 4]),
          dataset('/raw/electrodes', [4], { value: [0, 1, 2, 3] }),
        ]),
      ]),
    );
    expect(contents.recorded[0]).toMatchObject({ regions: ['CA1'], regionsAreIncomplete: true });
    expect(contents.sentences[0]).toBe('4 channels, in CA1, and maybe elsewhere (raw).');
  });

  it('are of one line each, without what would change a page', () => {
    const contents = describeContents(
      tree([
        group('/general/devices/a\u202eb\nc', { neurodata_type: 'Device' }),
        group('/general/subject'),
        dataset('/general/subject/subject_id', [], { value: 'm1\n<script>\u0000 me@example.org' }),
      ]),
    );
    expect(contents.subject?.id).toBe('m1 <script> [e-mail]');
    expect(contents.sentences.join('')).not.toMatch(/[\n\u202e\u0000]/);
  });
});

describe('a plain file', () => {
  it('lists its datasets, the largest if there are many', () => {
    const contents = describeContents({
      ...tree([]),
      objects: [
        group('/'),
        dataset('/small', [3], { attributes: { units: 'mV' } }),
        dataset('/scalar', [], { value: 1 }),
        ...Array.from({ length: 500 }, (_, at) => dataset(`/d/${at}`, [at + 10])),
      ],
    });
    expect(contents.standard).toBeUndefined();
    expect(contents.recorded).toHaveLength(200);
    expect(contents.recorded[0]?.path).toBe('/d/300');
    expect(contents.sentences[0]).toBe('501 datasets, the largest of 509 values (499).');
  });
});

describe('a hostile tree', () => {
  it('ends circles of links, references and types', () => {
    const contents = describeContents(
      tree(
        [
          link('/a', '/b'),
          link('/b', '/a'),
          link('/self', '/self/self'),
          ...series('/x', 'Loop', [
            link('/x/data', '/a'),
            link('/x/timestamps', '../x'),
            link('/x/site', '/x'),
          ]),
        ],
        {
          types: {
            Loop: { namespace: 'x', extends: ['Pool', 'Loop'] },
            Pool: { namespace: 'x', extends: ['Loop'] },
          },
        },
      ),
    );
    expect(contents.recorded).toEqual([]);
  });

  it('takes names of every object’s prototype for names', () => {
    const attributes = JSON.parse(
      '{"__proto__": {"neurodata_type": "Units"}, "neurodata_type": "constructor", "colnames": ["__proto__"]}',
    ) as Record<string, TreeValue>;
    const contents = describeContents(
      tree([group('/__proto__', attributes), dataset('/__proto__/__proto__', [3])], {
        types: JSON.parse(
          '{"__proto__": {"namespace": "x", "extends": ["Units"]}}',
        ) as DataTree['types'],
      }),
    );
    expect(contents.recorded).toMatchObject([
      { path: '/__proto__', type: 'constructor', rows: 3, columns: ['__proto__'] },
    ]);
  });

  it('is described whatever is of another type than it should be', () => {
    const wrong: unknown[] = [
      null,
      true,
      -1,
      1.5,
      '',
      'x',
      [],
      [[]],
      {},
      { ref: 5 },
      { ref: '/nowhere' },
    ];
    for (const value of wrong) {
      const attributes = Object.fromEntries(
        [
          'neurodata_type',
          'description',
          'unit',
          'conversion',
          'colnames',
          'rate',
          'table',
          'multiscales',
          'ome',
          'plate',
        ].map((name) => [name, value as TreeValue]),
      );
      const objects = [
        'ElectricalSeries',
        'Units',
        'PlaneSegmentation',
        'ImageSeries',
        'Images',
        undefined,
      ].flatMap((type, at) => [
        group(`/${at}`, { ...attributes, ...(type === undefined ? {} : { neurodata_type: type }) }),
        ...['data', 'timestamps', 'starting_time', 'electrodes', 'id', 'rois', 'external_file'].map(
          (name) => ({
            ...dataset(`/${at}/${name}`, value as number[], {
              value: value as TreeValue,
              attributes,
            }),
            head: value as TreeValue[],
          }),
        ),
      ]);
      expect(() => describeContents(tree(objects))).not.toThrow();
      expect(() =>
        describeContents({ ...tree(objects), objects: [group('/', attributes), ...objects] }),
      ).not.toThrow();
    }
  });

  it('of a path of 100,000 components or 200,000 series costs no more than its size', () => {
    const deep = `/${'a/'.repeat(100_000)}x`;
    const many = Array.from({ length: 200_000 }, (_, at) =>
      group(`/s/${at}`, { neurodata_type: 'TimeSeries' }),
    );
    const contents = describeContents(
      tree([...series(deep, 'TimeSeries', [dataset(`${deep}/data`, [1])]), ...many]),
    );
    expect(contents.isIncomplete).toBe(true);
    expect(contents.recorded.length).toBeLessThanOrEqual(2000);
  });
});
