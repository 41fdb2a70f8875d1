// Updates an archive to another release of the program: plan, then apply. Records are not part of it.

import { readObject, type ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { ContentWriter } from '../../adapters/content-files/content-writer.ts';
import type { ProgramPackage } from '../../adapters/program/program-package.ts';
import { sha256Hex } from '../../core/digests/sha256.ts';
import { ArchiveError } from '../../core/error.ts';
import { isJsonObject, member, textMember, type JsonObject } from '../../core/json/json-text.ts';
import { ORIGIN_FILE, programFiles, VENDOR_FOLDER, withProgram } from './new-archive.ts';

/** What happens to one file. */
export interface FileUpdate {
  path: string;
  /** `keep`: it was changed in the archive, so the release's file is not written over it. */
  action: 'add' | 'replace' | 'remove' | 'keep';
  /** The bytes it gets. */
  bytes?: Uint8Array;
}

/** What an update would do. */
export interface ArchiveUpdate {
  /** The release the archive has, and the one it gets. */
  from: string;
  to: string;
  files: FileUpdate[];
  /** Packages that the archive depends on besides the program: the lockfile does not have them yet. */
  others: string[];
}

/** package.json of the archive, or a clear message that this is not an archive made by `init`. */
async function readManifest(tree: ContentTree): Promise<JsonObject> {
  const manifest = await readObject(tree, 'package.json');
  const dependencies = manifest && member(manifest, 'dependencies');
  if (manifest && isJsonObject(dependencies) && textMember(dependencies, 'dandiset')) {
    return manifest;
  }
  throw new ArchiveError(
    'content-not-found',
    `${tree.name} is no archive that depends on dandiset.`,
    {
      hint: 'Name the folder that `dandiset init` made: its package.json has dandiset among its dependencies.',
    },
  );
}

/** Whether a file is as an earlier release wrote it; without a record of that it counts as changed. */
function isAsWritten(bytes: Uint8Array, digests: JsonObject, path: string): boolean {
  return textMember(digests, path) === sha256Hex(bytes);
}

async function updateOf(
  tree: ContentTree,
  path: string,
  bytes: Uint8Array,
  digests: JsonObject,
): Promise<FileUpdate | undefined> {
  const present = await tree.read(path);
  if (present === undefined) return { path, action: 'add', bytes };
  if (sha256Hex(present) === sha256Hex(bytes)) return undefined;
  const isOurs = !path.startsWith('.github/') || isAsWritten(present, digests, path);
  return isOurs ? { path, action: 'replace', bytes } : { path, action: 'keep' };
}

/** Files of earlier releases that this one does not have; changed ones are kept. */
async function removals(
  tree: ContentTree,
  digests: JsonObject,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<FileUpdate[]> {
  const found: FileUpdate[] = [];
  for (const { path } of await tree.list(VENDOR_FOLDER)) {
    if (/^vendor\/dandiset-[^/]*\.tgz$/.test(path) && !files.has(path))
      found.push({ path, action: 'remove' });
  }
  for (const path of Object.keys(digests)) {
    const bytes = files.has(path) ? undefined : await tree.read(path);
    if (bytes === undefined) continue;
    found.push({ path, action: isAsWritten(bytes, digests, path) ? 'remove' : 'keep' });
  }
  return found;
}

/**
 * What taking the program's release would change in the archive whose folder is `tree`.
 *
 * @throws ArchiveError `content-not-found` where the folder is no archive that depends on the program
 */
export async function planUpdate(
  tree: ContentTree,
  program: ProgramPackage,
): Promise<ArchiveUpdate> {
  const manifest = withProgram(await readManifest(tree), program);
  const origin = (await readObject(tree, ORIGIN_FILE)) ?? {};
  const noted = member(origin, 'files');
  const digests = isJsonObject(noted) ? noted : {};
  const wanted = programFiles(manifest, program);
  const updates: FileUpdate[] = [];
  for (const [path, bytes] of wanted) {
    const update = await updateOf(tree, path, bytes, digests);
    if (update !== undefined) updates.push(update);
  }
  return {
    from: textMember(origin, 'program') ?? 'unknown',
    to: program.version,
    files: [...updates, ...(await removals(tree, digests, wanted))],
    others: Object.keys(manifest['dependencies'] as JsonObject).filter(
      (name) => name !== 'dandiset',
    ),
  };
}

/** Carries out a plan. */
export async function applyUpdate(update: ArchiveUpdate, writer: ContentWriter): Promise<void> {
  for (const { path, action, bytes } of update.files) {
    if (action === 'remove') await writer.remove(path);
    else if (bytes !== undefined) await writer.write(path, bytes);
  }
}
