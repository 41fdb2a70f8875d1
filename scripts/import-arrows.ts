// Which part of src/ may import which, and which packages: the import rules, as a table. The rules work on a
// list of files, so that they can be tested on synthetic ones.

import path from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** Relative to the repository, `/`-separated: `src/core/problem.ts`. */
  path: string;
  text: string;
}

interface Import {
  specifier: string;
  /** Only types are imported, so none of its code runs. */
  isType: boolean;
}

interface Room {
  /** Folders of src/ whose code may run here. */
  code: readonly string[];
  /** Folders whose types alone may be named. */
  types?: readonly string[];
  /** Packages that may be imported; undefined for any. */
  packages?: readonly string[];
  /** Whether Node's own modules may be imported. */
  node: boolean;
}

const CORE_PACKAGES = [
  'ajv',
  'ajv-formats',
  '@noble/hashes',
  'picomatch',
  'fflate',
  'markdown-it',
  'spdx-license-ids',
];
const PAGE_ROOMS = ['pages', 'layouts', 'site', 'core'];

const ROOMS = new Map<string, Room>([
  ['core', { code: ['core'], packages: CORE_PACKAGES, node: false }],
  ['adapters', { code: ['adapters', 'core'], node: true }],
  ['workflows', { code: ['workflows', 'core'], types: ['adapters'], packages: [], node: true }],
  ['cli', { code: ['cli', 'workflows', 'adapters', 'core'], packages: ['commander'], node: true }],
  [
    'site',
    {
      code: ['site', 'layouts', 'core'],
      types: ['adapters', 'workflows'],
      packages: ['astro', 'esbuild', 'hyparquet-writer', 'markdown-it', 'pagefind'],
      node: true,
    },
  ],
  ['pages', { code: PAGE_ROOMS, packages: ['astro'], node: false }],
  ['layouts', { code: PAGE_ROOMS, packages: ['astro'], node: false }],
]);
/** Components and browser scripts of src/site/: they import what pages import. */
const PAGE_PART: Room = {
  code: ['layouts', 'site', 'core'],
  packages: ['astro', 'client-zip', 'h5wasm-plugins', 'hash-wasm'],
  node: false,
};

/** Where the site makes its adapters: the loader of the catalogue, and what Astro starts. */
const ADAPTER_MAKERS = /^src\/site\/(?:catalog\/(?:site-)?catalog|astro-integration)\.ts$/;
/**
 * Interfaces of adapters and code that reads only through them; a file that may name the type may call it.
 */
const INTERFACES = new Set(
  ['content-tree.ts', 'read-archive.ts', 'read-vocabularies.ts'].map(
    (file) => `src/adapters/content-files/${file}`,
  ),
);
/** Adapters that browser scripts may import, as long as the imported file reaches no Node module. */
const IN_BROWSERS = /^src\/adapters\/(?:bytes|hdf5|zarr)\//;
/** Packages that several folders may use because they are plain functions, not an outside system. */
const SHARED_PACKAGES = new Set([...CORE_PACKAGES, 'astro']);

function isTest(file: string): boolean {
  return file.startsWith('tests/') || /\.(?:test|contract)\.ts$/.test(file);
}

function typeScriptImports(text: string, isScript = true): Import[] {
  const names = ts
    .preProcessFile(text, true, isScript)
    .importedFiles.map(({ fileName }) => fileName);
  // preProcessFile lists what is imported; only the statement shows whether it is a type.
  const isTypeOnly = (specifier: string): boolean => {
    const literal = specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const statements = [
      ...text.matchAll(
        new RegExp(`\\b(import|export)\\b([^;'"]*?)(?:\\bfrom\\s*)?['"]${literal}['"]`, 'g'),
      ),
    ];
    return (
      statements.length > 0 &&
      statements.every(([, , clause = '']) => {
        if (/^\s*type\b/.test(clause)) return true;
        const names = /^\s*\{([^}]*)\}\s*$/
          .exec(clause)?.[1]
          ?.split(',')
          .filter((name) => name.trim() !== '');
        return (
          names !== undefined && names.length > 0 && names.every((name) => /^\s*type\s/.test(name))
        );
      })
    );
  };
  return names.map((specifier) => ({ specifier, isType: isTypeOnly(specifier) }));
}

/** What a file imports; for an `.astro` file its front matter and its scripts are read. */
export function importsOf({ path: file, text }: SourceFile): Import[] {
  if (/\.(?:ts|mjs|js)$/.test(file)) return typeScriptImports(text);
  if (/\.mdx$/.test(file)) return typeScriptImports((text.match(/^import .*$/gm) ?? []).join('\n'));
  if (!file.endsWith('.astro')) return [];
  const frontMatter = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? '';
  const scripts = [...text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, body = '']) => body,
  );
  const sources = [...text.matchAll(/<script\b[^>]*\bsrc=["'](\.[^"']*)["']/g)].map(
    ([, source = '']) => ({
      specifier: source,
      isType: false,
    }),
  );
  return [frontMatter, ...scripts].flatMap((code) => typeScriptImports(code)).concat(sources);
}

