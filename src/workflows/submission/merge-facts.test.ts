import { expect, test } from 'vitest';
import { withDeletion } from '../../core/publishing/edit-status.ts';
import { DRAFT, FIRST, SECOND, TestArchive } from '../../../tests/support/broken/test-archive.ts';
import { ARCHIVE, assetRecord } from '../../../tests/support/broken/records.ts';
import { toArchive } from '../../core/records/to-archive.ts';
import { mergeBetween } from '../../../tests/support/forge/merge-of.ts';
import { checkPullRequest } from './check-pull-request.ts';
import { mergeFacts, toMergeFacts, type MergeFacts } from './merge-facts.ts';

type Edit = (archive: TestArchive) => void;

const { archive: settings } = toArchive(ARCHIVE);
const OTHERS = 'dandisets/000/000002/draft';

/** The facts of a merge that makes this change of an archive that was changed in this way before. */
async function factsOf(change: Edit, before: Edit = () => {}): Promise<MergeFacts> {
  const [base, result] = [new TestArchive(), new TestArchive()];
  for (const archive of [base, result]) before(archive);
  change(result);
  const changes = mergeBetween(base, result);
  const check = await checkPullRequest({
    base: base.tree(),
    result: result.tree(),
    content: 'content/',
    changes,
  });
  const lists = result.listStore();
  const facts = await mergeFacts({
    check,
    problems: check.problems,
    changes,
    base: base.tree(),
    archive: settings!,
    lists,
  });
  // As the merging process reads them.
  expect(toMergeFacts(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
  return facts;
}

const rename: Edit = (archive) =>
  archive.edit(`${DRAFT}/dandiset.json`, (record) => (record['name'] = 'Other'));
const withoutRelease: Edit = ({ files }) => delete files[`${DRAFT}/release.json`];
const withoutVersions: Edit = ({ files }) => {
  for (const path of Object.keys(files)) {
    if (path.startsWith(`${FIRST}/`) || path.startsWith(`${SECOND}/`)) delete files[path];
  }
  delete files['dandisets/000/000001/status.json'];
};

test('an existing request counts, whoever made it', async () => {
  expect(await factsOf(rename)).toMatchObject({
    draft: '000001',
    asksForRelease: true,
    isPublished: true,
    owners: [{ login: 'ada' }],
    errors: 0,
  });
  expect(await factsOf(rename, withoutRelease)).toMatchObject({ asksForRelease: false });
  expect(await factsOf(rename, withoutVersions)).toMatchObject({ isPublished: false });
});

test('anything but a single remaining draft has no draft', async () => {
  const both: Edit = (archive) => {
    rename(archive);
    archive.files['vocabularies/species.json'] = '{"terms": []}\n';
  };
  expect(await factsOf(both)).not.toHaveProperty('draft');
  const removal: Edit = (archive) => {
    for (const path of Object.keys(archive.files)) {
      if (path.startsWith(`${OTHERS}/`)) delete archive.files[path];
    }
    const deletion = { reason: 'Twice.', date: '2026-05-01', by: 'ada' };
    archive.files['dandisets/000/000002/status.json'] = withDeletion(undefined, deletion);
  };
  expect(await factsOf(removal)).not.toHaveProperty('draft');
});

test.each<[string, Edit, boolean]>([
  ['emptied', ({ files }) => (files[`${DRAFT}/assets.jsonl`] = ''), true],
  ['taken away', ({ files }) => delete files[`${DRAFT}/assets.jsonl`], true],
  [
    'replaced by a reference to an empty one',
    ({ files }) => {
      delete files[`${DRAFT}/assets.jsonl`];
      files[`${DRAFT}/assets.ref.json`] = JSON.stringify({
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        size: 0,
        count: 0,
      });
    },
    true,
  ],
  [
    'shortened',
    (archive) => {
      const [first = ''] = archive.text(`${DRAFT}/assets.jsonl`).split('\n');
      archive.files[`${DRAFT}/assets.jsonl`] = `${first}\n`;
    },
    false,
  ],
])('a list that is %s loses all files: %j', async (_, change, isLost) => {
  expect(await factsOf(change)).toMatchObject({ losesFiles: isLost });
});

test('bytes that others list are counted, those listed here before are not', async () => {
  const taking: Edit = (archive) => {
    archive.files[`${OTHERS}/assets.jsonl`] = archive.text(`${DRAFT}/assets.jsonl`);
  };
  // 000002 has published these three itself.
  expect(await factsOf(taking)).toMatchObject({ foreignFiles: 0 });
  const unpublished: Edit = ({ files }) => {
    for (const path of Object.keys(files)) {
      if (path.startsWith('dandisets/000/000002/0.')) delete files[path];
    }
  };
  expect(await factsOf(taking, unpublished)).toMatchObject({ foreignFiles: 3 });
  // An unreadable list in a store may contain anything.
  const stored: Edit = (archive) => {
    unpublished(archive);
    delete archive.files[`${SECOND}/assets.jsonl`];
    const reference = { sha256: '9'.repeat(64), size: 1000, count: 3 };
    archive.files[`${SECOND}/assets.ref.json`] = JSON.stringify(reference);
  };
  expect(await factsOf(taking, stored)).not.toHaveProperty('foreignFiles');
  const own: Edit = (archive) => {
    archive.files[`${OTHERS}/assets.jsonl`] = `${JSON.stringify(assetRecord('mine.nwb'))}\n`;
  };
  expect(await factsOf(own, unpublished)).toMatchObject({ foreignFiles: 0, errors: 0 });
});

test('facts that another process omits count against merging', () => {
  const facts = { base: 'a', head: 'b', tree: 'c', history: 'plain', errors: 0, foreignFiles: 0 };
  expect(toMergeFacts(facts)).toMatchObject({
    asksForRelease: true,
    isPublished: false,
    ownersPublish: false,
    losesFiles: true,
    owners: [],
  });
  expect(toMergeFacts({ ...facts, history: 'new' })).toBeUndefined();
  expect(toMergeFacts({ ...facts, tree: 7 })).toBeUndefined();
  expect(toMergeFacts([])).toBeUndefined();
});
