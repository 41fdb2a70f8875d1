import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { csvTable } from './csv-table.ts';
import { csvwDescription } from './csvw-description.ts';
import { jsonTable } from './json-table.ts';
import { parquetTable } from './parquet-table.ts';
import type { CellValue, ColumnType, TableColumn } from './table-columns.ts';

const column = (name: string, type: ColumnType, isRequired?: true): TableColumn => ({
  name,
  type,
  about: `About ${name}.`,
  ...(isRequired === true ? { isRequired } : {}),
  value: () => undefined,
});

const COLUMNS = [
  column('name', 'text', true),
  column('note', 'text'),
  column('words', 'list'),
  column('bytes', 'count'),
  column('claimed', 'yes or no', true),
  column('day', 'day'),
  column('time', 'time'),
];

const ROWS: CellValue[][] = [
  [
    'plain',
    'two\nlines, "quoted"',
    ['a', 'b|c'],
    9e15,
    true,
    '2021-08-12',
    '2021-08-12T15:15:00.500Z',
  ],
  ['=1+1', undefined, [], undefined, false, undefined, undefined],
  ['Größe µm', '@SUM(1)', ['-2'], 0, false, '1969-12-31', '1969-12-31T23:59:59.000Z'],
];

describe('a table as CSV', () => {
  const csv = csvTable(COLUMNS, ROWS);

  it('is quoted where it must be, and lists are joined', () => {
    expect(csv.split('\r\n')[0]).toBe('name,note,words,bytes,claimed,day,time');
    expect(csv).toContain(
      'plain,"two\nlines, ""quoted""",a|b/c,9000000000000000,true,2021-08-12,2021-08-12T15:15:00.500Z\r\n',
    );
  });

  it('holds nothing that a spreadsheet would run', () => {
    expect(csv).toContain("\r\n'=1+1,,,,false,,\r\n");
    expect(csv).toContain("Größe µm,'@SUM(1),'-2,0,false,");
    for (const start of ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠', ' =', ';='])
      expect(csvTable([column('x', 'text')], [[`${start}x`]]).split('\r\n')[1]).toMatch(/^"?'/);
  });

  it.each([
    ['x;=1+1', "x;'=1+1"],
    ['x; @SUM(1)', "x; '@SUM(1)"],
    ['x;＝1+1', "x;'＝1+1"],
    ['two\n=1+1', "two\n'=1+1"],
    ['two\t+1', "two\t'+1"],
    ['p = 0.05; n - 1', 'p = 0.05; n - 1'],
    ['a-b, x+y; 5', 'a-b, x+y; 5'],
  ])('holds none in %j either where `;` separates the cells', (text, cell) => {
    const [, ...lines] = csvTable([column('x', 'text')], [[text]]).split('\r\n');
    const quotes = /[",;\t\n]/.test(text) ? '"' : '';
    expect(lines.join('')).toBe(quotes + cell + quotes);
  });

  it('is described column by column', () => {
    const description = csvwDescription(
      { name: 'Lab', site: 'https://lab.example/' },
      'a.csv',
      COLUMNS,
    ) as { url: string; tableSchema: { columns: Record<string, unknown>[] } };
    expect(description.url).toBe('a.csv');
    expect(description.tableSchema.columns.map(({ name, datatype }) => [name, datatype])).toEqual([
      ['name', 'string'],
      ['note', 'string'],
      ['words', 'string'],
      ['bytes', 'nonNegativeInteger'],
      ['claimed', 'boolean'],
      ['day', 'date'],
      ['time', 'dateTime'],
    ]);
    expect(description.tableSchema.columns[2]).toMatchObject({ separator: '|' });
  });
});

describe('a table as JSON', () => {
  it('is an array of objects with null for what is not known', () => {
    const rows = JSON.parse(jsonTable(COLUMNS, ROWS)) as Record<string, unknown>[];
    expect(rows[1]).toEqual({
      name: '=1+1',
      note: null,
      words: [],
      bytes: null,
      claimed: false,
      day: null,
      time: null,
    });
    expect(JSON.parse(jsonTable(COLUMNS, []))).toEqual([]);
  });
});

describe('a table as Parquet', () => {
  const read = (bytes: Uint8Array): Promise<Record<string, unknown>[]> =>
    parquetReadObjects({ file: bytes.slice().buffer });

  it('preserves every value, its type and its list', async () => {
    const rows = await read(parquetTable(COLUMNS, ROWS, 'https://lab.example/schema'));
    expect(rows).toEqual([
      {
        name: 'plain',
        note: 'two\nlines, "quoted"',
        words: ['a', 'b|c'],
        bytes: 9_000_000_000_000_000n,
        claimed: true,
        day: new Date('2021-08-12'),
        time: new Date('2021-08-12T15:15:00.500Z'),
      },
      {
        name: '=1+1',
        note: null,
        words: [],
        bytes: null,
        claimed: false,
        day: null,
        time: null,
      },
      {
        name: 'Größe µm',
        note: '@SUM(1)',
        words: ['-2'],
        bytes: 0n,
        claimed: false,
        day: new Date('1969-12-31'),
        time: new Date('1969-12-31T23:59:59.000Z'),
      },
    ]);
  });

  it('is the same bytes for the same rows, and can be empty', async () => {
    expect(parquetTable(COLUMNS, ROWS, 'x')).toEqual(parquetTable(COLUMNS, ROWS, 'x'));
    expect(await read(parquetTable(COLUMNS, [], 'x'))).toEqual([]);
  });
});
