// The search in the words of the field, over the corpus: what is right is computed from the records alone, by
// `search_kinds.py`, and every kind of query has to reach a share of it.

import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { corpusFolder } from '../support/records/corpus.ts';
import { describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { runProgram } from '../support/process/run-cli.ts';
import { shared } from '../support/shared.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { CorpusSearch } from '../support/sites/corpus-search.ts';

interface Asked {
  query: string;
  expected: string[];
  /** The one that the query names. */
  first: string | null;
}

const RECALL = 0.95;
const FIRST = 0.95;
const TYPING_ERRORS = 'typing error';

describeWith([shared, python], 'the search in the words of the field', () => {
  let corpus: CorpusSearch;
  let kinds: Map<string, Asked[]>;

  beforeAll(async () => {
    const script = path.join(import.meta.dirname, 'search_kinds.py');
    const vocabularies = path.join(demoContent, 'vocabularies');
    const run = await runProgram(python.path, [script, corpusFolder, vocabularies]);
    expect(run.stderr).toBe('');
    kinds = new Map(Object.entries(JSON.parse(run.stdout) as Record<string, Asked[]>));
    corpus = await CorpusSearch.read();
  });

  test('finds in every kind of query what the records say it must, the one it names first', async () => {
    const figures: Record<string, { queries: number; recall: number; first?: number }> = {};
    const worst: Record<string, string[]> = {};
    for (const [kind, asked] of kinds) {
      let [recall, first, named] = [0, 0, 0];
      for (const { query, expected, first: one } of asked) {
        const found = await corpus.found(query);
        const absent = expected.filter((number) => !found.includes(number));
        recall += 1 - absent.length / expected.length;
        if (absent.length > 0) (worst[kind] ??= []).push(`${query}: ${absent.join(' ')}`);
        if (one === null) continue;
        named += 1;
        if (found[0] === one) first += 1;
        else (worst[`${kind}, first`] ??= []).push(`${query}: ${one}, not ${found[0] ?? 'none'}`);
      }
      figures[kind] = { queries: asked.length, recall: recall / asked.length };
      if (named > 0) figures[kind].first = first / named;
    }
    console.table(figures);
    if (process.env['SHOW_MISSED'] !== undefined) console.log(worst);
    for (const [kind, { queries, recall, first = 1 }] of Object.entries(figures)) {
      expect(queries, kind).toBeGreaterThan(10);
      if (kind !== TYPING_ERRORS) expect(recall, kind).toBeGreaterThanOrEqual(RECALL);
      expect(first, kind).toBeGreaterThanOrEqual(FIRST);
    }
  });
});
