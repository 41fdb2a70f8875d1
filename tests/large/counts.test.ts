// The numbers that the pages of a corpus archive show, compared with an independent reference: a Python
// script that reads the corpus itself.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { corpusFolder, importedCorpus } from '../support/records/corpus.ts';
import { factsOf, tagsOf, textOf } from '../support/sites/html.ts';
import { describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { runProgram } from '../support/process/run-cli.ts';
import { shared } from '../support/shared.ts';

interface ReferenceVersion {
  isListed: boolean;
  files: number | null;
  bytes: number | null;
  size: string | null;
}

interface Reference {
  numbers: Record<string, string>;
  dandisets: Record<string, { shown: string; versions: Record<string, ReferenceVersion> }>;
  facets: Record<string, Record<string, string[]>>;
}

const commas = (count: number): string => count.toLocaleString('en-US');
const CLAIMED = ' as the record claims; the list of files is not held here';

/** The values for `Files` and `Size` on the pages of a version. */
function expectedFacts({ isListed, files, bytes, size }: ReferenceVersion): string[] {
  const note = isListed ? '' : CLAIMED;
  const exact = isListed && bytes !== null && bytes >= 1000 ? ` ${commas(bytes)} bytes` : '';
  return [
    (files === null ? 'not known' : commas(files)) + note,
    (size ?? 'not known') + exact + note,
  ];
}

describeWith([shared, python], 'counts of the corpus archive', () => {
  let site: BuiltSite;
  let reference: Reference;
  const page = (address: string): string =>
    readFileSync(path.join(site.dist, address, 'index.html'), 'utf8');
  const folders = (address: string): string[] =>
    readdirSync(path.join(site.dist, address), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);

  beforeAll(async () => {
    const script = path.join(import.meta.dirname, '../conformance/reference_counts.py');
    const run = await runProgram(python.path, [
      script,
      corpusFolder,
      path.join(demoContent, 'vocabularies'),
    ]);
    expect(run.stderr).toBe('');
    reference = JSON.parse(run.stdout) as Reference;
    site = await builtSite({ content: await importedCorpus() });
  });
  afterAll(() => site?.close());

  test('every Dandiset and version has its page, and there are no others', () => {
    const numbers = folders('dandiset').filter((name) => name !== 'page');
    expect(numbers.sort()).toEqual(Object.keys(reference.dandisets).sort());
    for (const [number, { versions }] of Object.entries(reference.dandisets)) {
      const built = folders(`dandiset/${number}`).filter((name) => /^draft$|^0\./.test(name));
      expect(built.sort(), number).toEqual(Object.keys(versions).sort());
    }
  });

  test('version pages show their files and bytes', () => {
    for (const [number, { versions }] of Object.entries(reference.dandisets)) {
      for (const [version, expected] of Object.entries(versions)) {
        const facts = factsOf(page(`dandiset/${number}/${version}`));
        expect([facts.get('Files'), facts.get('Size')], `${number}/${version}`).toEqual(
          expectedFacts(expected),
        );
      }
    }
  });

  test("a Dandiset's own page shows its newest version", () => {
    for (const [number, { shown, versions }] of Object.entries(reference.dandisets)) {
      const facts = factsOf(page(`dandiset/${number}`));
      expect(facts.get('Version'), number).toBe(shown === 'draft' ? 'draft (not citable)' : shown);
      const [files] = expectedFacts(versions[shown]!);
      expect(facts.get('Files'), number).toBe(files);
    }
  });

  test('the home page adds them up', () => {
    const shown = factsOf(page(''));
    for (const [label, number] of Object.entries(reference.numbers)) {
      expect(shown.get(label), label).toBe(number);
    }
  });

  test('the list holds each Dandiset with its numbers', () => {
    const rows = tagsOf(page('dandiset')).filter(({ attributes }) => attributes.has('data-number'));
    const listed = rows.map(({ attributes }) => [
      attributes.get('data-number'),
      Number(attributes.get('data-files')),
      Number(attributes.get('data-bytes')),
    ]);
    const expected = Object.entries(reference.dandisets).map(([number, { shown, versions }]) => [
      number,
      versions[shown]!.files ?? 0,
      versions[shown]!.bytes ?? 0,
    ]);
    expect(listed).toEqual(expected);
  });

  test.each(['species', 'approach', 'technique', 'standard', 'licence', 'person', 'funder'])(
    'pages by %s list the Dandisets that have it, and the index counts them',
    (kind) => {
      const expected = reference.facets[kind]!;
      expect(folders(kind).map(decodeURIComponent).sort()).toEqual(Object.keys(expected).sort());
      const index = new Map<string, string>();
      for (const [, href = '', row = ''] of page(kind).matchAll(
        /<tr> *<td> *<a href="[^"]*\/([^"/]+)\/"[^>]*>(.*?)<\/tr>/gs,
      )) {
        index.set(decodeURIComponent(href), textOf(row).split(' ').at(-1)!);
      }
      for (const [slug, numbers] of Object.entries(expected)) {
        const rows = tagsOf(page(`${kind}/${slug}`))
          .map(({ attributes }) => attributes.get('data-number'))
          .filter((number) => number !== undefined);
        expect(rows, slug).toEqual(numbers);
        expect(index.get(slug), slug).toBe(commas(numbers.length));
      }
    },
  );
});
