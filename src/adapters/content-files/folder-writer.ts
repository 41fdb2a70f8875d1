// Writing below a folder on disk: never through a link, never outside it, never half a file.

import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ArchiveError } from '../../core/error.ts';
import { problemOfPath } from '../../core/identifiers/asset-path.ts';
import type { ContentWriter } from './content-writer.ts';

/** Creates a folder unless it exists; anything else at its path, including a link, is an error. */
function makeFolder(folder: string, relative: string): void {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) mkdirSync(folder);
  else if (!found.isDirectory()) {
    throw new ArchiveError(
      'content-unwritable',
      `Will not write "${relative}": ${folder} is no folder.`,
      {
        hint: 'Links are not followed. Move it away, or choose another folder.',
      },
    );
  }
}

function unwritable(target: string, cause: unknown): ArchiveError {
  if (cause instanceof ArchiveError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ArchiveError('content-unwritable', `Could not write ${target}: ${reason}`, { cause });
}

/**
 * The absolute path of a file below `root`, after creating its folders one by one.
 *
 * @throws ArchiveError `content-unwritable` for a path that leaves the folder or passes through a link.
 */
export function placeBelow(root: string, relative: string): string {
  const problem = problemOfPath(relative);
  if (problem !== undefined) {
    throw new ArchiveError(
      'content-unwritable',
      `Will not write "${relative}": the path ${problem}.`,
    );
  }
  const parts = relative.split('/');
  let folder = path.resolve(root);
  try {
    mkdirSync(root, { recursive: true });
    for (const part of parts.slice(0, -1)) {
      folder = path.join(folder, part);
      makeFolder(folder, relative);
    }
  } catch (cause) {
    throw unwritable(folder, cause);
  }
  return path.join(folder, parts.at(-1) ?? '');
}

/** A writer below a folder, which is created when the first file is written. */
export function folderWriter(folder: string): ContentWriter {
  return {
    name: folder,
    // Synchronous on purpose: an interrupt cannot come between writing the temporary file and renaming it.
    async write(relative, bytes) {
      const target = placeBelow(folder, relative);
      const temporary = `${target}.${process.pid}.tmp`;
      try {
        writeFileSync(temporary, bytes, { flag: 'wx' });
        renameSync(temporary, target);
      } catch (cause) {
        rmSync(temporary, { force: true });
        throw unwritable(target, cause);
      }
    },
    async remove(relative) {
      const target = placeBelow(folder, relative);
      try {
        rmSync(target, { force: true });
      } catch (cause) {
        throw unwritable(target, cause);
      }
    },
  };
}
