import { expect, it } from 'vitest';
import { fileLabels } from './file-labels.ts';

const asset = (path: string) => ({ path, size: 1, metadata: {} });

it('finds subjects, sessions and types in paths', () => {
  expect(fileLabels([asset('sub-M1/ses-a/sub-M1_ses-a_ecephys.nwb')])).toEqual({
    types: ['nwb'],
    subjects: ['M1'],
    sessions: ['a'],
  });
});

it('looks for none in a path that no file system accepts', () => {
  const labels = fileLabels([asset(`sub-M2/sub-${'.'.repeat(30_000)}/x.nwb`)]);
  expect(labels).toEqual({ types: [], subjects: [], sessions: [] });
});
