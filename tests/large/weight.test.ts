// What visitors must load for a version of the corpus: the budgets of a page, for every one of them.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtSite, type BuiltSite } from '../support/sites/built-site.ts';
import { importedCorpus } from '../support/records/corpus.ts';
import { describeWith } from '../support/needed-part.ts';
import { PageScale, type PageWeight } from '../support/sites/page-weight.ts';
import { shared } from '../support/shared.ts';

describeWith(shared, 'weight of the corpus archive', () => {
  let site: BuiltSite;
  let weights: [page: string, weight: PageWeight][];
  beforeAll(async () => {
    site = await builtSite({ content: await importedCorpus() });
    const scale = new PageScale(site.dist);
    weights = readdirSync(site.dist, { recursive: true, encoding: 'utf8' })
      .filter((name) => /^dandiset.\d{6}.0\.[\d.]+.index\.html$/.test(name))
      .map((name) => [name.split(path.sep).join('/'), scale.weigh(name)]);
  });
  afterAll(() => site?.close());

  test('no published version costs more than 40 kB, 8 requests and 15 kB of script', () => {
    expect(weights).toHaveLength(164);
    expect(weights.some(([page]) => page.includes('000402'))).toBe(true);
    const over = weights.filter(
      ([, { bytes, requests, scripts }]) => bytes > 40_000 || requests > 8 || scripts > 15_000,
    );
    expect(over).toEqual([]);
  });
});
