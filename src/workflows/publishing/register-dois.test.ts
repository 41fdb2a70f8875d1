import { expect, test } from 'vitest';
import { dataCiteRegistry } from '../../adapters/datacite/datacite-rest.ts';
import { parsePublishedVersion } from '../../core/identifiers/version-id.ts';
import { withWithdrawal } from '../../core/publishing/edit-status.ts';
import {
  ArchiveInGit,
  draftFiles,
  submissionFiles,
} from '../../../tests/support/forge/archive-in-git.ts';
import { TestArchive } from '../../../tests/support/broken/test-archive.ts';
import {
  startDataCite,
  type DataCiteDouble,
} from '../../../tests/support/servers/datacite-double.ts';
import { registerDois } from './register-dois.ts';
import { runRegistrar } from './registrar.ts';

const SLOW = { timeout: 60_000 };
const author = { name: 'Registrar', email: 'registrar@lab.example' };
const DOI = '10.12345/test-dandi.000001/0.260304.0506';
const DANDISET = '10.12345/test-dandi.000001';
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

test('the DOI a version was frozen with is registered and recorded once', SLOW, async () => {
  const archive = await published();
  const datacite = await startDataCite();
  const register = () => registerDois(partsOf(archive, datacite));
  const both = { registered: [DOI, DANDISET], reserved: [], failed: [] };
  expect(await register()).toEqual(both);
  expect(status(archive)).toMatchObject({ doiRegistered: ['0.260304.0506'] });
  expect(datacite.dois.get(DOI)).toMatchObject({
    url: 'https://archive.example/dandiset/000001/0.260304.0506/',
    titles: [{ title: 'Units of first-light' }],
    publicationYear: '2026',
  });
  const before = datacite.requests.length;
  expect(await register()).toEqual({ registered: [], reserved: [], failed: [] });
  expect(datacite.requests).toHaveLength(before);
  // Registered, and stopped before it was recorded: registered again, which changes nothing.
  archive.merge({ 'dandisets/000/000001/status.json': undefined }, '2026-04-01T00:00:00Z');
  expect(await register()).toEqual(both);
  expect(datacite.dois.size).toBe(2);
  expect(datacite.requests.slice(-2)).toEqual(
    [DOI, DANDISET].map((doi) => `PUT /dois/${encodeURIComponent(doi)}`),
  );
  expect(await archive.check()).toEqual([]);
});

test('a withdrawal is reported once, and undone with it', SLOW, async () => {
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
  expect((await register()).registered).toEqual([DOI, DANDISET]);
  expect(dates()).toContainEqual({ date: '2026-05-01', dateType: 'Withdrawn' });
  // It resolves to the same page, and searches no longer find it.
  const url = 'https://archive.example/dandiset/000001/0.260304.0506/';
  expect(datacite.dois.get(DOI)).toMatchObject({ event: 'hide', state: 'registered', url });
  expect(status(archive)).toMatchObject({ doiWithdrawn: ['0.260304.0506'] });
  expect(await archive.check()).toEqual([]);
  // The Dandiset has no other version: its own DOI is hidden with it.
  const page = 'https://archive.example/dandiset/000001/';
  expect(datacite.dois.get(DANDISET)).toMatchObject({ state: 'registered', url: page });
  expect(status(archive)).toMatchObject({ dandisetDoi: { doi: DANDISET, state: 'hidden' } });
  expect(await register()).toEqual({ registered: [], reserved: [], failed: [] });

  const taken = status(archive) as Record<string, unknown>;
  delete taken['withdrawals'];
  archive.merge({ [path]: JSON.stringify(taken) }, '2026-05-02T00:00:00Z');
  expect((await register()).registered).toEqual([DOI, DANDISET]);
  expect(status(archive)).toMatchObject({ doiRegistered: ['0.260304.0506'], doiWithdrawn: [] });
  expect(datacite.dois.get(DOI)).toMatchObject({ state: 'findable' });
  expect(datacite.dois.get(DANDISET)).toMatchObject({ state: 'findable' });
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
    expect((await registerDois(parts)).registered).toEqual([DOI, DANDISET]);
    expect(datacite.dois.get(DOI)).toMatchObject({ event: 'register', state: 'registered' });
  },
);

test('what the registry refuses is reported without secrets, and retried', SLOW, async () => {
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
  // The DOI of the Dandiset refers to its versions, so it waited for them.
  expect((await registerDois(parts)).registered).toEqual([DOI, DANDISET]);
  expect(status(archive)).toEqual({
    doiRegistered: ['0.260401.0000', '0.260304.0506'],
    dandisetDoi: { doi: DANDISET, state: 'findable', version: '0.260401.0000' },
  });
});

