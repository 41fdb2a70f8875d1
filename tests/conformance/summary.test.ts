// Our summaries of assets against dandischema's, for every list of real records.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { summarizeAssets } from '../../src/core/assets/summary.ts';
import { member, type JsonObject, type JsonValue } from '../../src/core/json/json-text.ts';
import { readableAssets } from '../../src/core/records/asset-list.ts';
import { corpusFolder } from '../support/records/corpus.ts';
import { describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { shared } from '../support/shared.ts';

const LISTS = ['dataStandard', 'approach', 'measurementTechnique', 'variableMeasured', 'species'];
const COUNTS = [
  'numberOfBytes',
  'numberOfFiles',
  'numberOfSubjects',
  'numberOfSamples',
  'numberOfCells',
];

/** Lists dandischema gives up on: it takes more subjects than files for its own error. */
const REFUSED = ['000717/draft'];

/**
 * Versions whose subjects dandischema counts twice: it replaces the comma of `Exp2_b_0,5Hz_04` in the record
 * and not in the file's name.
 */
const COUNTED_TWICE = ['000217/0.220125.2004', '000217/draft'];

/** What is compared of a summary: counts, and the names in its lists; a missing list counts as empty. */
function compared(summary: JsonObject): Record<string, JsonValue> {
  const names = (value: JsonValue | undefined): JsonValue[] =>
    (Array.isArray(value) ? value : []).map((item) => member(item, 'name') ?? item);
  return Object.fromEntries([
    ...COUNTS.map((key): [string, JsonValue] => [key, summary[key] ?? 0]),
    ...LISTS.map((key): [string, JsonValue] => [key, names(summary[key])]),
  ]);
}

describeWith([shared, python], 'summaries of real lists', () => {
  it('are those dandischema makes', () => {
    const folder = path.join(corpusFolder, 'dandisets');
    const { stdout } = spawnSync(
      python.path,
      [path.join(import.meta.dirname, 'summarize_corpus.py'), folder],
      { encoding: 'utf8', maxBuffer: 1 << 26 },
    );
    const theirs = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { version: string; summary: JsonObject | null });
    const differing: unknown[] = [];
    for (const { version, summary } of theirs) {
      if (summary === null) continue;
      const list = gunzipSync(readFileSync(path.join(folder, version, 'assets.jsonl.gz')));
      const ours = compared(summarizeAssets(readableAssets(list)));
      const expected = compared(summary);
      if (COUNTED_TWICE.includes(version)) {
        expect([version, Number(ours['numberOfSubjects']) * 2]).toEqual([
          version,
          expected['numberOfSubjects'],
        ]);
        expected['numberOfSubjects'] = ours['numberOfSubjects'] ?? 0;
      }
      if (JSON.stringify(ours) !== JSON.stringify(expected))
        differing.push({ version, ours, expected });
    }
    expect(differing).toEqual([]);
    expect(theirs.length).toBeGreaterThan(400);
    const refused = theirs.filter(({ summary }) => summary === null);
    expect(refused.map(({ version }) => version)).toEqual(REFUSED);
  });
});
