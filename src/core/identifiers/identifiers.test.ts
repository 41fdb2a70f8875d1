import { describe, expect, it } from 'vitest';
import { compareUtf8, problemOfPath } from './asset-path.ts';
import { formatDandisetIdentifier, parseDandisetIdentifier } from './dandiset-id.ts';
import { parseTaxon } from './taxon.ts';
import {
  compareVersions,
  parsePublishedVersion,
  parseVersion,
  versionFromDate,
} from './version-id.ts';

describe('Dandiset identifiers', () => {
  it.each(['DANDI:000004', 'DEMO-DANDI:999999'])('reads and writes %s', (text) => {
    const parsed = parseDandisetIdentifier(text);
    expect(parsed && formatDandisetIdentifier(parsed)).toBe(text);
  });

  it.each(['dandi:000004', 'DANDI:4', 'DANDI:0000004', ':000004', 'DANDI000004', '../:000004'])(
    'refuses %s',
    (text) => expect(parseDandisetIdentifier(text)).toBeUndefined(),
  );
});

describe('versions', () => {
  it('come from the minute in UTC', () => {
    expect(versionFromDate(new Date('2022-01-26T18:52:59Z'))).toBe('0.220126.1852');
    expect(versionFromDate(new Date('2024-12-31T23:59:00-02:00'))).toBe('0.250101.0159');
  });

  it('are distinguished from everything else', () => {
    expect(parseVersion('draft')).toBe('draft');
    for (const text of ['0.22126.1852', '1.220126.1852', '0.220126.1852/', 'latest', '']) {
      expect(parseVersion(text)).toBeUndefined();
    }
  });

  it('order by time', () => {
    const versions = ['0.230101.0000', '0.220126.1852', '0.220126.1853'].map((text) => {
      const version = parsePublishedVersion(text);
      if (version === undefined) throw new Error(text);
      return version;
    });
    expect(versions.sort(compareVersions)).toEqual([
      '0.220126.1852',
      '0.220126.1853',
      '0.230101.0000',
    ]);
  });
});

describe('asset paths', () => {
  it('order as their UTF-8 bytes do', () => {
    const paths = [
      'sub-1/b',
      'sub-10',
      'sub-1',
      'Ä',
      'z',
      '\u{1f600}',
      '\uffee',
      'sub-1/a',
      '\ue000',
    ];
    const byBytes = [...paths].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...paths].sort(compareUtf8)).toEqual(byBytes);
  });

  it.each(['', '/a', 'a//b', '../a', 'a/../b', './a', 'a/', 'C:/a', 'a\\b', 'a\u0000b'])(
    'that leave their folder are refused: %j',
    (path) => expect(problemOfPath(path)).toBeDefined(),
  );

  it.each(['a', 'sub-01/ses-1/x.nwb', '...', 'a b#c&d+e~(f)', 'é/😀?%'])(
    'such as %j are fine',
    (path) => expect(problemOfPath(path)).toBeUndefined(),
  );
});

describe('identifiers of others', () => {
  it.each([
    ['http://purl.obolibrary.org/obo/NCBITaxon_10090', '10090'],
    ['NCBITaxon:9606', '9606'],
    ['https://www.ncbi.nlm.nih.gov/10090', undefined],
  ])('reads the taxon in %s', (text, taxon) => expect(parseTaxon(text)).toBe(taxon));
});