test('a Dandiset has its own DOI, held back until its first version', SLOW, async () => {
  const archive = new ArchiveInGit({ doiPrefix: '10.12345' });
  archive.merge(submissionFiles('first-light'), '2026-03-01T00:00:00Z');
  await runRegistrar(archive.parts());
  const datacite = await startDataCite();
  const register = () => registerDois(partsOf(archive, datacite));
  const page = 'https://archive.example/dandiset/000001/';
  expect(await register()).toEqual({ registered: [], reserved: [DANDISET], failed: [] });
  expect(datacite.dois.get(DANDISET)).toMatchObject({ state: 'draft', url: page });
  expect(status(archive)).toMatchObject({ dandisetDoi: { doi: DANDISET, state: 'draft' } });
  expect(await archive.check()).toEqual([]);
  expect(await register()).toEqual({ registered: [], reserved: [], failed: [] });

  const publish = async (title: string, time: string): Promise<void> => {
    archive.merge(draftFiles('000001', title, 'New.', ['sub-01/first-light.nwb']), time);
    await runRegistrar(archive.parts());
  };
  const related = (doi: string): unknown[] =>
    (datacite.dois.get(doi)?.['relatedIdentifiers'] as { relationType: string }[])
      .filter(
        ({ relationType }) => relationType.endsWith('VersionOf') || relationType === 'HasVersion',
      )
      .map((one) => [one.relationType, (one as { relatedIdentifier?: string }).relatedIdentifier]);
  await publish('One', '2026-03-04T05:06:07Z');
  expect((await register()).registered).toEqual([DOI, DANDISET]);
  expect(datacite.dois.get(DANDISET)).toMatchObject({
    state: 'findable',
    url: page,
    titles: [{ title: 'One' }],
  });
  expect(datacite.dois.get(DANDISET)).not.toHaveProperty('version');
  expect(related(DANDISET)).toEqual([['HasVersion', DOI]]);
  expect(related(DOI)).toEqual([['IsVersionOf', DANDISET]]);

  await publish('Two', '2026-04-01T00:00:00Z');
  const second = `${DANDISET}/0.260401.0000`;
  expect((await register()).registered).toEqual([second, DANDISET]);
  expect(datacite.dois.get(DANDISET)).toMatchObject({ titles: [{ title: 'Two' }] });
  expect(related(DANDISET)).toEqual([
    ['HasVersion', DOI],
    ['HasVersion', second],
  ]);
  expect(status(archive)).toMatchObject({
    dandisetDoi: { doi: DANDISET, state: 'findable', version: '0.260401.0000' },
  });
  expect(await archive.check()).toEqual([]);
  // Another prefix from now on: registered DOIs retain their name.
  const settings = JSON.parse(archive.text('archive.json'));
  archive.merge(
    { 'archive.json': JSON.stringify({ ...settings, doiPrefix: '10.54321' }, null, 2) },
    '2026-05-01T00:00:00Z',
  );
  expect(await register()).toEqual({ registered: [], reserved: [], failed: [] });
});

test('a copy or an imported Dandiset gets no DOI of its own', SLOW, async () => {
  const copy = new ArchiveInGit({ doiPrefix: '10.12345', archiveOfRecord: 'https://lab.example/' });
  copy.merge(submissionFiles('first-light'), '2026-03-01T00:00:00Z');
  await runRegistrar(copy.parts());
  const imported = new ArchiveInGit({ doiPrefix: '10.12345' });
  const files = Object.entries(new TestArchive().files).filter(([name]) =>
    name.startsWith('dandisets/000/000002/'),
  );
  imported.merge(Object.fromEntries(files), '2026-03-01T00:00:00Z');
  const datacite = await startDataCite();
  for (const archive of [copy, imported]) {
    const report = await registerDois(partsOf(archive, datacite));
    expect(report).toEqual({ registered: [], reserved: [], failed: [] });
  }
  expect(datacite.requests).toEqual([]);
});

test('an archive without a prefix registers nothing', SLOW, async () => {
  const archive = new ArchiveInGit();
  archive.merge(submissionFiles('first-light', 'First.'), '2026-03-04T05:06:07Z');
  await runRegistrar(archive.parts());
  const datacite = await startDataCite();
  const parts = partsOf(archive, datacite);
  expect(await registerDois(parts)).toEqual({ registered: [], reserved: [], failed: [] });
  expect(datacite.requests).toEqual([]);
});