/** The file that a relative import in `from` names. */
function targetOf(from: string, specifier: string): string {
  return path.posix.normalize(
    path.posix.join(path.posix.dirname(from), specifier.replace(/\?.*$/, '')),
  );
}

/** The package that a specifier names, whichever of its files is meant; `astro:…` is Astro. */
export function packageOf(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/');
  return specifier.startsWith('@') ? `${scope}/${name}` : scope.replace(/^astro:.*/, 'astro');
}

function isNode(specifier: string): boolean {
  return specifier.startsWith('node:');
}

function roomOf(file: string): string {
  return /^src\/([^/]+)\//.exec(file)?.[1] ?? '';
}

function ruleFor(file: string): Room | undefined {
  return /^src\/site\/.*(?:\.astro|\.client\.ts)$/.test(file) ? PAGE_PART : ROOMS.get(roomOf(file));
}

function problemOfImport(file: string, { specifier, isType }: Import): string | undefined {
  const name = roomOf(file);
  const room = ruleFor(file);
  if (room === undefined) return `${file} is in no room of src/ that the house knows`;
  if (isNode(specifier)) {
    return room.node || isType ? undefined : `${file} imports ${specifier}: ${name}/ has no Node`;
  }
  if (!specifier.startsWith('.')) {
    if (room.packages === undefined || room.packages.includes(packageOf(specifier)))
      return undefined;
    return `${file} imports the package ${packageOf(specifier)}, which ${name}/ does not use`;
  }
  const target = targetOf(file, specifier);
  if (isTest(target)) return `${file} imports ${target}: only tests import what is for tests`;
  if (target === 'package.json' && name === 'cli') return undefined;
  if (/^content\/vocabularies\/\w+\.json$/.test(target) && name === 'core') return undefined;
  if (!target.startsWith('src/')) return `${file} imports ${target}, which is outside of src/`;
  const other = roomOf(target);
  if (room.code.includes(other)) return undefined;
  if ((isType || INTERFACES.has(target)) && room.types?.includes(other) === true) return undefined;
  if (other === 'adapters' && ADAPTER_MAKERS.test(file)) return undefined;
  if (file.endsWith('.client.ts') && IN_BROWSERS.test(target)) return undefined;
  const only =
    room.types?.includes(other) === true ? `only types of ${other}/` : `${room.code.join(', ')}`;
  return `${file} imports ${target}: ${name}/ may import ${only}`;
}

/** Each package that adapters of more than one outside system use. */
function problemsOfAdapterPackages(files: readonly SourceFile[]): string[] {
  const users = new Map<string, Set<string>>();
  for (const file of files) {
    const folder = /^src\/adapters\/[^/]+/.exec(file.path)?.[0];
    if (folder === undefined) continue;
    for (const { specifier } of importsOf(file)) {
      const name = packageOf(specifier);
      if (specifier.startsWith('.') || isNode(specifier) || SHARED_PACKAGES.has(name)) continue;
      users.set(name, (users.get(name) ?? new Set()).add(folder));
    }
  }
  return [...users]
    .filter(([, folders]) => folders.size > 1)
    .map(
      ([name, folders]) =>
        `The package ${name} is imported in ${[...folders].sort().join(' and ')}: one adapter hides one package`,
    );
}

/** Each `*.client.ts` that reaches a Node module, with the import path. */
function problemsOfClients(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const problems: string[] = [];
  for (const start of files.filter((file) => file.path.endsWith('.client.ts'))) {
    const seen = new Set<string>();
    const walk = (file: SourceFile, way: string[]): void => {
      if (seen.has(file.path)) return;
      seen.add(file.path);
      for (const { specifier, isType } of importsOf(file)) {
        if (isType) continue;
        if (isNode(specifier))
          problems.push(`${[...way, file.path, specifier].join(' → ')}: browsers have no Node`);
        const next = specifier.startsWith('.')
          ? byPath.get(targetOf(file.path, specifier))
          : undefined;
        if (next !== undefined) walk(next, [...way, file.path]);
      }
    };
    walk(start, []);
  }
  return problems;
}

/** Every broken import rule in the given files of src/, as sentences; tests may import anything. */
export function problemsOfImports(files: readonly SourceFile[]): string[] {
  const own = files.filter((file) => !isTest(file.path));
  const single = own.flatMap((file) =>
    importsOf(file)
      .map((found) => problemOfImport(file.path, found))
      .filter((problem) => problem !== undefined),
  );
  return [...single, ...problemsOfAdapterPackages(own), ...problemsOfClients(own)].sort();
}

/** Each import cycle among the given files, including types: `a.ts → b.ts → a.ts`. */
export function circlesOfImports(files: readonly SourceFile[]): string[] {
  const arrows = new Map(
    files.map((file) => [
      file.path,
      importsOf(file).map(({ specifier }) => targetOf(file.path, specifier)),
    ]),
  );
  const circles: string[] = [];
  const seen = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const before = path.indexOf(file);
    if (before >= 0) circles.push([...path.slice(before), file].join(' → '));
    if (seen.has(file)) return;
    seen.add(file);
    for (const target of arrows.get(file) ?? []) walk(target, [...path, file]);
  };
  for (const { path: start } of files) walk(start, []);
  return circles;
}
