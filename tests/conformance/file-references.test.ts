// References that `dandiset index --as` prints, read as other programs do, by ranges from a server: fsspec and Zarr,
// LINDI and PyNWB get the values that h5py reads in the same files.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../support/needed-part.ts';
import { python, pythonZarr } from '../support/process/python.ts';
import { runCli, runProgram } from '../support/process/run-cli.ts';
import { filesMadeBy, type MadeFiles } from '../support/python-made-files.ts';
import { publicBucket } from '../support/stores/public-bucket.ts';

/** What `check_references.py` found in one file. */
interface Compared {
  equal: number;
  attributes: number;
  links?: number;
  /** Named in `_OMITTED`. */
  omitted: string[];
  /** Neither listed nor named. */
  missing: string[];
  /** Not by h5py either. */
  unreadable: string[];
  /** Listed, but not in the file. */
  invented: string[];
  /** What each gives. */
  wrong: [path: string, references: string, h5py: string][];
  session?: string;
}

const SCRIPT = path.join(import.meta.dirname, 'check_references.py');
const FILES = [
  ['make_nwb_recordings.py', ['ecephys.nwb', 'ophys.nwb', 'icephys.nwb', 'behavior.nwb']],
  ['hdf5_chunk_files.py', ['earliest.h5', 'latest.h5', 'user-block.h5']],
  ['hdf5_files.py', ['values.h5', 'values-latest.h5']],
] as const;

/** Values in other files, which are left out. */
const ELSEWHERE = ['/elsewhere/external', '/elsewhere/virtual', '/elsewhere/virtual-here'];
/** Where LINDI gives an error or nothing: lists of references as attributes, some compound types. */
const NOT_BY_LINDI = ['/links many', '/numbers/complex', '/tables/little', '/tables/mixed'];

describeWith([python, pythonZarr], 'references', () => {
  const made = new Map<string, MadeFiles<unknown>>();
  beforeAll(() => {
    for (const [script] of FILES) made.set(script, filesMadeBy(script));
  });
  afterAll(() => {
    for (const files of made.values()) files.remove();
  });

  async function compared(
    script: string,
    names: readonly string[],
    form: 'kerchunk' | 'lindi',
  ): Promise<Record<string, Compared>> {
    const { folder } = made.get(script)!;
    const url = await publicBucket(folder);
    for (const name of names) {
      const { code, stdout, stderr } = await runCli('index', url + name, '--as', form);
      expect(code, stderr).toBe(0);
      writeFileSync(path.join(folder, `${name}.json`), stdout);
    }
    const interpreter = form === 'lindi' ? pythonZarr : python;
    const { code, stdout, stderr } = await runProgram(interpreter.path, [
      SCRIPT,
      form,
      folder,
      ...names,
    ]);
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout) as Record<string, Compared>;
  }

  test.each(FILES)('%s by fsspec and Zarr', async (script, names) => {
    for (const [name, found] of Object.entries(await compared(script, names, 'kerchunk'))) {
      expect(found, name).toMatchObject({ wrong: [], missing: [], invented: [] });
      expect(found.equal, name).toBeGreaterThan(20);
    }
  });

  test.each(FILES)('%s by LINDI', async (script, names) => {
    const isValues = script === 'hdf5_files.py';
    for (const [name, found] of Object.entries(await compared(script, names, 'lindi'))) {
      expect(found.wrong.filter(([at]) => !isValues || !NOT_BY_LINDI.includes(at))).toEqual([]);
      expect(found, name).toMatchObject({ missing: isValues ? ELSEWHERE : [], invented: [] });
      expect(found.equal, name).toBeGreaterThan(20);
      if (name.endsWith('.nwb')) expect(found.session).toBe(`ses-${path.parse(name).name}`);
    }
  });
});
