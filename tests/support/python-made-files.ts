// Files that a Python script writes, with what it states about them.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repository } from './needed-part.ts';
import { python } from './process/python.ts';

export interface MadeFiles<Stated> {
  folder: string;
  stated: Stated;
  remove(): void;
}

/** Runs a script of `tests/conformance/` with a new folder, into which it writes; it prints JSON. */
export function filesMadeBy<Stated>(script: string, ...more: string[]): MadeFiles<Stated> {
  const folder = mkdtempSync(path.join(tmpdir(), 'made-files-'));
  const { stdout, stderr, status } = spawnSync(
    python.path,
    [path.join(repository, 'tests/conformance', script), folder, ...more],
    { maxBuffer: 2 ** 28, encoding: 'utf8' },
  );
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  if (status === 0) return { folder, stated: JSON.parse(stdout) as Stated, remove };
  remove();
  throw new Error(`${script} failed: ${stderr}`);
}
