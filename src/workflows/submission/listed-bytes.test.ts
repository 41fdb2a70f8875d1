import { expect, test } from 'vitest';
import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import { ARCHIVE } from '../../../tests/support/broken/records.ts';
import { DRAFT, TestArchive } from '../../../tests/support/broken/test-archive.ts';
import { mergeBetween } from '../../../tests/support/forge/merge-of.ts';
import { parseDandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { toArchive } from '../../core/records/to-archive.ts';
import { checkPullRequest } from './check-pull-request.ts';
import { describePullRequest } from './describe-pull-request.ts';
import { listedBytes } from './listed-bytes.ts';
import { mergeFacts } from './merge-facts.ts';

const OTHERS = 'dandisets/000/000002/draft';

/** An archive whose second Dandiset, never published, reuses the files of the first. */
function taken(): { base: TestArchive; result: TestArchive } {
  const [base, result] = [new TestArchive(), new TestArchive()];
  for (const { files } of [base, result]) {
    for (const path of Object.keys(files)) {
      if (path.startsWith('dandisets/000/000002/0.')) delete files[path];
    }
  }
  result.files[`${OTHERS}/assets.jsonl`] = result.text(`${DRAFT}/assets.jsonl`);
  return { base, result };
}

/** The tree, and how often each of its files was read. */
function counted(tree: ContentTree): { tree: ContentTree; reads: Map<string, number> } {
  const reads = new Map<string, number>();
  const read = (path: string): Promise<Uint8Array | undefined> => {
    reads.set(path, (reads.get(path) ?? 0) + 1);
    return tree.read(path);
  };
  return { tree: { ...tree, name: tree.name, list: (folder) => tree.list(folder), read }, reads };
}

test('the report and the decision about a merge read each list of the archive once', async () => {
  const { base, result } = taken();
  const changes = mergeBetween(base, result);
  const check = await checkPullRequest({
    base: base.tree(),
    result: result.tree(),
    content: 'content/',
    changes,
  });
  const { tree, reads } = counted(base.tree());
  const { problems, report, listed } = await describePullRequest({
    check,
    base: tree,
    changed: [],
    head: changes.head,
    today: '2026-05-01',
    lists: () => result.listStore(),
  });
  const { archive } = toArchive(ARCHIVE);
  if (archive === undefined) throw new Error('no settings');
  const lists = result.listStore();
  const facts = await mergeFacts({ check, problems, changes, base: tree, archive, lists, listed });
  expect(report.known).toEqual({ files: 3, where: ['000001', 'submissions/first-light'] });
  expect(facts.foreignFiles).toBe(3);
  expect(reads.get(`${DRAFT}/assets.jsonl`)).toBe(1);
});

test('bytes are identified by the values in the records, however the line is written', async () => {
  const { base, result } = taken();
  const spaced = result
    .text(`${OTHERS}/assets.jsonl`)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replaceAll('":', '" : '));
  result.files[`${OTHERS}/assets.jsonl`] = `${spaced.join('\n')}\n`;
  const number = parseDandisetNumber('000002');
  if (number === undefined) throw new Error('no number');
  const found = await listedBytes({
    target: { kind: 'draft', number },
    merged: result.tree(),
    base: base.tree(),
  });
  expect(found.known?.files).toBe(3);
});
