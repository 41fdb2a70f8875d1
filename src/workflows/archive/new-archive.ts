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

/** How package.json names a packed release of the program as a dependency. */
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

/**
 * A package.json with the dependency on the program, and with the versions that packages of the program get in place of
 * those that they ask for: npm reads that from the folder it works in alone.
 */
export function withProgram(manifest: JsonObject, program: ProgramPackage): JsonObject {
  const tested = objectMember(program.manifest, 'dependencies');
  const replaced = Object.entries(objectMember(program.manifest, 'overrides')).flatMap(
    ([name, inner]): [string, JsonObject][] => {
      if (!isJsonObject(inner)) return [];
      const versions = Object.keys(inner).map((one) => [one, member(tested, one) ?? '']);
      return [[name, Object.fromEntries(versions) as JsonObject]];
    },
  );
  const overrides = { ...objectMember(manifest, 'overrides'), ...Object.fromEntries(replaced) };
  const dependencies = {
    ...objectMember(manifest, 'dependencies'),
    dandiset: dependencyOn(program),
  };
  return { ...manifest, dependencies, ...(replaced.length > 0 ? { overrides } : {}) };
}

/** The package.json of a new archive. */
function newManifest(archive: Archive, program: ProgramPackage): JsonObject {
  const manifest = {
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
  };
  return withProgram(manifest, program);
}

/** The dependencies named by an entry of a lockfile; optional peers are left out. */
function wantedBy(entry: JsonObject): string[] {
  const names = (key: string): string[] => Object.keys(objectMember(entry, key));
  const meta = objectMember(entry, 'peerDependenciesMeta');
  const peers = names('peerDependencies').filter((name) => !isJsonObject(meta[name] ?? null));
  return [...names('dependencies'), ...names('optionalDependencies'), ...peers];
}

function objectMember(value: JsonObject, key: string): JsonObject {
  const found = member(value, key);
  return found !== undefined && isJsonObject(found) ? found : {};
}

/**
 * An entry of the program's lockfile as an archive's has it, where nothing is for development. The order is
 * npm's, so that `npm install` changes nothing.
 */
function lockedEntry({ devOptional, ...entry }: JsonObject): JsonObject {
  if (devOptional !== true) return entry;
  const { version = '', integrity = '', license = '', ...rest } = entry;
  return { version, integrity, license, optional: true, ...rest };
}

/**
 * The entries of the program's lockfile that an archive needs. Entries marked as development or optional stay
 * only if another remaining entry requires them.
 */
function lockedPackages({ locked, manifest }: ProgramPackage): Map<string, JsonObject> {
  const entries = Object.entries(locked).filter(
    (pair): pair is [string, JsonObject] => pair[0] !== '' && isJsonObject(pair[1]),
  );
  let kept = entries.filter(([, entry]) => member(entry, 'dev') !== true);
  for (let before = -1; before !== kept.length;) {
    before = kept.length;
    const wanted = new Set([manifest, ...kept.map(([, entry]) => entry)].flatMap(wantedBy));
    kept = kept.filter(
      ([place, entry]) =>
        member(entry, 'devOptional') !== true ||
        wanted.has(place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)),
    );
  }
  return new Map(kept.map(([place, entry]) => [place, lockedEntry(entry)]));
}

/** The entry of the program itself. */
function programEntry(program: ProgramPackage): JsonObject {
  const { license = '', dependencies = {}, bin = {}, engines = {} } = program.manifest;
  const { version, integrity } = program;
  const resolved = dependencyOn(program);
  return { version, resolved, integrity, license, dependencies, bin, engines };
}

/**
 * The package-lock.json of an archive: the packages of the program's own lockfile, so that an archive runs
 * with exactly the versions that the program was tested with. It is as npm would write it.
 */
export function archiveLock(manifest: JsonObject, program: ProgramPackage): JsonObject {
  const { name = '', version = '', dependencies = {} } = manifest;
  const packages = lockedPackages(program).set('node_modules/dandiset', programEntry(program));
  const sorted = [...packages].sort(([a], [b]) => a.localeCompare(b, 'en'));
  return {
    name,
    version,
    lockfileVersion: 3,
    requires: true,
    packages: { '': { name, version, dependencies }, ...Object.fromEntries(sorted) },
  };
}

/** The files that each release of the program replaces, for an archive with this package.json. */
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
