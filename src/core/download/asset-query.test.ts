import { expect, test } from 'vitest';
import { assetQueryOf } from './asset-query.ts';
import type { Part } from './resource.ts';

const PATHS = ['sub-01/a.nwb', 'sub-01/x.zarr', 'sub-02/A.NWB', 'plain/y'];

test.each<[Part, string[], string | undefined, string[]]>([
  [{ kind: 'all' }, [], undefined, PATHS],
  [{ kind: 'all' }, ['sub-01/**'], 'path=sub-01/', PATHS.slice(0, 2)],
  [{ kind: 'all' }, ['sub-01/a.nwb'], 'path=sub-01/a.nwb', PATHS.slice(0, 1)],
  [{ kind: 'all' }, ['**/*.nwb'], undefined, PATHS],
  [{ kind: 'all' }, ['sub-01/**', 'sub-02/**'], undefined, PATHS],
  [{ kind: 'folder', path: 'sub-01/' }, [], 'path=sub-01/', PATHS.slice(0, 2)],
  [{ kind: 'folder', path: 'sub-01/x.zarr/0/' }, [], 'path=sub-01/x.zarr', PATHS.slice(1, 2)],
  [{ kind: 'path', path: 'sub-01/x.zarr' }, [], 'path=sub-01/x.zarr', PATHS.slice(1, 2)],
  // A Zarr whose name does not say so is found by the whole list.
  [{ kind: 'path', path: 'plain/y/0/0' }, [], 'path=plain/y/0/0', ['plain/y']],
  [{ kind: 'prefix', path: 'sub-0' }, [], 'path=sub-0', PATHS.slice(0, 3)],
  [{ kind: 'glob', pattern: '*a.nwb' }, [], 'glob=*a.nwb', ['sub-01/a.nwb', 'sub-02/A.NWB']],
  [{ kind: 'id', id: 'abc' }, [], undefined, PATHS],
])('%j %j asks for %s', (part, include, expected, matching) => {
  const query = assetQueryOf(part, include);
  expect(query && `${query.name}=${query.value}`).toBe(expected);
  expect(PATHS.filter((path) => query?.mayMatch(path) ?? true)).toEqual(matching);
});
