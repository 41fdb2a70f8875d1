import { describe, expect, test } from 'vitest';
import {
  formatDandiAddress,
  formatSitePath,
  isOwnAddress,
  parseDandiAddress,
  type DandiAddress,
} from './dandi-address.ts';

const settings = {
  prefix: 'DANDI',
  site: 'https://archive.example/mirror/',
  doiPrefix: '10.48324',
};
const V = '0.220126.1852';

/** `number version path prefix`, `-` for what is absent. */
function summary(address: DandiAddress | undefined): string {
  if (address === undefined) return 'none';
  const { number, version = '-', path, prefix = '-' } = address;
  return `${number} ${version} ${path === undefined ? '-' : `[${path}]`} ${prefix}`;
}

const FORMS: readonly [form: string, expected: string][] = [
  // identifiers
  ['DANDI:000004', '000004 - - DANDI'],
  ['dandi:000004', '000004 - - DANDI'],
  ['Dandi:000004', '000004 - - DANDI'],
  ['dandi:4', '000004 - - DANDI'],
  ['DANDI: 4', '000004 - - DANDI'],
  ['DANDI 000004', '000004 - - DANDI'],
  ['  DANDI:000004\n', '000004 - - DANDI'],
  [`DANDI:000004/${V}`, `000004 ${V} - DANDI`],
  [`DANDI:000004@${V}`, `000004 ${V} - DANDI`],
  [`dandi:4@${V}`, `000004 ${V} - DANDI`],
  ['DANDI:000004/draft', '000004 draft - DANDI'],
  ['DANDI:000004/DRAFT', '000004 draft - DANDI'],
  ['DANDI:000004@latest', '000004 latest - DANDI'],
  ['DEMO-DANDI:000004', '000004 - - DEMO-DANDI'],
  ['LINC:123456', '123456 - - LINC'],
  ['dandiset 4', '000004 - - -'],
  // paths of the site
  ['/DANDI:000004', '000004 - - DANDI'],
  [`/dandi:000004/${V}`, `000004 ${V} - DANDI`],
  [`/dandi:000004/${V}/`, `000004 ${V} - DANDI`],
  [`/DANDI:000004%2F${V}`, `000004 ${V} - DANDI`],
  [`/DANDI%3A000004%2f${V}`, `000004 ${V} - DANDI`],
  [`/DANDI:000004%40${V}`, `000004 ${V} - DANDI`],
  ['/000004/', '000004 - - -'],
  ['/000004', '000004 - - -'],
  ['/4', '000004 - - -'],
  ['4', '000004 - - -'],
  [`/000004/${V}`, `000004 ${V} - -`],
  [`/000004@${V}`, `000004 ${V} - -`],
  ['/dandiset/000004', '000004 - - -'],
  ['/dandiset/000004/', '000004 - - -'],
  ['/dandiset/4/', '000004 - - -'],
  ['/Dandiset/000004', '000004 - - -'],
  ['/dandisets/000004/', '000004 - - -'],
  ['/dandiset/000004/draft', '000004 draft - -'],
  ['/dandiset/000004/latest', '000004 latest - -'],
  [`/dandiset/000004/${V}`, `000004 ${V} - -`],
  [`/dandiset/000004/${V}/`, `000004 ${V} - -`],
  [`/dandiset/000004@${V}`, `000004 ${V} - -`],
  [`/dandiset/000004/${V}?pos=3&search=mouse`, `000004 ${V} - -`],
  // files
  ['/dandiset/000004/draft/files', '000004 draft [] -'],
  ['/dandiset/000004/draft/files/', '000004 draft [] -'],
  ['/dandiset/000004/files', '000004 - [] -'],
  ['/dandiset/000004/draft/files?location=', '000004 draft [] -'],
  ['/dandiset/000004/draft/files?location=/', '000004 draft [] -'],
  ['/dandiset/000004/draft/files?location=sub-01', '000004 draft [sub-01] -'],
  ['/dandiset/000004/draft/files/?location=sub-01%2F', '000004 draft [sub-01/] -'],
  [
    '/dandiset/000004/draft/files?page=2&location=sub-01/a+b%2Bc.nwb',
    '000004 draft [sub-01/a b+c.nwb] -',
  ],
  // old routes behind the fragment
  ['/#/dandiset/000004', '000004 - - -'],
  ['#/dandiset/000004/draft', '000004 draft - -'],
  ['#/dandiset/000004/draft/files?location=sub-01', '000004 draft [sub-01] -'],
  [`https://archive.example/mirror/#/dandiset/000004/${V}`, `000004 ${V} - -`],
  // web addresses
  ['https://archive.example/mirror/dandiset/000004', '000004 - - -'],
  [`http://ARCHIVE.example/mirror/dandiset/000004/${V}/`, `000004 ${V} - -`],
  ['https://archive.example/mirror/DANDI:000004', '000004 - - DANDI'],
  ['https://archive.example/mirror/dandiset/000004/draft/#files', '000004 draft - -'],
  [
    'https://archive.example/mirror/dandiset/000004/draft/files?location=a%20b',
    '000004 draft [a b] -',
  ],
  ['https://archive.example/mirror/api/dandisets/000004/', '000004 - - -'],
  [`https://archive.example/mirror/api/dandisets/000004/versions/${V}/`, `000004 ${V} - -`],
  ['https://identifiers.org/DANDI:000004', '000004 - - DANDI'],
  [`https://identifiers.org/dandi:000004/${V}`, `000004 ${V} - DANDI`],
  ['http://identifiers.org/dandi/000004', '000004 - - DANDI'],
  ['https://identifiers.org/DANDI%3A000004', '000004 - - DANDI'],
  // the client's own scheme
  ['dandi://dandi/000004', '000004 - - DANDI'],
  [`dandi://dandi/000004@${V}/`, `000004 ${V} [] DANDI`],
  [`dandi://DANDI/000004@${V}/sub-01/a%41.nwb`, `000004 ${V} [sub-01/a%41.nwb] DANDI`],
  ['dandi://dandi/000004@draft/sub-01/', '000004 draft [sub-01/] DANDI'],
  ['dandi://archive.example/000004/sub-01', '000004 - [sub-01] DANDI'],
  // DOIs
  ['10.48324/dandi.000004', '000004 - - DANDI'],
  [`doi:10.48324/dandi.000004/${V}`, `000004 ${V} - DANDI`],
  [`https://doi.org/10.48324/DANDI.000004/${V}`, `000004 ${V} - DANDI`],
  [`DOI 10.48324/dandi.000004/${V}.`, `000004 ${V} - DANDI`],
  [`doi.org/10.48324/dandi.000004/${V}`, `000004 ${V} - DANDI`],
  [`https://doi.org/https://doi.org/10.48324/dandi.000004`, '000004 - - DANDI'],
  [`https://doi.org/10.48324%2Fdandi.000004%2F${V}?x=y`, `000004 ${V} - DANDI`],
  // what is not an address of a Dandiset
  ['', 'none'],
  ['/', 'none'],
  ['DANDI:', 'none'],
  ['DANDI:000000', 'none'],
  ['DANDI:0000004', 'none'],
  ['DANDI:000004/1.2', 'none'],
  ['DANDI:000004//draft', 'none'],
  ['/dandiset/000004/versions/', 'none'],
  ['/dandiset/000004/draft/dandiset.json', 'none'],
  ['/dandiset/mouse', 'none'],
  ['/DANDI:00000%', 'none'],
  ['https://elsewhere.example/dandiset/000004', 'none'],
  ['https://archive.example/dandiset/000004', 'none'],
  ['https://archive.example.evil.example/mirror/dandiset/000004', 'none'],
  ['/dandiset/000004/draft/files?location=../../etc', 'none'],
  ['dandi://dandi/000004@draft/a/../b', 'none'],
  ['10.80507/dandi.000004', 'none'],
  [`4${' '.repeat(20_000)}`, '000004 - - -'],
  [`DANDI:${'4'.repeat(20_000)}`, 'none'],
  ['__proto__', 'none'],
];

