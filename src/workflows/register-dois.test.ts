import { expect, test } from 'vitest';
import { dataCiteRegistry } from '../adapters/datacite/datacite-rest.ts';
import { parsePublishedVersion } from '../core/identifiers/version-id.ts';
import { withWithdrawal } from '../core/publishing/edit-status.ts';
import { ArchiveInGit, draftFiles, submissionFiles } from '../testing/archive-in-git.ts';
import { startDataCite, type DataCiteDouble } from '../testing/datacite-double.ts';
import { registerDois } from './register-dois.ts';
import { runRegistrar } from './registrar.ts';

const SLOW = { timeout: 60_000 };
const author = { name: 'Registrar', email: 'registrar@lab.example' };
const DOI = '10.12345/test-dandi.000001/0.260304.0506';
const WITHDRAWAL = { reason: 'Wrong units.', date: '2026-05-01', by: 'ada' };

async function published(): Promise<ArchiveInGit> {
  const archive = new ArchiveInGit({ doiPrefix: '10.12345' });
  archive.merge(submissionFiles('first-light', 'First.'), '2026-03-04T05:06:07Z');
  await runRegistrar(archive.parts());
  return archive;
}

const partsOf = (archive: ArchiveInGit, datacite: DataCiteDouble) => ({
  repository: archive.repository(),
  registry: dataCiteRegistry(datacite.account),
  author,
});

const status = (archive: ArchiveInGit): unknown =>
  JSON.parse(archive.text('dandisets/000/000001/status.json'));

test('the DOI a version was frozen with is registered once and noted', SLOW, async () => {
  const archive = await published();
  const datacite = await startDataCite();
  const register = () => registerDois(partsOf(archive, datacite));
  expect(await register()).toEqual({ registered: [DOI], failed: [] });
  expect(status(archive)).toEqual({ doiRegistered: ['0.260304.0506'] });
  expect(datacite.dois.get(DOI)).toMatchObject({
    url: 'https://archive.example/dandiset/000001/0.260304.0506/',
    titles: [{ title: 'Units of first-light' }],
    publicationYear: '2026',
  });
  const before = datacite.requests.length;
  expect(await register()).toEqual({ registered: [], failed: [] });
  expect(datacite.requests).toHaveLength(before);
  // Registered, and stopped before it was noted: registered again, which changes nothing.
  archive.merge({ 'dandisets/000/000001/status.json': undefined }, '2026-04-01T00:00:00Z');
  expect(await register()).toEqual({ registered: [DOI], failed: [] });
  expect([datacite.dois.size, datacite.requests.at(-1)]).toEqual([
    1,
    `PUT /dois/${encodeURIComponent(DOI)}`,
  ]);
  expect(await archive.check()).toEqual([]);
});

test('a withdrawal is told once, and taken back with it', SLOW, async () => {
  const archive = await published();
  const datacite = await startDataCite();
  const register = () => registerDois(partsOf(archive, datacite));
  const dates = (): unknown => datacite.dois.get(DOI)?.['dates'];
  const path = 'dandisets/000/000001/status.json';
  await register();
  const before = archive.text(path);
  expect(dates()).not.toContainEqual(expect.objectContaining({ dateType: 'Withdrawn' }));

  const withdrawn = withWithdrawal(before, parsePublishedVersion('0.260304.0506')!, WITHDRAWAL);
  archive.merge({ [path]: withdrawn }, '2026-05-01T00:00:00Z');
  expect(await register()).toEqual({ registered: [DOI], failed: [] });
  expect(dates()).toContainEqual({ date: '2026-05-01', dateType: 'Withdrawn' });
  // It leads to the same page, and searches no longer find it.
  const url = 'https://archive.example/dandiset/000001/0.260304.0506/';
  expect(datacite.dois.get(DOI)).toMatchObject({ event: 'hide', state: 'registered', url });
  expect(status(archive)).toMatchObject({ doiWithdrawn: ['0.260304.0506'] });
  expect(await archive.check()).toEqual([]);
  expect(await register()).toEqual({ registered: [], failed: [] });

  const taken = status(archive) as Record<string, unknown>;
  delete taken['withdrawals'];
  archive.merge({ [path]: JSON.stringify(taken) }, '2026-05-02T00:00:00Z');
  expect(await register()).toEqual({ registered: [DOI], failed: [] });
  expect(status(archive)).toMatchObject({ doiRegistered: ['0.260304.0506'], doiWithdrawn: [] });
  expect(datacite.dois.get(DOI)).toMatchObject({ state: 'findable' });
});

test(
  'a version that was withdrawn before its DOI was registered is never findable',
  SLOW,
  async () => {
    const archive = await published();
    const text = withWithdrawal(undefined, parsePublishedVersion('0.260304.0506')!, WITHDRAWAL);
    archive.merge({ 'dandisets/000/000001/status.json': text }, '2026-05-01T00:00:00Z');
    const datacite = await startDataCite();
    datacite.faults.push(503);
    const parts = partsOf(archive, datacite);
    // What fails is tried again at the next run.
    expect((await registerDois(parts)).failed).toMatchObject([{ doi: DOI }]);
    expect(status(archive)).not.toHaveProperty('doiWithdrawn');
    expect((await registerDois(parts)).registered).toEqual([DOI]);
    expect(datacite.dois.get(DOI)).toMatchObject({ event: 'register', state: 'registered' });
  },
);

test('what the registry refuses is reported without secrets, and tried again', SLOW, async () => {
  const archive = await published();
  const draft = draftFiles('000001', 'Second', 'Next.', ['sub-01/first-light.nwb']);
  archive.merge(draft, '2026-04-01T00:00:00Z');
  await runRegistrar(archive.parts());
  const datacite = await startDataCite();
  datacite.faults.push(503);
  const parts = partsOf(archive, datacite);
  const report = await registerDois(parts);
  expect(report.registered).toEqual(['10.12345/test-dandi.000001/0.260401.0000']);
  expect(report.failed).toMatchObject([{ doi: DOI }]);
  expect(report.failed[0]?.reason).toContain('503');
  expect(status(archive)).toEqual({ doiRegistered: ['0.260401.0000'] });
  const wrong = dataCiteRegistry({ ...datacite.account, password: 'hunter2' });
  const refused = await registerDois({ ...parts, registry: wrong });
  expect(refused.failed[0]?.reason).toContain('401');
  expect(JSON.stringify(refused)).not.toContain('hunter2');
  expect((await registerDois(parts)).registered).toEqual([DOI]);
  expect(status(archive)).toEqual({ doiRegistered: ['0.260401.0000', '0.260304.0506'] });
});

test('an archive without a prefix registers nothing', SLOW, async () => {
  const archive = new ArchiveInGit();
  archive.merge(submissionFiles('first-light', 'First.'), '2026-03-04T05:06:07Z');
  await runRegistrar(archive.parts());
  const datacite = await startDataCite();
  const parts = partsOf(archive, datacite);
  expect(await registerDois(parts)).toEqual({ registered: [], failed: [] });
  expect(datacite.requests).toEqual([]);
});
