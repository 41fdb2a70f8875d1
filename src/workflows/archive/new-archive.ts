// A new archive as files: its settings, and everything by which it depends on this program.

import type { ProgramPackage } from '../../adapters/program/program-package.ts';
import { sha256Hex } from '../../core/digests/sha256.ts';
import {
  isJsonObject,
  member,
  type JsonObject,
  type JsonValue,
} from '../../core/json/json-text.ts';
import { ARCHIVE_FILE, type Archive } from '../../core/records/archive.ts';
import { archiveReadme } from './archive-readme.ts';

/** Where an archive holds the package of the program. */
export const VENDOR_FOLDER = 'vendor';
/** Which files came from the program, and with which bytes: an update leaves changed ones alone. */
export const ORIGIN_FILE = `${VENDOR_FOLDER}/origin.json`;

const IGNORED = ['node_modules/', 'dist/', 'storage/', '.astro/', '.cache/', ''].join('\n');

/** Files by path, relative to the archive's folder. */
export type ArchiveFiles = Map<string, Uint8Array>;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const jsonBytes = (value: JsonValue): Uint8Array => bytesOf(`${JSON.stringify(value, null, 2)}\n`);

/** What package.json names to depend on a package of the program. */
export function dependencyOn(program: ProgramPackage): string {
  return `file:${VENDOR_FOLDER}/${program.file}`;
}

/** A name for npm: `hill-lab-archive` of "Hill Lab Archive". */
function packageName(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'archive' : slug.slice(0, 100);
}

/** The package.json of a new archive. */
function newManifest(archive: Archive, program: ProgramPackage): JsonObject {
  return {
    name: packageName(archive.name),
    version: '1.0.0',
    private: true,
    description: `Records and settings of ${archive.name}.`,
    type: 'module',
    scripts: {
      start: 'dandiset build --if-changed && dandiset serve',
      dev: 'node node_modules/dandiset/scripts/dev.mjs',
      build: 'dandiset build',
      check: 'dandiset check',
    },
    dependencies: { dandiset: dependencyOn(program) },
  };
}

/** An entry of the program's lockfile as an archive's has it, where nothing is for development. */
function lockedEntry(entry: JsonValue): JsonObject | undefined {
  if (!isJsonObject(entry) || member(entry, 'dev') === true) return undefined;
  const { devOptional, ...rest } = entry;
  return devOptional === true ? { ...rest, optional: true } : rest;
}

/**
 * The package-lock.json of an archive: the packages of the program's own lockfile, so that an archive
 * runs with the very versions that the program was tested with.
 */
export function archiveLock(manifest: JsonObject, program: ProgramPackage): JsonObject {
  const { name = '', version = '', dependencies = {} } = manifest;
  const packages: JsonObject = { '': { name, version, dependencies } };
  const { license = '', bin = {}, engines = {} } = program.manifest;
  packages['node_modules/dandiset'] = {
    version: program.version,
    resolved: dependencyOn(program),
    integrity: program.integrity,
    license,
    dependencies: program.manifest['dependencies'] ?? {},
    bin,
    engines,
  };
  for (const [place, entry] of Object.entries(program.locked)) {
    const locked = place === '' ? undefined : lockedEntry(entry);
    if (locked !== undefined) packages[place] = locked;
  }
  return { name, version, lockfileVersion: 3, requires: true, packages };
}

/** The files that each release of the program brings anew, for an archive of this package.json. */
export function programFiles(manifest: JsonObject, program: ProgramPackage): ArchiveFiles {
  const files: ArchiveFiles = new Map(program.workflows);
  files.set('package.json', jsonBytes(manifest));
  files.set('package-lock.json', jsonBytes(archiveLock(manifest, program)));
  files.set(`${VENDOR_FOLDER}/${program.file}`, program.bytes);
  const digests = [...program.workflows].map(([path, bytes]) => [path, sha256Hex(bytes)]);
  files.set(
    ORIGIN_FILE,
    jsonBytes({ program: program.version, files: Object.fromEntries(digests) as JsonObject }),
  );
  return files;
}

/** Every file of a new archive with these settings. */
export function newArchiveFiles(archive: Archive, program: ProgramPackage): ArchiveFiles {
  return new Map([
    ...programFiles(newManifest(archive, program), program),
    [`content/${ARCHIVE_FILE}`, bytesOf(`${JSON.stringify(archive, null, 2)}\n`)],
    ['README.md', bytesOf(archiveReadme(archive))],
    ['.gitignore', bytesOf(IGNORED)],
  ]);
}
