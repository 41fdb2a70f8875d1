import { describe, expect, test } from 'vitest';
import { parseResource, type Part } from './resource.ts';

interface Expected {
  archive?: string;
  prefix?: string;
  number?: string;
  version?: string;
  part?: Part;
}

const DANDI = 'https://api.dandiarchive.org/api/';
const V = '0.210831.2033';

describe('what a text names', () => {
  test.each<[string, Expected]>([
    ['DANDI:000027', { archive: DANDI, prefix: 'DANDI', number: '000027' }],
    [`dandi:000027/${V}`, { archive: DANDI, prefix: 'DANDI', number: '000027', version: V }],
    ['DANDI:000027/draft', { archive: DANDI, prefix: 'DANDI', number: '000027', version: 'draft' }],
    [
      'LINC:000027',
      { archive: 'https://api.lincbrain.org/api/', prefix: 'LINC', number: '000027' },
    ],
    [
      'EMBER-DANDI-SANDBOX:000027/draft',
      {
        archive: 'https://api-dandi.sandbox.emberarchive.org/api/',
        prefix: 'EMBER-DANDI-SANDBOX',
        number: '000027',
        version: 'draft',
      },
    ],
    ['LAB-DANDI:000027', { prefix: 'LAB-DANDI', number: '000027' }],
    ['000027/draft', { number: '000027', version: 'draft' }],
    [
      `https://identifiers.org/DANDI:000027/${V}`,
      { archive: DANDI, prefix: 'DANDI', number: '000027', version: V },
    ],
    ['https://dandiarchive.org/#/dandiset/000001', { archive: DANDI, number: '000001' }],
    [
      `https://dandiarchive.org/dandiset/000001/${V}/files`,
      { archive: DANDI, number: '000001', version: V },
    ],
    [
      'https://lab.example/archive/dandiset/000001/draft/',
      { archive: 'https://lab.example/archive/', number: '000001', version: 'draft' },
    ],
    [
      'https://lab.example/dandiset/000001/latest/',
      { archive: 'https://lab.example/', number: '000001' },
    ],
    [
      'https://lab.example/dandiset/000001/draft/files?location=%2Fsub-anm369962',
      {
        archive: 'https://lab.example/',
        number: '000001',
        version: 'draft',
        part: { kind: 'folder', path: 'sub-anm369962/' },
      },
    ],
    [
      'https://lab.example/dandiset/000001/draft/files/?location=sub-RAT123%2F',
      {
        archive: 'https://lab.example/',
        number: '000001',
        version: 'draft',
        part: { kind: 'folder', path: 'sub-RAT123/' },
      },
    ],
    [
      `https://lab.example/api/dandisets/000001/versions/${V}/`,
      { archive: 'https://lab.example/api/', number: '000001', version: V },
    ],
    [
      'https://lab.example/api/dandisets/000001/versions/draft/assets/?path=sub-Yuta*',
      {
        archive: 'https://lab.example/api/',
        number: '000001',
        version: 'draft',
        part: { kind: 'prefix', path: 'sub-Yuta*' },
      },
    ],
    [
      'https://lab.example/api/dandisets/000001/versions/draft/assets/?glob=sub-Yuta*',
      {
        archive: 'https://lab.example/api/',
        number: '000001',
        version: 'draft',
        part: { kind: 'glob', pattern: 'sub-Yuta*' },
      },
    ],
    [
      'https://lab.example/api/dandisets/000001/versions/draft/assets/0a748f90-d497-4a9c-822e-9c63811db412/download/',
      {
        archive: 'https://lab.example/api/',
        number: '000001',
        version: 'draft',
        part: { kind: 'id', id: '0a748f90-d497-4a9c-822e-9c63811db412' },
      },
    ],
    [
      'dandi://dandi/000002@draft/f*/bar.nwb',
      {
        archive: DANDI,
        prefix: 'DANDI',
        number: '000002',
        version: 'draft',
        part: { kind: 'path', path: 'f*/bar.nwb' },
      },
    ],
    [
      'dandi://LAB/000002/sub-1/',
      { prefix: 'LAB', number: '000002', part: { kind: 'folder', path: 'sub-1/' } },
    ],
    ['dandi://lab.example/000002', { archive: 'https://lab.example/', number: '000002' }],
  ])('%s', (text, expected) => {
    expect(parseResource(text)).toEqual({
      kind: 'resource',
      resource: { text, part: { kind: 'all' }, ...expected },
    });
  });

  test('with --path-type glob, paths are patterns', () => {
    const parsed = parseResource('dandi://LAB/000002/f*/bar.nwb', true);
    const part = parsed.kind === 'resource' && parsed.resource.part;
    expect(part).toEqual({ kind: 'glob', pattern: 'f*/bar.nwb' });
  });

  test.each([
    'DANDI:27',
    'DANDI:0000001',
    'DANDI:000000',
    'DANDI:000027/0.21.2',
    'dandi://no such/000001',
    'a folder',
    '',
    `DANDI:000027/${'0'.repeat(10_000)}`,
  ])('%s names nothing', (text) => {
    expect(parseResource(text).kind).toBe('unknown');
  });

  test('any other address has to be followed', () => {
    const address = 'https://doi.org/10.48324/dandi.000027/0.210831.2033';
    expect(parseResource(address)).toEqual({ kind: 'follow', address });
  });

  test('takes no time for hostile texts', () => {
    for (const text of ['https://'.repeat(1000), `https://a/${'dandiset/'.repeat(800)}`])
      expect(['follow', 'unknown']).toContain(parseResource(text).kind);
  });
});
