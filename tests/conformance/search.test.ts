// The search over the corpus against two references that read the records alone: golden queries with
// the Dandisets they must find, and random combinations of facets and ranges.

import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { isOwnAddress, parseDandiAddress } from '../../src/core/identifiers/dandi-address.ts';
import { wordsOf } from '../../src/core/search/fold.ts';
import { parseQuery } from '../../src/core/search/query.ts';
import { runSearch, type SearchOutcome } from '../../src/core/search/run-search.ts';
import { decodeIndex, encodeIndex, type SearchIndex } from '../../src/core/search/search-index.ts';
import type { SearchDocument } from '../../src/core/search/search-document.ts';
import { matchTerm } from '../../src/core/search/text-search.ts';
import { encodeWords, WordIndex } from '../../src/core/search/word-index.ts';
import { loadCatalog } from '../../src/site/catalog.ts';
import { searchDocuments } from '../../src/site/search-documents.ts';
import { demoContent } from '../../src/testing/built-site.ts';
import { corpusFolder, importedCorpus } from '../../src/testing/corpus.ts';
import { describeWith } from '../../src/testing/needed-part.ts';
import { python } from '../../src/testing/python.ts';
import { runProgram } from '../../src/testing/run-cli.ts';
import { shared } from '../../src/testing/shared.ts';
import { Chance } from '../../src/testing/specimen/signal.ts';

interface Golden {
  query: string;
  expected: string[];
  isExact: boolean;
  isWhole: boolean;
}
interface Counts {
  dandisets: Record<
    string,
    { shown: string; versions: Record<string, { files: number | null; bytes: number | null }> }
  >;
  facets: Record<string, Record<string, string[]>>;
}

async function reference<T>(script: string, ...more: string[]): Promise<T> {
  const run = await runProgram(python.path, [script, corpusFolder, ...more]);
  expect(run.stderr).toBe('');
  return JSON.parse(run.stdout) as T;
}

