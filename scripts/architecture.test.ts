import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { namesExportedTwice } from './exported-names.ts';
import {
  circlesOfImports,
  problemsOfImports,
  importsOf,
  packageOf,
  type SourceFile,
} from './import-arrows.ts';
import { repository } from '../tests/support/needed-part.ts';

function sourceFiles(): SourceFile[] {
  return readdirSync(path.join(repository, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|astro|mdx)$/.test(entry.name))
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const relative = path.relative(repository, file).replaceAll(path.sep, '/');
      return { path: relative, text: readFileSync(file, 'utf8') };
    });
}

test('no import rule is broken', () => {
  const files = sourceFiles();
  expect(files.length).toBeGreaterThan(50);
  expect(problemsOfImports(files)).toEqual([]);
});

test('user-facing code needs no development dependency: workflows install without them', () => {
  const { devDependencies } = JSON.parse(
    readFileSync(path.join(repository, 'package.json'), 'utf8'),
  ) as { devDependencies: Record<string, string> };
  const problems = sourceFiles()
    .filter(({ path: file }) => !file.endsWith('.test.ts'))
    .flatMap((file) =>
      importsOf(file)
        .filter(({ specifier, isType }) => !isType && packageOf(specifier) in devDependencies)
        .map(({ specifier }) => `${file.path} needs ${specifier}`),
    );
  expect(problems).toEqual([]);
});

