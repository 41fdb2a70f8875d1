// What NWB files of pynwb hold, as HDF5 and as Zarr, against what the script that writes them states.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFile } from '../../src/adapters/bytes/file-bytes.ts';
import { openHdf5 } from '../../src/adapters/hdf5/open-hdf5.ts';
import { readZarrTree } from '../../src/adapters/zarr/read-zarr-tree.ts';
import type { DataTree } from '../../src/core/data-tree/data-tree.ts';
import { describeContents } from '../../src/core/nwb/describe-contents.ts';
import { recordingFacts } from '../../src/core/recordings/recording-facts.ts';
import { parseRecordingLine, recordingListText } from '../../src/core/recordings/recording-list.ts';
import { describeWith, repository } from '../support/needed-part.ts';
import { python, pythonZarr } from '../support/process/python.ts';
import { folderZarr } from '../support/zarr/folder-zarr.ts';

/** What the script states of a file; null is a value that must not be there. */
interface Stated {
  session: string;
  electrodes?: number;
  regions?: string[];
  devices: string[];
  recorded: Record<string, Record<string, unknown>>;
  sentences: string[];
}

async function treeOf(file: string): Promise<DataTree> {
  if (file.endsWith('.zarr')) return readZarrTree(folderZarr(file));
  const hdf5 = await openHdf5(await openFile(file));
  try {
    return await hdf5.tree();
  } finally {
    await hdf5.close();
  }
}

const NAMES = ['ecephys', 'ophys', 'icephys', 'behavior'];

describe.each([
  ['HDF5', 'hdf5', '.nwb', python],
  ['Zarr', 'zarr', '.nwb.zarr', pythonZarr],
] as const)('NWB in %s', (title, kind, ending, interpreter) => {
  describeWith(interpreter, title, () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'file-contents-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    let stated: Record<string, Stated>;
    beforeAll(() => {
      const script = path.join(repository, 'tests/conformance/make_nwb_recordings.py');
      const made = spawnSync(interpreter.path, [script, folder, kind], { encoding: 'utf8' });
      expect(made.status, made.stderr).toBe(0);
      stated = JSON.parse(made.stdout) as typeof stated;
    });

    test.each(NAMES)('%s', async (name) => {
      const answer = stated[`${name}${ending}`]!;
      const contents = describeContents(await treeOf(path.join(folder, `${name}${ending}`)));
      expect(contents).toMatchObject({
        standard: expect.stringMatching(/^NWB 2\.\d+\.\d+$/),
        subject: { id: 'm7', species: 'Mus musculus', sex: 'F', age: 'P90D', strain: 'C57BL/6J' },
        session: {
          identifier: answer.session,
          experimenters: ['Okafor, Ada'],
          lab: 'Lab of tests',
          institution: 'University of tests',
          keywords: ['hippocampus'],
        },
      });
      expect(contents.session?.start).toMatch(/^2024-03-01T12:00:00/);
      expect(contents.isIncomplete).toBeUndefined();
      expect(contents.devices.map((one) => one.name)).toEqual(answer.devices);
      expect(contents.electrodes?.count).toBe(answer.electrodes);
      expect(contents.electrodes?.regions).toEqual(answer.regions);
      const byPath = new Map(contents.recorded.map((one) => [one.path, one]));
      expect([...byPath.keys()].sort()).toEqual(Object.keys(answer.recorded).sort());
      for (const [at, fields] of Object.entries(answer.recorded)) {
        const found = { ...byPath.get(at) } as Record<string, unknown>;
        for (const [field, value] of Object.entries(fields))
          expect({ at, [field]: found[field] ?? null }).toEqual({ at, [field]: value });
      }
      for (const sentence of answer.sentences) expect(contents.sentences).toContain(sentence);
      if (name === 'behavior')
        expect(byPath.get('/processing/behavior/knee')?.extends.slice(0, 2)).toEqual([
          'SpatialSeries',
          'TimeSeries',
        ]);
    });

    test('each recording is a line of a list that can be read back', async () => {
      const contents = describeContents(await treeOf(path.join(folder, `ecephys${ending}`)));
      const facts = recordingFacts({ blob: 'a'.repeat(64) }, contents);
      const lines = recordingListText(facts).trimEnd().split('\n');
      expect(lines).toHaveLength(6);
      const units = lines.map((line) => parseRecordingLine(line)).find((one) => one?.units);
      expect(units).toMatchObject({
        object: '/units',
        units: 312,
        regions: ['CA1'],
        devices: ['Neuropixels 7'],
        species: 'Mus musculus',
        sex: 'female',
      });
    });
  });
});
