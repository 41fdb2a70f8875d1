// What the README, CONTRIBUTING and the handbook mention exists: commands, verbs, options, files, links,
// dependencies.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };
import { HANDBOOK } from '../../src/site/handbook/handbook.ts';
import { repository } from '../support/needed-part.ts';
import { runCli } from '../support/process/run-cli.ts';

const PAGES = 'content/pages';
const DECISIONS = 'docs/decisions';

function read(file: string): string {
  return readFileSync(path.join(repository, file), 'utf8');
}

function filesIn(folder: string, ending: string): string[] {
  const names = readdirSync(path.join(repository, folder));
  return names.filter((name) => name.endsWith(ending)).map((name) => `${folder}/${name}`);
}

const handbook = filesIn(PAGES, '.mdx');
const guides = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...filesIn(DECISIONS, '.md'),
];
const texts = [...guides, ...handbook];

/** Every match of a pattern in the texts: `file: match`, once each. */
function named(files: readonly string[], pattern: RegExp): [file: string, match: string[]][] {
  return files.flatMap((file) =>
    [...read(file).matchAll(pattern)].map((match): [string, string[]] => [file, [...match]]),
  );
}

function exists(file: string): boolean {
  return existsSync(path.join(repository, file));
}

const scripts = new Map(Object.entries(packageFile.scripts));

test('every npm command is a script, and its file exists', () => {
  const commands = named(texts, /\bnpm (?:run )?(start|test|(?<=run )[a-z][a-z:-]*)/g);
  expect(commands.length).toBeGreaterThan(10);
  const absent = commands.filter(([, [, name = '']]) => {
    const file = /^node (scripts\/[\w-]+\.mjs)/.exec(scripts.get(name) ?? '')?.[1];
    return file === undefined || !exists(file);
  });
  expect(absent).toEqual([]);
});

describe('the dandiset command', () => {
  const uses = named(texts, /(?:\b(?:npx|npm exec --no --) |`)dandiset ([a-z]+)([^\n`|&#]*)/g);
  const verbs = new Set(uses.map(([, [, verb = '']]) => verb));

  test.each([...verbs].sort())('%s is a verb with every option that is mentioned', async (verb) => {
    const { code, stdout } = await runCli(verb, '--help');
    expect(code, `${verb} --help`).toBe(0);
    const options = uses
      .filter(([, [, used]]) => used === verb)
      .flatMap(([, [, , rest = '']]) => rest.match(/--[a-z][a-z-]*/g) ?? []);
    for (const option of options) expect(stdout).toContain(option);
  });
});

test('every relative link points to a file', () => {
  const links = named(guides, /\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g);
  expect(links.length).toBeGreaterThan(10);
  const broken = links.filter(
    ([file, [, target = '']]) => !exists(path.join(path.dirname(file), target)),
  );
  expect(broken).toEqual([]);
});

test('every folder in the table exists, and every folder of sources has its row', () => {
  const house = /## The house\s+(\|.*?)\n\n/s.exec(read('CONTRIBUTING.md'))?.[1] ?? '';
  const named = [...house.matchAll(/`((?:src|demo|tests|bench|scripts)\/[\w/]*)/g)].map(
    ([, place = '']) => place.replace(/\/$/, ''),
  );
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((place) => !exists(place))).toEqual([]);
  const rooms = readdirSync(path.join(repository, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `src/${entry.name}`);
  expect(rooms.filter((room) => !named.includes(room))).toEqual([]);
});

test('every source file that is mentioned exists', () => {
  const places = named(
    texts,
    /`((?:src|demo|bench|scripts|tests|docs|content|\.github)\/[\w./-]*\w\/?)`/g,
  );
  expect(places.length).toBeGreaterThan(20);
  // Examples of files that are still to be written.
  const examples = new Set(['content/submissions/place-cells']);
  const absent = places.filter(([, [, place = '']]) => !examples.has(place) && !exists(place));
  expect(absent).toEqual([]);
});

test('every dependency has its reason', () => {
  const reasons = read('CONTRIBUTING.md').split('## Dependencies')[1] ?? '';
  const all = Object.keys({ ...packageFile.dependencies, ...packageFile.devDependencies });
  const without = all.filter((name) => !name.startsWith('@types/') && !reasons.includes(name));
  expect(without).toEqual([]);
});

test('the handbook has a text for each page, and no other', () => {
  const expected = ['index', ...HANDBOOK.map(({ slug }) => slug)];
  expect(handbook.sort()).toEqual(expected.map((slug) => `${PAGES}/${slug}.mdx`).sort());
  const links = named(handbook, /'handbook\/([a-z]+)\//g);
  expect(links.filter(([, [, slug = '']]) => !expected.includes(slug))).toEqual([]);
});

test('no paragraph of the handbook is cut by an element at the beginning of a line', () => {
  expect(named(handbook, /^ *<(?:a|code|em|strong)\b.*$/gm).filter(isInText)).toEqual([]);
});

/** A code element inside of a `pre` or a list may begin a line. */
function isInText([file, [line = '']]: [string, string[]]): boolean {
  const before = read(file).split(line)[0] ?? '';
  return !/<(?:pre|li)>\s*$/.test(before);
}
