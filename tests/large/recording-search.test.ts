// What the search for recordings loads at 100,000 files: the answer to a query with its first twenty files.

import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { parseRecordingQuery } from '../../src/core/recordings/recording-query.ts';
import type { RecordingsHead } from '../../src/core/recordings/recording-index.ts';
import { RecordingSearch } from '../../src/core/recordings/recording-search.ts';
import { recordingFiles } from '../../src/site/tables/recording-files.ts';
import { manyRecordings } from '../support/records/many-recordings.ts';

const MOST_BYTES = 300_000;
const files = new Map<string, string>();

beforeAll(async () => {
  for await (const { path, contents } of recordingFiles(await manyRecordings(100_000)))
    if (typeof contents === 'string') files.set(path, contents);
});

test.each([
  '',
  'units:>100 region:CA1 rate:>20000',
  'duration:>1h type:TimeSeries',
  'rate:>20 duration:>1h rois:>100',
  'sweeps:10..50 species:"Homo sapiens" device:multiclamp',
  'session:m1000',
  'neuropixels units:>300',
])('%s: at most 300 kB, compressed', async (text) => {
  let bytes = 0;
  const read = (name: string): unknown => {
    const contents = files.get(`search/recordings/${name}`) ?? '';
    bytes += gzipSync(contents).length;
    return JSON.parse(contents);
  };
  const head = read('index.json') as RecordingsHead;
  const kept = new Map<string, unknown>();
  const search = new RecordingSearch(head, async (name) => {
    if (!kept.has(name)) kept.set(name, read(`${head.state}/${name}`));
    return kept.get(name);
  });
  const { rows } = await search.find(parseRecordingQuery(text));
  expect(rows.length).toBeGreaterThan(0);
  await search.shown(rows.slice(0, 20));
  expect(bytes).toBeLessThan(MOST_BYTES);
});
