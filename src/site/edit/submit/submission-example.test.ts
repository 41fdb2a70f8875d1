import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { memoryTree } from '../../../adapters/content-files/memory-tree.ts';
import { parseJson } from '../../../core/json/json-text.ts';
import { toArchive } from '../../../core/records/to-archive.ts';
import { checkArchive } from '../../../workflows/archive/check-archive.ts';
import { exampleAssets, exampleRecord, exampleRelease } from './submission-example.ts';

test('the submission that the handbook shows passes every rule', async () => {
  const settings = readFileSync('content/archive.json', 'utf8');
  const parsed = parseJson(settings);
  const archive = parsed.ok ? toArchive(parsed.value).archive : undefined;
  if (archive === undefined) throw new Error('content/archive.json cannot be used');
  const vocabularies = ['species', 'approaches', 'techniques', 'standards'].map((name) => [
    `vocabularies/${name}.json`,
    readFileSync(`content/vocabularies/${name}.json`, 'utf8'),
  ]);
  const { problems, counts } = await checkArchive({
    tree: memoryTree({
      'archive.json': settings,
      ...(Object.fromEntries(vocabularies) as Record<string, string>),
      'submissions/place-cells/dandiset.json': exampleRecord(archive, 'josiah@example.org'),
      'submissions/place-cells/assets.jsonl': exampleAssets(),
      'submissions/place-cells/release.json': exampleRelease(),
    }),
  });
  expect(problems).toEqual([]);
  expect(counts.assets).toBe(1);
});
