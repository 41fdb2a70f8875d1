import { expect, it } from 'vitest';
import { viewKindOf } from './view-kinds.ts';

it.each([
  ['sub-1/sub-1_ecephys.nwb', '', 'hdf5'],
  ['sub-1/RAW.H5', 'application/octet-stream', 'hdf5'],
  ['sub-1/no-extension', 'application/x-hdf5', 'hdf5'],
  ['x.ome.zarr', '', 'zarr'],
  ['x.nwb', 'application/x-zarr', 'zarr'],
  ['participants.tsv', 'text/tab-separated-values', 'table'],
  ['README', '', 'text'],
  ['README.md', '', 'markdown'],
  ['sub-1_eeg.vhdr', '', 'text'],
  ['notes', 'text/plain', 'text'],
  ['a.svg', 'image/svg+xml', 'image'],
  ['a.avi', 'video/x-msvideo', 'avi'],
  ['a.pdf', 'application/pdf', 'none'],
  ['__proto__', '', 'none'],
  ['constructor', '', 'none'],
])('%s (%s) is shown as %s', (path, type, kind) => {
  expect(viewKindOf(path, type)).toBe(kind);
});
