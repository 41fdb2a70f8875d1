// How long checking a whole archive takes, beside dandischema's validation of the same records.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { python } from '../../src/testing/python.ts';
import { checkArchive } from '../../src/workflows/check-archive.ts';

export interface CheckMeasure {
  /** Reading and parsing of the files are part of it; imports are not. */
  seconds: number;
  assets: number;
  /** Records in memory, imports excluded. */
  dandischema: { seconds: number; records: number; valid: number };
}

/** Checks the archive twice, the first time to get warm, then lets dandischema validate it. */
export async function measureCheck(content: string): Promise<CheckMeasure> {
  await checkArchive({ tree: folderTree(content) });
  const start = performance.now();
  const { counts } = await checkArchive({ tree: folderTree(content) });
  const seconds = (performance.now() - start) / 1000;
  const script = path.join(import.meta.dirname, 'validate_records.py');
  const { status, stdout, stderr } = spawnSync(python.path, [script, content], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`dandischema could not be measured:\n${stderr}`);
  const dandischema = JSON.parse(stdout) as CheckMeasure['dandischema'];
  return { seconds, assets: counts.assets, dandischema };
}