describe('parseDandiAddress', () => {
  test.each(FORMS)('%j', (form, expected) => {
    expect(summary(parseDandiAddress(form, settings))).toBe(expected);
  });

  test('web addresses and DOIs are unknown to an archive that has none', () => {
    const bare = { prefix: 'LAB-DANDI' };
    expect(parseDandiAddress('https://archive.example/dandiset/000004', bare)).toBeUndefined();
    expect(parseDandiAddress('10.48324/dandi.000004', bare)).toBeUndefined();
  });

  test('DOIs of DANDI are known wherever a copy of its records is', () => {
    const address = parseDandiAddress('10.48324/dandi.000004', { prefix: 'DANDI' });
    expect(address).toEqual({ number: '000004', prefix: 'DANDI' });
  });
});

test('an identifier of another archive is distinguished from one of this archive', () => {
  const own = (text: string): boolean | undefined => {
    const address = parseDandiAddress(text, { prefix: 'DEMO-DANDI' });
    return address && isOwnAddress(address, 'DEMO-DANDI');
  };
  expect(own('demo-dandi:4')).toBe(true);
  expect(own('/000004')).toBe(true);
  expect(own('DANDI:000004')).toBe(false);
});

describe('the written forms', () => {
  const found = FORMS.map(([form]) => parseDandiAddress(form, settings)).filter(
    (item) => item !== undefined,
  );

  test('identifiers read back as the same address', () => {
    for (const address of found) {
      const text = formatDandiAddress(address, settings.prefix);
      expect(parseDandiAddress(text, settings)).toEqual({ prefix: 'DANDI', ...address });
    }
  });

  test('pages read back as the same address, without its prefix', () => {
    for (const address of found) {
      const expected: DandiAddress = { ...address };
      delete expected.prefix;
      if (address.path !== undefined) expected.version ??= 'latest';
      expect(parseDandiAddress(`/${formatSitePath(address)}`, settings)).toEqual(expected);
    }
  });

  test('look as documented', () => {
    const address = { number: '000004', version: V, path: 'sub-01/a b+c#.nwb' } as DandiAddress;
    expect(formatSitePath(address)).toBe(
      `dandiset/000004/${V}/files/?location=sub-01/a%20b%2Bc%23.nwb`,
    );
    expect(formatDandiAddress({ number: address.number, version: 'draft' }, 'DANDI')).toBe(
      'DANDI:000004/draft',
    );
  });
});
