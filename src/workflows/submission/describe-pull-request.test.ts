import { expect, test } from 'vitest';
import type { Availability } from '../../core/publishing/availability.ts';
import { toReport } from '../../core/submission/pull-request-report.ts';
import { reportText } from '../../core/submission/report-text.ts';
import {
  DRAFT,
  SECOND,
  STATUS,
  SUBMISSION,
  TestArchive,
} from '../../../tests/support/broken/test-archive.ts';
import { mergeOf } from '../../../tests/support/forge/merge-of.ts';
import { checkPullRequest } from './check-pull-request.ts';
import { describePullRequest } from './describe-pull-request.ts';

/** The report of a request for publication, where every file has this availability. */
async function requested(answer: Availability) {
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

/** The report of a submission of these files in the valid archive. */
async function submitted(files: Record<string, string>) {
  const [base, head] = [new TestArchive(), new TestArchive()];
  Object.assign(head.files, files);
  const changes = Object.keys(files).map((name) => ({
    path: `content/${name}`,
    after: { mode: '100644', id: name },
  }));
  const check = await checkPullRequest({
    base: base.tree(),
    result: head.tree(),
    content: 'content/',
    changes: mergeOf(changes),
  });
  const changed = changes.map(({ path }) => path);
  const request = { check, changed, head: 'c'.repeat(40), today: '2026-11-24', base: base.tree() };
  const { report } = await describePullRequest(request);
  const { known, changesPublished } = report;
  const read = toReport(JSON.parse(JSON.stringify(report)));
  expect([read?.known, read?.changesPublished]).toEqual([known, changesPublished]);
  return {
    report,
    text: reportText(report, { site: 'https://archive.example/', waitingHours: 24 }),
  };
}

test('bytes that the archive lists already are counted, with their locations', async () => {
  const archive = new TestArchive();
  const folder = 'submissions/mine';
  const files = {
    [`${folder}/dandiset.json`]: archive.text(`${SUBMISSION}/dandiset.json`),
    [`${folder}/assets.jsonl`]: archive.text(`${DRAFT}/assets.jsonl`),
  };
  const { report, text } = await submitted(files);
  const count = archive.text(`${DRAFT}/assets.jsonl`).trim().split('\n').length;
  expect(report.known?.files).toBe(count);
  expect(report.known?.where).toContain('000001');
  expect(text).toContain(`The archive has the bytes of ${count} new files already: \`000001\``);

  const others = archive
    .text(`${DRAFT}/assets.jsonl`)
    .replace(
      /"blob":"[0-9a-f]{64}"|"zarr":"[0-9a-f-]{36}"/g,
      (_, at: number) => `"blob":"${String(at).padStart(64, 'a')}"`,
    );
  const fresh = await submitted({ ...files, [`${folder}/assets.jsonl`]: others });
  expect(fresh.report.known).toBeUndefined();
  expect(fresh.text).not.toContain('already');
});

test('bytes that the draft itself already lists are not reported', async () => {
  const archive = new TestArchive();
  archive.edit(`${DRAFT}/dandiset.json`, (record) => (record['name'] = 'Other'));
  const { report } = await submitted({
    [`${DRAFT}/dandiset.json`]: archive.text(`${DRAFT}/dandiset.json`),
  });
  expect(report.known).toBeUndefined();
});

test('the headline says that a published version is changed', async () => {
  const archive = new TestArchive();
  archive.edit(`${SECOND}/dandiset.json`, (record) => (record['name'] = 'Other'));
  const file = `${SECOND}/dandiset.json`;
  const { report, text } = await submitted({ [file]: archive.text(file) });
  expect(report.changesPublished).toBe(true);
  expect(text).toMatch(/^## Changes a published version\. Not yet: \d+ errors? to fix$/m);
});

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
  // The facts pass through a job that trusts none of them, and nothing is lost.
  expect(toReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  const text = reportText(report, { site: 'https://archive.example/', waitingHours: 24 });
  expect(text).toContain('| Title | `` Place \\| cells `again` `` |');
  const page = `submissions/preview/?commit=${report.head}&folder=dandisets/000/000001/draft`;
  expect(text).toContain(`(https://archive.example/${page})`);
  expect(text).toContain('the registrar merges it after 24 hours without activity');
});

test('unavailable or differing files prevent publication', async () => {
  const { report } = await requested({ kind: 'absent' });
  expect(report.problems.map(({ rule }) => rule)).toContain('release-bytes');
  expect(report.counts.error).toBeGreaterThan(0);
});
