// The search over the corpus against two references that read the records alone: golden queries with
// the Dandisets they must find, and random combinations of facets and ranges.

import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { dandisetQueries } from '../../src/core/search/edit-query.ts';
import { SEARCH_FACETS, SEARCH_RANGES } from '../../src/core/search/fields.ts';
import { parseQuery } from '../../src/core/search/query.ts';
import { runSearch, type SearchOutcome } from '../../src/core/search/run-search.ts';
import type { SearchIndex } from '../../src/core/search/search-index.ts';
import { corpusFolder } from '../support/records/corpus.ts';
import { describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { runProgram } from '../support/process/run-cli.ts';
import { shared } from '../support/shared.ts';
import { CorpusSearch } from '../support/sites/corpus-search.ts';
import { Chance } from '../../demo/signal.ts';
import { KnownArchive } from './facet-combinations.ts';

interface Golden {
  query: string;
  expected: string[];
  isExact: boolean;
  isWhole: boolean;
}

async function goldenQueries(): Promise<Golden[]> {
  const script = path.join(import.meta.dirname, 'search_reference.py');
  const run = await runProgram(python.path, [script, corpusFolder]);
  expect(run.stderr).toBe('');
  return JSON.parse(run.stdout) as Golden[];
}

describeWith([shared, python], 'search over the corpus', () => {
  let corpus: CorpusSearch;
  let index: SearchIndex;

  beforeAll(async () => {
    corpus = await CorpusSearch.read();
    ({ index } = corpus);
  });

  const search = (text: string): Promise<SearchOutcome> => corpus.search(text);
  const numbers = ({ rows }: SearchOutcome): string[] =>
    rows.map((row) => index.rows[row]?.number ?? '');

  test('golden queries find all they must, the exact match first', async () => {
    const golden = await goldenQueries();
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

  test('an unknown word finds nothing', async () => {
    expect((await search('xyzzyqq')).rows).toEqual([]);
    expect((await search('"hipocampus"')).rows).toEqual([]);
  });

  test('a typing error finds what the word near to it finds', async () => {
    expect((await search('hippocampus')).rows.length).toBeGreaterThan(20);
    expect((await search('hipocampus')).rows).toEqual((await search('hippocampus')).rows);
  });

  test.each(['neuropixels', 'mice', 'neuropixels mouse', 'neuropixels mice'])(
    '%s: the first ones have files',
    async (words) => {
      const empty = new Set(numbers(await search('status:empty')));
      const first = numbers(await search(words)).slice(0, 3);
      expect(first.filter((number) => empty.has(number))).toEqual([]);
    },
  );

  describe('facets', () => {
    let known: KnownArchive;
    beforeAll(async () => {
      known = await KnownArchive.ofCorpus();
    });

    test.each(SEARCH_FACETS)('%s: the list is complete, each value gives its count', (facet) => {
      const values = index.facets.get(facet) ?? [];
      const expected = known.valuesOf(facet);
      expect(values.map(({ id }) => id).sort()).toEqual([...expected.keys()].sort());
      const wrong: unknown[] = [];
      values.forEach((value, at) => {
        // What a click writes means this value and no other.
        const query = parseQuery(dandisetQueries.toggleValue(index, '', facet, at));
        const { rows } = runSearch(index, { query, matches: [], order: 'identifier' });
        const found = rows.map((row) => index.rows[row]?.number);
        if (found.join() !== expected.get(value.id)?.join()) wrong.push([value.id, found]);
      });
      expect(wrong).toEqual([]);
    });

    test('200 random combinations find and count what a filter over the records does', async () => {
      const chance = new Chance(5);
      const texts = ['', '', '', 'mouse', 'hippocampus', '"spike sorting"', 'cortex -visual'];
      const wrong: unknown[] = [];
      const seen = new Set<string>();
      let found = 0;
      for (let round = 0; round < 200; round += 1) {
        const combination = known.combination(chance);
        const text = texts[chance.below(texts.length)] ?? '';
        const among = text === '' ? known.numbers : numbers(await search(text)).sort();
        const query = `${text} ${combination.query}`;
        const outcome = await search(query);
        const expected = among.filter((number) => combination.holds(number));
        if (numbers(outcome).sort().join() !== expected.join())
          wrong.push({ query, found: numbers(outcome), expected });
        found += expected.length;
        for (const [, field = ''] of query.matchAll(/([a-z]+):/g)) seen.add(field);
        for (const facet of SEARCH_FACETS) {
          const sizes = known.countsOf(among, combination, facet);
          (index.facets.get(facet) ?? []).forEach(({ id }, at) => {
            const count = outcome.counts.get(facet)?.[at];
            const size = sizes.get(id) ?? 0;
            if (count !== size) wrong.push({ query, facet, id, count, size });
          });
        }
      }
      expect(wrong.slice(0, 10)).toEqual([]);
      expect([...seen].sort()).toEqual([...SEARCH_FACETS, ...SEARCH_RANGES].sort());
      expect(found).toBeGreaterThan(1000);
    });
  });
});