describeWith([shared, python], 'search over the corpus', () => {
  let documents: SearchDocument[];
  let index: SearchIndex;
  let words: WordIndex;
  let texts: string[];

  beforeAll(async () => {
    const catalog = await loadCatalog({
      tree: folderTree(await importedCorpus()),
      base: '/',
      readStoredList: async () => undefined,
    });
    documents = await searchDocuments(catalog);
    const encoded = encodeWords(documents);
    const keys = { state: '', keys: documents.map(({ number }) => number) };
    // Through text, as a browser gets it.
    const written = JSON.stringify(encodeIndex(documents, keys, encoded.starts));
    index = decodeIndex(JSON.parse(written) as Parameters<typeof decodeIndex>[0]);
    words = new WordIndex(encoded.starts, documents.length);
    encoded.parts.forEach((part, at) => words.add(at, part));
    texts = documents.map(({ lines }) => ` ${wordsOf(lines.join('\n')).join(' ')}`);
  });

  const phrase = async (sought: readonly string[]): Promise<Set<number>> =>
    new Set(texts.flatMap((text, row) => (text.includes(` ${sought.join(' ')}`) ? [row] : [])));

  async function search(text: string): Promise<SearchOutcome> {
    const query = parseQuery(text);
    const address = parseDandiAddress(text, { prefix: 'DANDI' });
    const number =
      address !== undefined && isOwnAddress(address, 'DANDI') ? address.number : undefined;
    const exact = index.rows.findIndex((row) => row.number === number);
    return runSearch(index, {
      query,
      matches: await Promise.all(query.terms.map((term) => matchTerm(term, words, phrase))),
      order: 'best',
      exact: exact < 0 ? undefined : exact,
    });
  }
  const numbers = ({ rows }: SearchOutcome): string[] =>
    rows.map((row) => index.rows[row]?.number ?? '');

  test('golden queries find all they must, the exact match first', async () => {
    const golden = await reference<Golden[]>(path.join(import.meta.dirname, 'search_reference.py'));
    expect(golden.length).toBeGreaterThanOrEqual(200);
    const missed: unknown[] = [];
    for (const { query, expected, isExact, isWhole } of golden) {
      const found = numbers(await search(query));
      const absent = expected.filter((number) => !found.includes(number));
      if (absent.length > 0) missed.push({ query, absent });
      const others = isWhole ? found.filter((number) => !expected.includes(number)) : [];
      if (others.length > 0) missed.push({ query, others });
      if (isExact && found[0] !== expected[0]) missed.push({ query, first: found[0] });
    }
    expect(missed).toEqual([]);
  });

  test('a species is the same by any of its names', async () => {
    const [first, ...others] = await Promise.all(
      ['species:human', 'species:"Homo sapiens"', 'species:NCBITaxon_9606'].map(search),
    );
    for (const other of others) expect(other.rows).toEqual(first?.rows);
    expect(first?.rows.length).toBeGreaterThan(5);
  });

  test('a word that is nowhere finds nothing', async () => {
    expect((await search('xyzzyqq')).rows).toEqual([]);
    expect((await search('hipocampus')).rows).toEqual([]);
  });

  test('counts of 200 random combinations are those of a filter over the records', async () => {
    const script = path.join(import.meta.dirname, '..', 'site', 'reference_counts.py');
    const counts = await reference<Counts>(script, path.join(demoContent, 'vocabularies'));
    const kinds = ['species', 'approach', 'technique', 'standard', 'licence'] as const;
    const chance = new Chance(5);
    const all = Object.keys(counts.dandisets).sort();
    const sizes = new Map(
      Object.entries(counts.dandisets).map(([number, { shown, versions }]) => [
        number,
        versions[shown],
      ]),
    );
    const wrong: unknown[] = [];
    let found = 0;
    for (let round = 0; round < 200; round += 1) {
      const parts: string[] = [];
      let expected = new Set(all);
      const narrow = (is: (number: string) => boolean): void => {
        expected = new Set([...expected].filter(is));
      };
      for (const kind of kinds.filter(() => chance.below(3) === 0)) {
        const values = Object.entries(counts.facets[kind] ?? {});
        const chosen = Array.from(
          { length: 1 + chance.below(2) },
          () => values[chance.below(values.length)] ?? ['', []],
        );
        const isExcluded = chance.below(4) === 0;
        parts.push(...chosen.map(([id]) => `${isExcluded ? '-' : ''}${kind}:"${id}"`));
        const having = new Set(chosen.flatMap(([, list]) => list));
        narrow((number) => having.has(number) !== isExcluded);
      }
      if (chance.below(3) === 0) {
        const least = 10 ** (6 + chance.below(6));
        parts.push(`bytes:>=${least}`);
        narrow((number) => (sizes.get(number)?.bytes ?? -1) >= least);
      }
      if (chance.below(3) === 0) {
        const most = 1 + chance.below(500);
        parts.push(`files:<=${most}`);
        narrow((number) => (sizes.get(number)?.files ?? Infinity) <= most);
      }
      const query = parts.join(' ');
      const outcome = await search(query);
      found += outcome.rows.length;
      if (numbers(outcome).sort().join() !== [...expected].sort().join())
        wrong.push({ query, found: outcome.rows.length, expected: expected.size });
      // The count beside a value of a facet nothing is chosen of leads to a result of that size.
      const open = kinds.find((kind) => !query.includes(`${kind}:`));
      if (open === undefined) continue;
      const values = Object.entries(counts.facets[open] ?? {});
      const [id = '', list = []] = values[chance.below(values.length)] ?? [];
      const at = (index.facets.get(open) ?? []).findIndex(
        (value) => value.id === id || value.id === wordsOf(id).join(' '),
      );
      const count = outcome.counts.get(open)?.[at];
      const size = list.filter((number) => expected.has(number)).length;
      if (count !== size) wrong.push({ query, open, id, count, size });
    }
    expect(wrong).toEqual([]);
    expect(found).toBeGreaterThan(200);
  });
});
