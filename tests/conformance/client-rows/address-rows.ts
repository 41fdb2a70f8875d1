import type { ClientRow, Named } from './row.ts';

const named = (
  instance: string,
  number: string | null,
  version: string | null = null,
  kind: Named['kind'] = 'all',
  path: string | null = null,
): Named => ({ instance, number, version, kind, path });

const ASSET = '0a748f90-d497-4a9c-822e-9c63811db412';
const API = 'HEREapi/dandisets/000001/versions/draft/assets/';

/** Rows 1 to 13: addresses. */
export const ADDRESS_ROWS: ClientRow[] = [
  {
    row: 1,
    behaviour: 'short names, with and without a version',
    we: '=',
    parse: [
      { text: 'DANDI:000027', names: named('dandi', '000027') },
      {
        text: 'DANDI:000027/0.210831.2033',
        names: named('dandi', '000027', '0.210831.2033'),
      },
      { text: 'DANDI:000027/draft', names: named('dandi', '000027', 'draft') },
      { text: 'DANDI-SANDBOX:000029', names: named('dandi-sandbox', '000029') },
      { text: 'LINC:000029', names: named('linc', '000029') },
      {
        text: 'EMBER-DANDI-SANDBOX:000029/draft',
        names: named('ember-dandi-sandbox', '000029', 'draft'),
      },
      { text: 'LAB:000001/draft', names: named('lab', '000001', 'draft') },
    ],
  },
  {
    row: 2,
    behaviour: 'a number has six digits',
    we: '=',
    parse: [{ text: 'DANDI:27', names: 'error' }],
    command: [{ args: ['download', 'DANDI:27'], code: 2, says: /names no Dandiset/ }],
  },
  {
    row: 3,
    behaviour: 'a slash at the end, and files without a location',
    we: '=',
    parse: [
      {
        text: 'HEREdandiset/000001/0.201104.2302/',
        names: named('lab', '000001', '0.201104.2302'),
      },
      {
        text: 'HEREdandiset/000001/0.201104.2302/files',
        names: named('lab', '000001', '0.201104.2302'),
      },
    ],
  },
  {
    row: 4,
    behaviour: 'a location with and without slashes',
    we: '=',
    parse: [
      {
        text: 'HEREdandiset/000001/draft/files?location=%2Fsub-anm369962',
        names: named('lab', '000001', 'draft', 'folder', 'sub-anm369962/'),
      },
      {
        text: 'HEREdandiset/000001/files?location=sub-RAT123%2F',
        names: named('lab', '000001', null, 'folder', 'sub-RAT123/'),
      },
    ],
  },
  {
    row: 5,
    behaviour: 'a star in dandi:// is a letter, unless --path-type is glob',
    we: '=',
    parse: [
      {
        text: 'dandi://lab/000002/f*/bar.nwb',
        names: named('lab', '000002', null, 'path', 'f*/bar.nwb'),
      },
      {
        text: 'dandi://lab/000002/f*/bar.nwb',
        isGlob: true,
        names: named('lab', '000002', null, 'glob', 'f*/bar.nwb'),
      },
    ],
  },
  {
    row: 6,
    behaviour: '?path= is a beginning, ?glob= a pattern',
    we: '=',
    parse: [
      {
        text: `${API}?path=sub-Yuta*`,
        names: named('lab', '000001', 'draft', 'prefix', 'sub-Yuta*'),
      },
      {
        text: `${API}?glob=sub-Yuta*`,
        names: named('lab', '000001', 'draft', 'glob', 'sub-Yuta*'),
      },
      {
        text: `HEREapi/assets/${ASSET}/download/`,
        names: named('lab', null, null, 'id', ASSET),
      },
    ],
    download: [
      { urls: [`${API}?path=subdir*`], ok: false, files: [] },
      {
        urls: [`${API}?glob=subdir*banana.txt`],
        ok: true,
        files: ['subdir2/banana.txt'],
      },
    ],
  },
  {
    row: 7,
    behaviour: 'a path inside of a Zarr',
    we: '=',
    parse: [
      {
        text: 'dandi://dandi/000108/sub-1/file.ome.zarr/0/0/0',
        names: named('dandi', '000108', null, 'path', 'sub-1/file.ome.zarr/0/0/0'),
      },
      {
        text: 'dandi://dandi/000108@draft/sub-1/file.ngff/scale0/0',
        names: named('dandi', '000108', 'draft', 'path', 'sub-1/file.ngff/scale0/0'),
      },
      {
        text: 'dandi://dandi/000108/sub-1/file.ome.zarr',
        names: named('dandi', '000108', null, 'path', 'sub-1/file.ome.zarr'),
      },
    ],
    download: [
      {
        urls: ['dandi://lab/000001@draft/sample.zarr/arr/deep'],
        ok: true,
        files: ['sample.zarr/arr/deep/er/0'],
      },
    ],
  },
  {
    row: 8,
    behaviour: 'an unknown instance: the known ones are named',
    we: '=',
    parse: [],
    command: [
      {
        args: ['download', 'dandi://nope/000001'],
        code: 2,
        says: /Which archive has Dandiset 000001[^]*DANDI, DANDI-SANDBOX/,
      },
    ],
    note: 'Any name can be that of an archive here, so that it is unknown only without --archive.',
  },
  {
    row: 9,
    behaviour: 'a redirect is asked for up to five times',
    we: '=',
    note: 'The Python client waits for up to a minute in between: not run.',
    asserted: [['tests/conformance/client-rows.test.ts', 'row 9: an address that redirects']],
  },
  {
    row: 10,
    behaviour: 'an unknown host is asked what it is',
    we: '=',
    download: [
      {
        urls: ['HEREdandiset/000001/draft/files?location=subdir1'],
        ok: true,
        files: ['subdir1/apple.txt'],
      },
      {
        urls: ['HEREapi/dandisets/000002/versions/draft/'],
        ok: true,
        files: ['000002/dandiset.yaml'],
      },
    ],
  },
  {
    row: 11,
    behaviour: 'what is not there is named',
    we: '=',
    download: [
      { urls: ['HEREdandiset/000099'], ok: false, files: [], says: /no Dandiset 000099/ },
      {
        urls: ['HEREdandiset/000001/0.250101.1200'],
        ok: false,
        files: [],
        says: /has no version 0\.250101\.1200/,
      },
      {
        urls: ['dandi://lab/000001@draft/none.txt'],
        ok: false,
        files: [],
        says: /has no file "none\.txt"/,
      },
      {
        urls: ['dandi://lab/000001@draft/none/'],
        ok: false,
        files: [],
        says: /no file in the folder "none\/"/,
      },
      {
        urls: [`${API}?path=none`],
        ok: false,
        files: [],
        says: /no file whose path begins with "none"/,
      },
      { urls: [`${API}?glob=none*`], ok: false, files: [], says: /no file that matches "none\*"/ },
      {
        urls: [`${API}${ASSET}/download/`],
        ok: false,
        files: [],
        says: new RegExp(`no file with the id "${ASSET}"`),
      },
      { urls: [`HEREapi/assets/${ASSET}/download/`], ok: false, files: [], says: /no asset at/ },
    ],
  },
  {
    row: 12,
    behaviour: 'an address that is only parsed asks nothing',
    we: '–',
    note: 'It is about a class of the Python library.',
  },
  {
    row: 13,
    behaviour: 'the parents of the last whole folder of a selection are left out',
    we: '=',
    asserted: [['tests/conformance/client-rows.test.ts', 'row 13: targets']],
  },
];
