import type { ClientRow } from './row.ts';

const RECORD = '000001/dandiset.yaml';
const FILES = [
  'file.txt',
  'sample.zarr/.zgroup',
  'sample.zarr/0/0',
  'sample.zarr/arr/deep/er/0',
  'subdir1/apple.txt',
  'subdir2/banana.txt',
  'subdir2/coconut.txt',
  'undated.txt',
];
const WHOLE = [RECORD, ...FILES.map((name) => `000001/${name}`)];
const API = 'HEREapi/dandisets/000001/versions/draft/assets/';
const FOLDER = 'HEREdandiset/000001/draft/files?location=';
const DOWNLOAD = 'tests/commands/download.test.ts';
const ZARR = 'tests/commands/download-zarr.test.ts';
const TIME = '2025-01-13T15:20:00Z';
/** As many bytes as `bytes of subdir1/apple.txt`. */
const OTHER = 'other of subdir1/apple.txt';
const ENTRIES = FILES.filter((name) => name.startsWith('sample.zarr/'));

/** Rows 14 to 50: downloads. */
export const DOWNLOAD_ROWS: ClientRow[] = [
  {
    row: 14,
    behaviour: 'a second run',
    we: '≠',
    note: 'What a download has put there is known, and counts as complete under every policy.',
    help: ['download', /known by the journal in\s+\.dandiset\/ and\s+never fetched\s+again/],
    download: [
      {
        urls: ['HEREdandiset/000001/draft'],
        twice: true,
        ok: true,
        files: WHOLE,
        python: { ok: false, files: WHOLE },
      },
      // Of files that are there otherwise, each is an error, and the others go on.
      {
        urls: [`${FOLDER}subdir2`],
        before: { 'subdir2/banana.txt': 'mine' },
        ok: false,
        files: ['subdir2/banana.txt=mine', 'subdir2/coconut.txt'],
      },
    ],
  },
  {
    row: 15,
    behaviour: 'without a version, the newest published one',
    we: '=',
    asserted: [['tests/conformance/client-rows.test.ts', 'row 15: the newest published version']],
  },
  {
    row: 16,
    behaviour: 'a folder, without its parents',
    we: '=',
    download: [
      {
        urls: [`${FOLDER}subdir2/`],
        ok: true,
        files: ['subdir2/banana.txt', 'subdir2/coconut.txt'],
      },
    ],
  },
  {
    row: 17,
    behaviour: 'a folder with --preserve-tree',
    we: '=',
    download: [
      {
        urls: [`${FOLDER}subdir2`],
        preserveTree: true,
        ok: true,
        files: [RECORD, '000001/subdir2/banana.txt', '000001/subdir2/coconut.txt'],
      },
    ],
  },
  {
    row: 18,
    behaviour: 'one file with --preserve-tree, with and without the record',
    we: '=',
    download: [
      {
        urls: ['dandi://lab/000001@draft/subdir2/coconut.txt'],
        preserveTree: true,
        ok: true,
        files: [RECORD, '000001/subdir2/coconut.txt'],
      },
      {
        urls: ['dandi://lab/000001@draft/subdir2/coconut.txt'],
        preserveTree: true,
        only: 'assets',
        ok: true,
        files: ['000001/subdir2/coconut.txt'],
      },
    ],
  },
  {
    row: 19,
    behaviour: 'an asset by its id alone, with --preserve-tree',
    we: '=',
    download: [
      {
        urls: ['HEREapi/assets/ID(subdir2/coconut.txt)/download/'],
        preserveTree: true,
        ok: true,
        files: ['subdir2/coconut.txt'],
      },
    ],
  },
  {
    row: 20,
    behaviour: 'a prefix that is the path of one asset',
    we: '=',
    download: [{ urls: [`${API}?path=subdir1/apple.txt`], ok: true, files: ['apple.txt'] }],
  },
  {
    row: 21,
    behaviour: 'the record as a file',
    we: '=',
    download: [
      { urls: ['dandi://lab/000001@draft/dandiset.yaml'], ok: true, files: ['dandiset.yaml'] },
    ],
  },
  {
    row: 22,
    behaviour: 'letter case does not count in globs, and * crosses folders',
    we: '=',
    download: [
      { urls: [`${API}?glob=S*1*.Txt`], ok: true, files: ['subdir1/apple.txt'] },
      {
        urls: ['dandi://lab/000001@draft/S*1*.Txt'],
        isGlob: true,
        ok: true,
        files: ['subdir1/apple.txt'],
      },
    ],
    note: '--include and --exclude, which the Python client does not have, are as in a shell.',
    help: ['download', /Globs of --include and --exclude/],
  },
  {
    row: 23,
    behaviour: 'nothing matches: an error, and the output folder stays empty',
    we: '=',
    download: [
      { urls: [`${FOLDER}none`], ok: false, files: [], says: /no file in the folder/ },
      { urls: [`${API}?path=none`], ok: false, files: [] },
      { urls: [`${API}?glob=none`], ok: false, files: [] },
    ],
  },
  {
    row: 24,
    behaviour: 'several addresses, of which one is wrong',
    we: '≠',
    note: 'Every address is looked up first; nothing is written if one is wrong.',
    help: ['download', /Every address is looked up before anything is written/],
    download: [
      {
        urls: ['HEREdandiset/000002/draft', `${FOLDER}none`],
        ok: false,
        files: [],
        python: { ok: false, files: ['000002/dandiset.yaml'] },
      },
    ],
  },
  {
    row: 25,
    behaviour: 'a Dandiset without files',
    we: '=',
    download: [{ urls: ['HEREdandiset/000002'], ok: true, files: ['000002/dandiset.yaml'] }],
  },
  {
    row: 26,
    behaviour: 'several Dandisets',
    we: '=',
    download: [
      {
        urls: ['HEREdandiset/000001/draft', 'HEREdandiset/000002/draft'],
        ok: true,
        files: [...WHOLE, '000002/dandiset.yaml'],
      },
    ],
  },
  {
    row: 27,
    behaviour: 'the metadata of one asset answer 404',
    we: '=',
    note: 'The local server gives the metadata in its lists: the Python client is not run.',
    asserted: [
      ['tests/commands/download-api.test.ts', 'metadata of one asset that answer %o: it fails'],
    ],
  },
  {
    row: 28,
    behaviour: 'a record without blobDateModified',
    we: '=',
    download: [
      { urls: ['dandi://lab/000001@draft/undated.txt'], ok: true, files: ['undated.txt'] },
    ],
  },
  {
    row: 29,
    behaviour: 'goes on from any number of bytes',
    we: '=',
    note: 'Each client goes on from its own partial files only.',
    asserted: [
      ['tests/commands/download-killed.test.ts', 'after %i bytes (SEED='],
      [DOWNLOAD, '%s: complete in the end'],
    ],
  },
  {
    row: 30,
    behaviour: 'a partial file that is corrupted',
    we: '≠',
    note: 'It is fetched anew; the Python client leaves wrong bytes at the final path.',
    help: ['download', /verified by the digest of its record, and only then gets\s+its name/],
    download: [
      {
        urls: ['HEREdandiset/000001/draft'],
        only: 'assets',
        before: { '000001/.dandiset/parts/SHA256(subdir1/apple.txt)': 'bytes of what is bad' },
        ok: true,
        files: WHOLE.slice(1),
        python: false,
      },
    ],
  },
  {
    row: 31,
    behaviour: 'a partial file of another object',
    we: '=',
    note: 'Partial files are named by their digest, so that none is of another object.',
    asserted: [[DOWNLOAD, '%s: complete in the end']],
  },
  {
    row: 32,
    behaviour: 'two runs on one target',
    we: '≠',
    note: 'A run waits for the other one, and says for whom; the Python client fails.',
    help: ['download', /waits for another run on the same folder/],
    asserted: [[DOWNLOAD, 'two runs on one folder: one waits for the other']],
  },
  {
    row: 33,
    behaviour: 'a failure in the middle gives no file its name',
    we: '=',
    note: 'The Python client would need a store that fails.',
    asserted: [[DOWNLOAD, '%s: that file fails, others are complete']],
  },
  {
    row: 34,
    behaviour: 'a folder at the path of a file',
    we: '≠',
    note: 'It is refused; the Python client removes the folder.',
    help: ['download', /Folders and\s+links in the way are never replaced/],
    download: [
      {
        urls: [`${FOLDER}subdir1`],
        existing: 'overwrite',
        before: { 'subdir1/apple.txt/kept.txt': 'mine' },
        ok: false,
        files: ['subdir1/apple.txt/kept.txt=mine'],
        python: { ok: true, files: ['subdir1/apple.txt'] },
      },
    ],
  },
  {
    row: 35,
    behaviour: 'which failures are tried again',
    we: '=',
    note: 'The waits of the Python client take minutes.',
    asserted: [
      [DOWNLOAD, '%s: complete in the end'],
      [DOWNLOAD, '%s: that file fails, others are complete'],
    ],
  },
  {
    row: 36,
    behaviour: 'Retry-After: seconds, dates, the past, a year, nonsense',
    we: '=',
    note: 'The waits of the Python client take minutes.',
    asserted: [
      ['src/core/transfer/retry.test.ts', 'Retry-After is seconds or a date'],
      [DOWNLOAD, '%s: complete in the end'],
    ],
  },
  {
    row: 37,
    behaviour: 'refresh takes times within two seconds for the same',
    we: '=',
    download: [
      {
        urls: [`${FOLDER}subdir1`],
        existing: 'refresh',
        before: { 'subdir1/apple.txt': { text: OTHER, mtime: '2025-01-13T15:20:01.9Z' } },
        ok: true,
        files: [`subdir1/apple.txt=${OTHER}`],
      },
      {
        urls: [`${FOLDER}subdir1`],
        existing: 'refresh',
        before: { 'subdir1/apple.txt': { text: OTHER, mtime: '2025-01-13T15:20:09Z' } },
        ok: true,
        files: ['subdir1/apple.txt'],
      },
      {
        urls: [`${FOLDER}subdir1`],
        existing: 'refresh',
        before: { 'subdir1/apple.txt': { text: 'short', mtime: TIME } },
        ok: true,
        files: ['subdir1/apple.txt'],
      },
    ],
  },
  {
    row: 38,
    behaviour: 'a Zarr over a different one',
    we: '≠',
    note: 'The tree is the same; what is no part of it is moved to .dandiset/removed, not deleted.',
    help: ['download', /is no part of it is moved to \.dandiset\/removed\//],
    asserted: [
      [ZARR, '--existing %s'],
      [ZARR, 'ours of another version are set aside'],
    ],
    download: [
      {
        urls: ['dandi://lab/000001@draft/sample.zarr'],
        existing: 'overwrite-different',
        before: {
          'sample.zarr/0/0': 'of another Zarr',
          'sample.zarr/0/9': 'no part of it',
          'sample.zarr/1/0/0': 'no part of it',
          'sample.zarr/.git/config': 'kept',
          'sample.zarr/0/.gitattributes': 'kept',
        },
        ok: true,
        files: [...ENTRIES, 'sample.zarr/.git/config=kept', 'sample.zarr/0/.gitattributes=kept'],
      },
    ],
  },
  {
    row: 39,
    behaviour: 'files are said to be removed only where some are',
    we: '=',
    note: 'It is about the words of each client.',
    asserted: [[ZARR, '--existing %s']],
  },
  {
    row: 40,
    behaviour: 'a Zarr where a file is, and a file where a Zarr is',
    we: '≠',
    note: 'Only --existing overwrite replaces it; what was there is in .dandiset/removed.',
    help: ['download', /A Zarr and a file\s+in each other's place/],
    asserted: [[ZARR, '--existing %s']],
    download: [
      {
        urls: ['dandi://lab/000001@draft/sample.zarr'],
        existing: 'overwrite-different',
        before: { 'sample.zarr': 'mine' },
        ok: false,
        files: ['sample.zarr=mine'],
        python: { ok: true, files: ENTRIES },
      },
      {
        urls: ['dandi://lab/000001@draft/sample.zarr'],
        existing: 'overwrite',
        before: { 'sample.zarr': 'mine' },
        ok: true,
        files: ENTRIES,
      },
    ],
  },
  {
    row: 41,
    behaviour: 'folders of a Zarr that hold only folders',
    we: '=',
    download: [{ urls: ['dandi://lab/000001@draft/sample.zarr'], ok: true, files: ENTRIES }],
  },
  {
    row: 42,
    behaviour: 'a Zarr by its id',
    we: '=',
    download: [
      {
        urls: [`${API}ID(sample.zarr)/download/`],
        ok: true,
        files: ENTRIES,
      },
    ],
  },
  {
    row: 43,
    behaviour: 'parts of Zarrs: metadata, glob:, path:',
    we: '≠',
    note: 'As in the Python client, without regex:.',
    help: ['download', /there is no regex:/],
    asserted: [['tests/conformance/client-rows.test.ts', 'row 43: filters of Zarrs']],
    command: [
      {
        args: ['download', '000001', '--zarr', 'regex:^0/'],
        code: 2,
        says: /"regex:\^0\/" is no filter for Zarrs/,
      },
    ],
    download: [
      {
        urls: ['dandi://lab/000001@draft/sample.zarr'],
        zarr: ['metadata'],
        ok: true,
        files: ['sample.zarr/.zgroup'],
      },
      {
        urls: ['dandi://lab/000001@draft/sample.zarr'],
        zarr: ['path:arr', 'glob:0/*'],
        ok: true,
        files: ['sample.zarr/0/0', 'sample.zarr/arr/deep/er/0'],
      },
      {
        urls: ['dandi://lab/000001@draft/sample.zarr'],
        zarr: ['path:none'],
        ok: true,
        files: [],
      },
      // Other files stay: what is not asked for is not wrong.
      {
        urls: ['dandi://lab/000001@draft/sample.zarr'],
        zarr: ['metadata'],
        existing: 'overwrite-different',
        before: { 'sample.zarr/9': 'mine' },
        ok: true,
        files: ['sample.zarr/.zgroup', 'sample.zarr/9=mine'],
      },
    ],
  },
  {
    row: 44,
    behaviour: '--sync with --zarr',
    we: '=',
    note: 'Refused before anything is asked for, by both; the Python client exits with another code: not run.',
    command: [
      {
        args: ['download', '000001', '--sync', '--zarr', 'metadata'],
        code: 2,
        says: /--sync is for whole versions/,
      },
    ],
  },
  {
    row: 45,
    behaviour: '--sync asks with yes, no and list',
    we: '≠',
    note: 'Only what a download has put there is removed, and only for whole versions.',
    help: ['download', /--sync removes only what a download has put there/],
    asserted: [
      ['src/cli/support/ask-to-remove.test.ts', 'a Zarr is one file in the question'],
      [DOWNLOAD, 'removes what a download has put there and the version no longer has'],
    ],
    download: [
      {
        urls: ['HEREdandiset/000001/draft'],
        sync: true,
        before: { '000001/subdir1/mine.txt': 'mine' },
        ok: true,
        files: [...WHOLE, '000001/subdir1/mine.txt=mine'],
        python: { ok: true, files: WHOLE },
      },
    ],
  },
  {
    row: 46,
    behaviour: '--sync asks for a Zarr once',
    we: '=',
    note: 'The question of each client has its own words.',
    asserted: [['src/cli/support/ask-to-remove.test.ts', 'a Zarr is one file in the question']],
  },
  {
    row: 47,
    behaviour: 'the progress of a Zarr',
    we: '≠',
    note: 'What is shown as done never goes down; bytes that come again are counted apart.',
    help: ['download', /bytes that are fetched again are counted apart/],
    asserted: [
      [
        'src/adapters/terminal/transfer-progress.test.ts',
        'bytes that are fetched again are counted apart',
      ],
    ],
  },
  {
    row: 48,
    behaviour: 'the time left, by the last ten seconds',
    we: '=',
    note: 'It is about the words of each client.',
    asserted: [
      ['src/adapters/terminal/transfer-progress.test.ts', 'the time left is that of the last ten'],
      ['src/adapters/terminal/transfer-progress.test.ts', 'half of five hours is five hours'],
    ],
  },
  {
    row: 49,
    behaviour: 'without an address, the Dandiset of the folder',
    we: '=',
    note: 'The Python client needs -i as well.',
    command: [
      {
        args: ['download', '--archive', 'CONTENT', '--output', 'OUTPUT', '--dry-run'],
        files: { 'dandiset.yaml': 'identifier: LAB:000001\n' },
        code: 0,
        says: /000001\/draft, from/,
      },
      {
        args: ['download', '--output', 'OUTPUT', '--dry-run', '--archive', 'CONTENT'],
        files: {
          '.dandiset/from.json': '{"downloads": [{"resource": "000002/draft"}]}',
          'dandiset.yaml': 'identifier: LAB:000001\n',
        },
        code: 0,
        says: /000002\/draft, from/,
      },
      { args: ['download'], code: 2, says: /no dandiset\.yaml here/ },
    ],
  },
  {
    row: 50,
    behaviour: '-i and an address of another archive',
    we: '=',
    note: 'The Python client knows only instances of its configuration: not run with one on loopback.',
    command: [
      {
        args: [
          'download',
          'https://lab.example.org/dandiset/000001',
          '-i',
          'https://dandiarchive.org',
        ],
        code: 2,
        says: /does not point to the archive at https:\/\/dandiarchive\.org/,
      },
      { args: ['ls', 'DANDI:000027', '-i', 'CONTENT'], code: 2, says: /does not point to/ },
    ],
  },
];
