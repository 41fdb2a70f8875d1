import { expect, test } from 'vitest';
import type { BytesAnswer } from '../core/publishing/bytes-answers.ts';
import { toReport } from '../core/submissions/pull-request-report.ts';
import { reportText } from '../core/submissions/report-text.ts';
import { DRAFT, STATUS, TestArchive } from '../testing/broken/test-archive.ts';
import { mergeOf } from '../testing/merge-of.ts';
import { checkPullRequest } from './check-pull-request.ts';
import { describePullRequest } from './describe-pull-request.ts';

/** The report of a request for publication, where every file answers so. */
async function requested(answer: BytesAnswer) {
  const [base, head] = [new TestArchive(), new TestArchive()];
  delete base.files[`${DRAFT}/release.json`];
  for (const archive of [base, head])
    archive.edit(STATUS, (status) => (status['owners'] = [{ id: 7, login: 'ada' }]));
  head.edit(`${DRAFT}/dandiset.json`, (record) => (record['name'] = 'Place | cells `again`'));
  head.renameAssets(DRAFT, 'sub-01/sub-01_behavior.nwb');
  const changes = ['assets.jsonl', 'dandiset.json', 'release.json'].map((name) => ({
    path: `content/${DRAFT}/${name}`,
    after: { mode: '100644', id: name },
  }));
  const author = { id: 7, login: 'ada', isCurator: false };
  const check = await checkPullRequest({
    base: base.tree(),
    result: head.tree(),
    content: 'content/',
    changes: mergeOf(changes),
    author,
  });
  return describePullRequest({
    check,
    changed: changes.map(({ path }) => path),
    head: 'c'.repeat(40),
    author,
    today: '2026-11-24',
    askBytes: () => async () => answer,
  });
}

test('a request for publication shows the version that merging would freeze', async () => {
  const { report, problems } = await requested({ kind: 'there' });
  expect(problems).toEqual([]);
  expect(report).toMatchObject({
    kind: 'release',
    about: 'TEST-DANDI:000001',
    ownedByAuthor: true,
  });
  expect(report.release).toMatchObject({
    since: '0.250201.1200',
    releaseNotes: 'A third session.',
  });
  expect(report.release?.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(report.release?.changes).toContain('name changed');
  expect((await requested({ kind: 'there' })).report).toEqual(report);
  // The facts pass through a job that trusts none of them, and nothing is lost on the way.
  expect(toReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  const text = reportText(report, { site: 'https://archive.example/', waitingHours: 24 });
  expect(text).toContain('| Title | `` Place \\| cells `again` `` |');
  const page = `submissions/preview/?commit=${report.head}&folder=dandisets/000/000001/draft`;
  expect(text).toContain(`(https://archive.example/${page})`);
  expect(text).toContain('the registrar merges it after 24 hours without activity');
});

test('files that do not answer as recorded stand in its way', async () => {
  const { report } = await requested({ kind: 'absent' });
  expect(report.problems.map(({ rule }) => rule)).toContain('release-bytes');
  expect(report.counts.error).toBeGreaterThan(0);
});
