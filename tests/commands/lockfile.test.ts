import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../support/needed-part.ts';

interface LockEntry {
  version?: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
}

const read = (file: string): string => readFileSync(path.join(repository, file), 'utf8');
const entries = new Map(
  Object.entries(
    (JSON.parse(read('package-lock.json')) as { packages: Record<string, LockEntry> }).packages,
  ),
);
const packages = [...entries].filter(([place]) => place !== '');

/** Whether npm would find a package from a location: next to it or in a folder above. */
function isFound(name: string, from: string): boolean {
  const parts = from === '' ? [] : `/${from}`.split('/node_modules/').slice(1);
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const folders = [...parts.slice(0, depth), name];
    if (entries.has(folders.map((folder) => `node_modules/${folder}`).join('/'))) return true;
  }
  return false;
}

test('the lockfile is present', () => {
  expect(packages.length).toBeGreaterThan(100);
});

// Without its entry `npm ci` fails, and other platforms lack their binary.
test('every optional dependency has its own entry', () => {
  const missing = [...entries].flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isFound(name, place))
      .map((name) => `${place} wants ${name}`),
  );
  expect(missing).toEqual([]);
});

test('package.json names exact versions, and the lockfile has just these', () => {
  const { dependencies, devDependencies, overrides } = JSON.parse(read('package.json')) as Record<
    'dependencies' | 'devDependencies' | 'overrides',
    Record<string, string>
  >;
  const own: object = overrides;
  const plain = Object.entries(own).filter(([, version]) => typeof version === 'string');
  // What a package asks for itself is replaced by the version of the archive.
  for (const [name, inner] of Object.entries(own).filter(([, one]) => typeof one !== 'string'))
    for (const [inside, version] of Object.entries(inner as object))
      expect(version, name).toBe(`$${inside}`);
  const named = { ...dependencies, ...devDependencies, ...Object.fromEntries(plain) };
  for (const [name, version] of Object.entries(named)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(entries.get(`node_modules/${name}`)?.version, name).toBe(version);
  }
});

test('every package is checked by its digest and comes from whichever registry npm is set to', () => {
  const faulty = packages.filter(
    ([, entry]) => entry.integrity === undefined || entry.link === true,
  );
  expect(faulty.map(([place]) => place)).toEqual([]);
  for (const file of ['package-lock.json', 'package.json', '.npmrc']) {
    expect(read(file).match(/"resolved"|registry\s*=/g), file).toBeNull();
  }
});

// Licences that require no more than a notice, or concern only files of the package itself (MPL, LGPL as a
// separate library).
const ACCEPTED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MPL-2.0',
  'PSF-2.0',
  'Python-2.0',
  'Zlib',
]);
// Reviewed by hand: NIST's terms (free use with notice) and those of HDF5 (BSD-like).
const READ_BY_HAND = new Set(['node_modules/h5wasm']);

/** The licence a package itself declares where it is installed, otherwise the one in the lockfile. */
function licenceOf(place: string, entry: LockEntry): string {
  try {
    const { license } = JSON.parse(read(`${place}/package.json`)) as { license?: unknown };
    return typeof license === 'string' ? license : (entry.license ?? '');
  } catch {
    // A package for another platform.
    return entry.license ?? '';
  }
}

test('no package that runs or is shipped has a licence that binds the whole', () => {
  const others = packages
    .filter(([place, entry]) => entry.dev !== true && !READ_BY_HAND.has(place))
    .map(([place, entry]) => [place, licenceOf(place, entry)] as const)
    .filter(
      ([, licence]) =>
        !licence
          .replace(/[()]/g, '')
          .split(/ (?:AND|OR) /)
          .every((name) => ACCEPTED.has(name)),
    );
  expect(others).toEqual([]);
});
