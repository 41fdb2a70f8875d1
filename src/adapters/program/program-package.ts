// This program as a package: packed from a clone of its repository, along with what an archive needs in
// addition to the package itself.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ArchiveError } from '../../core/error.ts';
import {
  isJsonObject,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../../core/json/json-text.ts';
import { readObject } from '../content-files/content-tree.ts';
import { folderTree } from '../content-files/folder-tree.ts';
import { runProcess } from '../process/run-process.ts';

/** The program at one version, as archives depend on it. */
export interface ProgramPackage {
  version: string;
  /** Name of the package's file: `dandiset-0.2.0.tgz`. */
  file: string;
  bytes: Uint8Array;
  /** The package's digest as in lockfiles: `sha512-…`. */
  integrity: string;
  /** Its package.json. */
  manifest: JsonObject;
  /** `packages` of its lockfile: every package below node_modules/ by its location. */
  locked: JsonObject;
  /** The workflows that an archive runs, by path: `.github/workflows/check.yml`. */
  workflows: ReadonlyMap<string, Uint8Array>;
}

/** Workflows of the program itself: its tests, and its check for releases of the schema. */
const OF_THE_PROGRAM = new Set(['ci.yml', 'schema.yml']);
const WORKFLOWS = '.github/workflows';
const FIVE_MINUTES = 300_000;
const MOST_OUTPUT = 4_000_000;

async function readRequired(folder: string, name: string): Promise<JsonObject> {
  const value = await readObject(folderTree(folder), name);
  if (value !== undefined) return value;
  throw new ArchiveError('content-unreadable', `${name} of the program cannot be read.`);
}

async function readWorkflows(folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of (await readdir(path.join(folder, WORKFLOWS))).sort()) {
    if (!name.endsWith('.yml') || OF_THE_PROGRAM.has(name)) continue;
    files.set(`${WORKFLOWS}/${name}`, await readFile(path.join(folder, WORKFLOWS, name)));
  }
  return files;
}

/** Runs `npm pack` into a folder; returns the name of the file that it wrote. */
async function pack(folder: string, into: string): Promise<string> {
  const args = ['--prefix', folder, 'pack', folder, '--pack-destination', into];
  const { by, code, said } = await runProcess('npm', [...args, '--silent'], {
    env: process.env,
    timeLimit: FIVE_MINUTES,
    mostOutput: MOST_OUTPUT,
  });
  const file = (await readdir(into)).find((name) => name.endsWith('.tgz'));
  if (by === 'itself' && code === 0 && file !== undefined) return file;
  throw new ArchiveError('source-unreadable', `The program in ${folder} could not be packed.`, {
    hint: said.toString('utf8').trim().split('\n').slice(-3).join(' ') || 'Run `npm pack` there.',
  });
}

/**
 * Packs the program whose clone is in `folder`.
 *
 * @throws ArchiveError `source-not-recognised` if it is not a clone, `source-unreadable` if npm cannot pack
 * it
 */
export async function packProgram(folder: string): Promise<ProgramPackage> {
  // Packages never contain their lockfile.
  if (!existsSync(path.join(folder, 'package-lock.json'))) {
    throw new ArchiveError('source-not-recognised', `${folder} is an installed package.`, {
      hint: 'Clone the repository of the program, run `npm ci` there, and this command in the clone.',
    });
  }
  const manifest = await readRequired(folder, 'package.json');
  const locked: JsonValue | undefined = member(
    await readRequired(folder, 'package-lock.json'),
    'packages',
  );
  const into = await mkdtemp(path.join(os.tmpdir(), 'dandiset-pack-'));
  try {
    const file = await pack(folder, into);
    const bytes = await readFile(path.join(into, file));
    return {
      version: textMember(manifest, 'version') ?? '',
      file,
      bytes,
      integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
      manifest,
      locked: locked !== undefined && isJsonObject(locked) ? locked : {},
      workflows: await readWorkflows(folder),
    };
  } finally {
    await rm(into, { recursive: true, force: true });
  }
}
