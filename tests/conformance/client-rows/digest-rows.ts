import type { ClientRow } from './row.ts';

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];
const PLACES = ['', '', 'sub1/', 'sub1/', 'sub1/', 'sub1/subsub/', 'sub2/', 'sub2/'];
const TREE = Object.fromEntries(
  ordinals.map((word, at) => [`${PLACES[at]}file${at + 1}.txt`, `This is the ${word} file.\n`]),
);

/** Rows 51 to 61: lists and digests. */
export const DIGEST_ROWS: ClientRow[] = [
  {
    row: 51,
    behaviour: 'formats of ls',
    we: '=',
    note: 'json and yaml are the same; json_lines is jsonl here, and csv is added: names of one and the same form differ, so that the Python client is not run.',
    asserted: [['tests/commands/ls.test.ts', 'as %s']],
  },
  {
    row: 52,
    behaviour: 'a Dandiset, and with -r its files',
    we: '≠',
    note: 'With -r the files alone, so that sums over the lines are right.',
    help: ['ls', /A Dandiset is one entry, with -r all of its files/],
    asserted: [
      ['tests/commands/ls.test.ts', 'a Dandiset is one entry with what it holds'],
      ['tests/commands/ls.test.ts', '-r lists every file with its digests'],
    ],
  },
  {
    row: 53,
    behaviour: 'a path inside of a Zarr',
    we: '≠',
    note: 'The files alone, each with its MD5; the Python client has the Zarr before them.',
    help: ['ls', /A path that leads into a Zarr lists the files of the Zarr/],
    asserted: [['tests/commands/ls.test.ts', 'a path inside of a Zarr lists its files']],
  },
  {
    row: 54,
    behaviour: 'ls of a local file with --schema',
    we: '–',
    note: 'Metadata are not read from files by ls: that is for checks before a submission.',
  },
  {
    row: 55,
    behaviour: 'ls of a local BIDS file',
    we: '–',
    note: 'As row 54.',
  },
  {
    row: 56,
    behaviour: 'the form of the output',
    we: '=',
    command: [
      {
        args: ['digest', 'file.txt'],
        files: { 'file.txt': '123' },
        code: 0,
        says: /^file\.txt: d022646351048ac0ba397d12dfafa304-1\n$/,
      },
    ],
    digest: [
      {
        files: { 'file.txt': '123' },
        path: 'file.txt',
        digests: { 'dandi-etag': 'd022646351048ac0ba397d12dfafa304-1' },
      },
    ],
  },
  {
    row: 57,
    behaviour: 'md5, sha1, sha256, sha512, and zarr-checksum of a file',
    we: '=',
    digest: [
      {
        files: { 'file.txt': '123' },
        path: 'file.txt',
        digests: {
          md5: '202cb962ac59075b964b07152d234b70',
          'zarr-checksum': '202cb962ac59075b964b07152d234b70',
          sha1: '40bd001563085fc35165329ea1ff5c5ecbdbbeef',
          sha256: 'a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3',
          sha512:
            '3c9909afec25354d551dae21590bb26e38d53f2173b8d3dc3eee4c047e7ab1c1eb8b85103e3be7ba613b31bb5c9c36214dc9f14a42fd7a2fdb84856bca5c44c2',
        },
      },
    ],
  },
  {
    row: 58,
    behaviour: 'Zarrs that zarr writes, of version 2 and 3',
    we: '=',
    asserted: [['tests/conformance/client-rows.test.ts', 'row 58: Zarrs that zarr has written']],
  },
  {
    row: 59,
    behaviour: 'a tree with folders and an empty folder',
    we: '=',
    digest: [
      {
        files: { ...TREE, 'empty/': '' },
        path: '.',
        digests: { 'zarr-checksum': '25627e0fc7c609d10100d020f7782a25-8--197' },
      },
      {
        files: TREE,
        path: 'sub1',
        digests: { 'zarr-checksum': '64af93ad7f8d471c00044d1ddbd4c0ba-4--97' },
      },
      {
        files: { 'empty/': '' },
        path: 'empty',
        digests: { 'zarr-checksum': '481a2f77ab786a0f45aafd5db0971caa-0--0' },
      },
    ],
  },
  {
    row: 60,
    behaviour: 'the listing of a folder',
    we: '=',
    note: 'Four of its seven cases give folders digests that no files have: rows 58 and 59 have real ones.',
    asserted: [['tests/conformance/client-rows.test.ts', 'row 60: listings']],
  },
  {
    row: 61,
    behaviour: 'digests that are known already',
    we: '=',
    note: 'A cache here, an argument of a function in the Python library.',
    asserted: [
      [
        'src/adapters/digests/digests.test.ts',
        'saves reading a file that has not changed, and keeps the digests of its parts',
      ],
    ],
  },
];