test('no folder of src has more than 25 files at its root, tests not counted', () => {
  const counts = new Map<string, number>();
  for (const { path: file } of sourceFiles()) {
    if (file.endsWith('.test.ts')) continue;
    const folder = path.posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  expect(counts.size).toBeGreaterThan(20);
  expect([...counts].filter(([, count]) => count > 25)).toEqual([]);
});

test('no file or folder has a name that says nothing', () => {
  const empty = sourceFiles().filter(({ path: file }) =>
    /(?:^|\/)(?:utils?|helpers?|common|misc|types)(?:\.[^/]*)?(?:\/|$)/.test(file),
  );
  expect(empty.map(({ path: file }) => file)).toEqual([]);
});

test("text is converted to Unicode's normal forms in one place, which bounds the work", () => {
  // Paths have their own place: those that are too long are not normalised at all.
  const ofPaths = 'src/core/identifiers/asset-path.ts';
  const callers = sourceFiles()
    .filter(({ path: file }) => !file.endsWith('.test.ts'))
    .filter(({ text }) => /(?<!path\.posix)\.normalize\(/.test(text))
    .map(({ path: file }) => file)
    .filter((file) => file !== ofPaths);
  expect(callers).toEqual(['src/core/text/normal-form.ts']);
});

describe('no name is exported from two files', () => {
  const program = (): SourceFile[] =>
    sourceFiles().filter(({ path: file }) => /(?<!\.test)\.ts$/.test(file));

  test('of the program', () => {
    expect(namesExportedTwice(program())).toEqual([]);
  });

  test('a second export is found, however it is written', () => {
    const found = namesExportedTwice([
      { path: 'src/core/a.ts', text: 'export const a = 1;\nexport interface B {}\n' },
      { path: 'src/core/b.ts', text: 'const x = 2;\nexport { x as a };\nexport type B = 1;\n' },
      { path: 'src/core/c.ts', text: "export { a } from './a.ts';\nconst a = 1;\n" },
    ]);
    expect(found).toEqual([
      'B is exported from src/core/a.ts and src/core/b.ts',
      'a is exported from src/core/a.ts and src/core/b.ts',
    ]);
  });
});

describe('there are no import cycles, not even of types', () => {
  test('of the program', () => {
    expect(circlesOfImports(sourceFiles())).toEqual([]);
  });

  test('a cycle is found, whatever leads into it', () => {
    const found = circlesOfImports([
      { path: 'src/core/a.ts', text: "import { b } from './b.ts';" },
      { path: 'src/core/b.ts', text: "import type { C } from './in/c.ts';" },
      { path: 'src/core/in/c.ts', text: "export { b } from '../b.ts';" },
    ]);
    expect(found).toEqual(['src/core/b.ts → src/core/in/c.ts → src/core/b.ts']);
  });
});

/** A synthetic tree of files, each with one line of code. */
function problemsIn(files: Record<string, string>): string[] {
  return problemsOfImports(Object.entries(files).map(([file, text]) => ({ path: file, text })));
}

describe('a broken import rule is found', () => {
  test.each<[string, string, RegExp]>([
    ['src/core/a.ts', "import fs from 'node:fs';", /core\/ has no Node/],
    ['src/core/a.ts', "import { x } from '../adapters/git/x.ts';", /core\/ may import core/],
    ['src/core/a.ts', "import type { X } from '../adapters/git/x.ts';", /core\/ may import core/],
    ['src/core/a.ts', "export * from '../site/x.ts';", /core\/ may import core/],
    ['src/core/a.ts', "const x = await import('../site/x.ts');", /core\/ may import core/],
    ['src/core/a.ts', "import yaml from 'yaml';", /the package yaml, which core\/ does not use/],
    ['src/adapters/git/a.ts', "import { x } from '../../workflows/x.ts';", /adapters\/ may import/],
    ['src/workflows/a.ts', "import { x } from '../adapters/git/x.ts';", /only types of adapters/],
    [
      'src/workflows/a.ts',
      "import { type X, y } from '../adapters/git/x.ts';",
      /only types of adapters/,
    ],
    ['src/workflows/a.ts', "import { x } from '../cli/x.ts';", /workflows\/ may import/],
    ['src/site/a.ts', "import { x } from '../adapters/git/x.ts';", /only types of adapters/],
    [
      'src/pages/a.astro',
      "---\nimport { x } from '../adapters/git/x.ts';\n---\n",
      /pages\/ may import/,
    ],
    [
      'src/site/browse/A.astro',
      "<p/><script>\nimport { x } from '../../cli/x.ts';\n</script>",
      /site\/ may import/,
    ],
    ['src/site/browse/A.astro', '<script src="../../cli/x.ts"></script>', /site\/ may import/],
    ['src/layouts/A.astro', "---\nimport fs from 'node:fs';\n---\n", /layouts\/ has no Node/],
    ['src/site/browse/A.astro', "---\nimport fs from 'node:fs';\n---\n", /site\/ has no Node/],
    ['src/cli/a.ts', "import { x } from '../site/x.ts';", /cli\/ may import/],
    ['src/cli/a.ts', "import { x } from '../../tests/support/x.ts';", /only tests import/],
    ['src/cli/a.ts', "import { x } from './b.test.ts';", /only tests import/],
    ['src/cli/a.ts', "import { x } from '../../scripts/x.mjs';", /outside of src/],
    ['src/attic/a.ts', "import './b.ts';", /no room of src/],
  ])('%s: %s', (file, text, message) => {
    const found = problemsIn({ [file]: text });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  test('a package used by two adapters', () => {
    const found = problemsIn({
      'src/adapters/hdf5/a.ts': "import h5wasm from 'h5wasm/node';",
      'src/adapters/zarr/b.ts': "import { x } from 'h5wasm';",
    });
    expect(found).toEqual([
      expect.stringMatching(/h5wasm is imported in src\/adapters\/hdf5 and src\/adapters\/zarr/),
    ]);
  });

  test('a browser script that reaches Node through other files', () => {
    const found = problemsIn({
      'src/site/browse/list.client.ts': "import { x } from '../rows.ts';",
      'src/site/rows.ts': "import { y } from './disk.ts';",
      'src/site/disk.ts': "import fs from 'node:fs';",
    });
    expect(found).toEqual([
      expect.stringMatching(
        /list\.client\.ts → src\/site\/rows\.ts → src\/site\/disk\.ts → node:fs/,
      ),
    ]);
  });

  test('a browser script that takes bytes as Node reads them, or another adapter', () => {
    const found = problemsIn({
      'src/site/browse/list.client.ts': "import { x } from '../../adapters/bytes/open-bytes.ts';",
      'src/adapters/bytes/open-bytes.ts': "import { y } from './node-request.ts';",
      'src/adapters/bytes/node-request.ts': "import http from 'node:http';",
      'src/site/browse/git.client.ts': "import { x } from '../../adapters/git/x.ts';",
      'src/site/browse/rows.ts': "import { x } from '../../adapters/bytes/open-browser-bytes.ts';",
    });
    expect(found).toEqual([
      expect.stringMatching(/git\.client\.ts imports src\/adapters\/git\/x\.ts/),
      expect.stringMatching(/list\.client\.ts → .*open-bytes\.ts → .*node-request\.ts → node:http/),
      expect.stringMatching(/rows\.ts imports src\/adapters\/bytes\/.*only types of adapters/),
    ]);
  });
});

test('what the rules allow is accepted', () => {
  const allowed = {
    'src/core/a.ts': "import Ajv from 'ajv/dist/2020.js'; import { b } from './b.ts';",
    'src/core/a.test.ts': "import fs from 'node:fs'; import { x } from '../../tests/support/x.ts';",
    'src/adapters/git/a.ts': "import fs from 'node:fs'; import { b } from '../../core/b.ts';",
    'src/workflows/a.ts':
      "import type { X } from '../adapters/git/x.ts'; import { type Y } from '../adapters/git/y.ts';",
    'src/site/catalog/site-catalog.ts':
      "import { x } from '../../adapters/content-files/folder-tree.ts';",
    'src/site/browse/A.astro':
      "---\nimport B from './B.astro';\nimport { x } from '../x.ts';\n---\n<script>import './a.client.ts';</script>",
    'src/site/browse/a.client.ts': "import type { X } from '../disk.ts';",
    'src/site/browse/b.client.ts':
      "import { x } from '../../adapters/bytes/open-browser-bytes.ts';",
    'src/adapters/bytes/open-browser-bytes.ts': "import { y } from './http-bytes.ts';",
    'src/adapters/bytes/http-bytes.ts': "import { z } from '../../core/b.ts';",
    'src/site/disk.ts': "import fs from 'node:fs';",
    'src/cli/a.ts':
      "import { Command } from 'commander'; import p from '../../package.json' with { type: 'json' };",
  };
  expect(problemsIn(allowed)).toEqual([]);
});

test('type imports are distinguished from imports of code', () => {
  const text = [
    "import type { A } from './a.ts';",
    "import { type B } from './b.ts';",
    "import { type C, c } from './c.ts';",
    "import './d.ts';",
    "export type { E } from './e.ts';",
    "import type { F } from './f.ts'; import { f } from './f.ts';",
    "type G = import('./g.ts').G;",
  ].join('\n');
  const found = importsOf({ path: 'src/core/x.ts', text });
  const types = new Set(found.filter(({ isType }) => isType).map(({ specifier }) => specifier));
  expect([...types].sort()).toEqual(['./a.ts', './b.ts', './e.ts']);
});
