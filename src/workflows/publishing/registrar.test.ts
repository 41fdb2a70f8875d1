import { describe, expect, test } from 'vitest';
import type { RecordsRepository } from '../../adapters/git/records-repository.ts';
import {
  ArchiveInGit,
  draftFiles,
  submissionFiles,
} from '../../../tests/support/forge/archive-in-git.ts';
import { startGitServer } from '../../../tests/support/forge/git-server.ts';
import { runRegistrar } from './registrar.ts';
import { pointCount, pointsOf } from '../../../tests/support/campaign.ts';

const RACERS = pointCount(16, 40);

const AT = '2026-03-04T05:06:07Z';
const FIRST = '0.260304.0506';
const SLOW = { timeout: 120_000 };

describe('a merged submission', () => {
  test('gets the next number, and its first version if it requests one', SLOW, async () => {
    const archive = new ArchiveInGit();
    archive.merge(submissionFiles('first-light', 'First.'), AT);
    archive.merge(submissionFiles('second-sight'), '2026-03-04T05:07:00Z');
    const base = archive.tip();
    const accounts = {
      submittersOf: async () => [{ id: 7, login: 'ada' }],
      accountOf: async () => undefined,
    };
    const report = await runRegistrar(archive.parts({ accountsOf: () => accounts }));
    expect(report.steps.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      'accept TEST-DANDI:000001',
      `publish TEST-DANDI:000001/${FIRST}`,
      'accept TEST-DANDI:000002',
    ]);
    expect(report).toMatchObject({ commit: archive.tip(), waiting: [], problems: [] });
    expect(archive.tags()).toEqual([
      `TEST-DANDI-000001/${FIRST}`,
      'TEST-DANDI-000001/draft',
      'TEST-DANDI-000002/draft',
    ]);
    expect(archive.paths().filter((name) => !name.startsWith('archive.json'))).toEqual([
      `dandisets/000/000001/${FIRST}/assets.jsonl`,
      `dandisets/000/000001/${FIRST}/dandiset.json`,
      `dandisets/000/000001/${FIRST}/manifest.json`,
      'dandisets/000/000001/draft/assets.jsonl',
      'dandisets/000/000001/draft/dandiset.json',
      'dandisets/000/000001/status.json',
      'dandisets/000/000002/draft/assets.jsonl',
      'dandisets/000/000002/draft/dandiset.json',
      'dandisets/000/000002/status.json',
    ]);
    expect(JSON.parse(archive.text(`dandisets/000/000001/${FIRST}/dandiset.json`))).toMatchObject({
      datePublished: '2026-03-04T05:06:07+00:00',
      dateCreated: '2026-03-04T05:06:07+00:00',
      releaseNotes: 'First.',
    });
    expect(JSON.parse(archive.text('dandisets/000/000001/status.json'))).toEqual({
      owners: [{ id: 7, login: 'ada' }],
    });
    expect(await archive.check(base)).toEqual([]);
    expect((await runRegistrar(archive.parts())).steps).toEqual([]);
  });

  test('that was accepted before gets no second number', SLOW, async () => {
    const archive = new ArchiveInGit();
    archive.merge(submissionFiles('first-light'), AT);
    await runRegistrar(archive.parts());
    archive.merge(submissionFiles('first-light'), '2026-03-05T00:00:00Z');
    const { steps } = await runRegistrar(archive.parts());
    expect(steps.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['drop', 'TEST-DANDI:000001'],
    ]);
    expect(archive.paths().some((name) => name.includes('submissions/'))).toBe(false);
    expect(archive.paths().some((name) => name.includes('000002'))).toBe(false);
  });

  test('never gets the number of a draft that was deleted', SLOW, async () => {
    const archive = new ArchiveInGit();
    archive.merge(submissionFiles('first-light'), AT);
    await runRegistrar(archive.parts());
    const draft = 'dandisets/000/000001/draft';
    const gone = { [`${draft}/dandiset.json`]: undefined, [`${draft}/assets.jsonl`]: undefined };
    archive.merge({ ...gone, ...submissionFiles('second-sight') }, '2026-03-05T00:00:00Z');
    const { steps } = await runRegistrar(archive.parts());
    expect(steps.map(({ subject }) => subject)).toEqual(['TEST-DANDI:000002']);
  });

  test('never gets a number whose status says that its draft was deleted', SLOW, async () => {
    const archive = new ArchiveInGit();
    // No tag names it: it was imported, or the tag is lost.
    const status = '{"deletion":{"reason":"Twice.","date":"2026-03-01","by":"ada"}}\n';
    archive.merge(
      { 'dandisets/000/000007/status.json': status, ...submissionFiles('second-sight') },
      '2026-03-05T00:00:00Z',
    );
    const { steps } = await runRegistrar(archive.parts());
    expect(steps.map(({ subject }) => subject)).toEqual(['TEST-DANDI:000008']);
    expect(await archive.check()).toEqual([]);
  });

  test('with problems is pending, and delays no other', SLOW, async () => {
    const archive = new ArchiveInGit();
    const broken = submissionFiles('broken', 'First.');
    archive.merge({ ...broken, 'submissions/broken/dandiset.json': '{"name": 1}\n' }, AT);
    archive.merge(submissionFiles('whole', 'First.'), '2026-03-04T05:07:00Z');
    const { steps, waiting, problems } = await runRegistrar(archive.parts());
    expect(steps.map(({ subject }) => subject)).toEqual([
      'TEST-DANDI:000001',
      'TEST-DANDI:000001/0.260304.0507',
    ]);
    expect(waiting).toEqual(['submissions/broken']);
    expect(problems.some(({ severity }) => severity === 'error')).toBe(true);
  });
});

describe('a merged release', () => {
  const published = async (): Promise<ArchiveInGit> => {
    const archive = new ArchiveInGit();
    archive.merge(submissionFiles('first-light', 'First.'), AT);
    await runRegistrar(archive.parts());
    return archive;
  };
  const release = (title: string, ...more: string[]) =>
    draftFiles('000001', title, 'Next.', ['sub-01/first-light.nwb', ...more]);

  test('is frozen and names the version before it; two in a minute are two', SLOW, async () => {
    const archive = await published();
    const base = archive.tip();
    archive.merge(release('Second'), '2026-03-04T05:06:30Z');
    await runRegistrar(archive.parts());
    archive.merge(release('Third', 'sub-02/new.nwb'), '2026-03-04T05:06:59Z');
    await runRegistrar(archive.parts());
    expect(archive.versions()).toEqual([
      `000001/${FIRST}`,
      '000001/0.260304.0507',
      '000001/0.260304.0508',
    ]);
    expect(archive.tags()).toHaveLength(4);
    expect(await archive.check(base)).toEqual([]);
    const lists = archive
      .versions()
      .map((name) => archive.text(`dandisets/000/${name}/assets.jsonl`));
    // What was published once keeps its line.
    expect(lists[1]).toBe(lists[0]);
    expect(lists[2]?.startsWith(lists[0] ?? '')).toBe(true);
  });

  test('without changes is removed, and published once', SLOW, async () => {
    const archive = await published();
    archive.merge(release('Second'), '2026-04-01T00:00:00Z');
    await runRegistrar(archive.parts());
    archive.merge(
      { 'dandisets/000/000001/draft/release.json': '{"releaseNotes": "Next."}\n' },
      '2026-04-01T01:00:00Z',
    );
    const { steps, problems } = await runRegistrar(archive.parts());
    expect([steps.map(({ kind }) => kind), problems]).toEqual([['drop'], []]);
    expect(archive.versions()).toEqual([`000001/${FIRST}`, '000001/0.260401.0000']);
    expect(archive.paths().some((name) => name.endsWith('release.json'))).toBe(false);
  });

  test('whose files are unavailable is pending until they are available', SLOW, async () => {
    const archive = await published();
    archive.merge(release('Second', 'sub-02/new.nwb'), '2026-04-01T00:00:00Z');
    const absent = async () => ({ kind: 'absent' }) as const;
    const held = await runRegistrar(archive.parts({ availabilityOf: () => absent }));
    expect(held.waiting).toEqual(['dandisets/000/000001/draft']);
    expect(held.problems.map(({ rule }) => rule)).toEqual(['release-bytes']);
    const dry = await runRegistrar(archive.parts({ dryRun: true }));
    expect(dry.steps.map(({ subject }) => subject)).toEqual(['TEST-DANDI:000001/0.260401.0000']);
    expect(archive.versions()).toHaveLength(1);
    await runRegistrar(archive.parts());
    expect(archive.versions()).toHaveLength(2);
  });
});

test(`${RACERS} registrars at once assign every number and every version once`, SLOW, async () => {
  const archive = new ArchiveInGit();
  const slugs = Array.from({ length: 12 }, (_, at) => `submission-${at}`);
  archive.merge(
    Object.assign({}, ...slugs.slice(0, 6).map((slug) => submissionFiles(slug, 'First.'))),
    AT,
  );
  let merged = 6;
  const registrar = async (at: number): Promise<void> => {
    // Merges come in between.
    if (at % 7 === 3 && merged < slugs.length)
      archive.merge(submissionFiles(slugs[merged++] ?? '', 'First.'), AT);
    await runRegistrar(archive.parts());
  };
  await Promise.all(Array.from({ length: RACERS }, (_, at) => registrar(at)));
  await runRegistrar(archive.parts());
  const numbers = archive.versions().map((version) => version.split('/')[0]);
  expect(numbers).toHaveLength(merged);
  expect(new Set(numbers).size).toBe(merged);
  const titles = numbers.map(
    (number) => JSON.parse(archive.text(`dandisets/000/${number}/draft/dandiset.json`)).name,
  );
  expect(titles.sort()).toEqual(
    slugs
      .slice(0, merged)
      .map((slug) => `Units of ${slug}`)
      .sort(),
  );
  expect(archive.tags()).toHaveLength(2 * merged);
  expect(archive.paths().some((name) => name.startsWith('submissions/'))).toBe(false);
  expect(await archive.check()).toEqual([]);
});

test('a repository over HTTP gives the same records and tags', SLOW, async () => {
  const archive = new ArchiveInGit();
  archive.merge({ ...submissionFiles('a', 'First.'), ...submissionFiles('b') }, AT);
  const other = archive.copyAt(archive.tip());
  await runRegistrar(archive.parts());
  const address = `${await startGitServer(other.root)}/archive.git`;
  await runRegistrar(other.parts({ repository: other.repository(address) }));
  expect([other.content(), other.tags()]).toEqual([archive.content(), archive.tags()]);
  expect(await other.check()).toEqual([]);
});

/** The repository that stops its user at the n-th call: before it does anything, or after. */
function stopping(
  repository: RecordsRepository,
  at: number,
  when: 'before' | 'after',
): { guarded: RecordsRepository; calls: () => number } {
  let calls = 0;
  const guard =
    <Args extends unknown[], Result>(method: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      calls += 1;
      const isHere = calls === at;
      if (isHere && when === 'before') throw new Error('stopped');
      const result = await method(...args);
      if (isHere) throw new Error('stopped');
      return result;
    };
  const contentAt = guard((commit: string) => repository.contentAt(commit));
  const guarded: RecordsRepository = {
    name: repository.name,
    fetch: guard(() => repository.fetch()),
    tags: guard(() => repository.tags()),
    files: guard((commit) => repository.files(commit)),
    async contentAt(commit) {
      const tree = await contentAt(commit);
      const read = guard((name: string) => tree.read(name));
      const list = guard((folder: string) => tree.list(folder));
      return { name: tree.name, read, list, close: () => tree.close() };
    },
    lastChange: guard((commit, name) => repository.lastChange(commit, name)),
    commit: guard((parent, orders) => repository.commit(parent, orders)),
    fetchPull: guard((number) => repository.fetchPull(number)),
    merge: guard((order) => repository.merge(order)),
    push: guard((order) => repository.push(order)),
  };
  return { guarded, calls: () => calls };
}

test('a registrar stopped at any point ends correctly when run again', SLOW, async () => {
  const undisturbed = new ArchiveInGit();
  const slugs = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const all = slugs.map((slug) => submissionFiles(slug, slug === 'c' ? undefined : 'First.'));
  undisturbed.merge(Object.assign({}, ...all), AT);
  const merged = undisturbed.tip();
  const whole = stopping(undisturbed.repository(), Infinity, 'before');
  await runRegistrar(undisturbed.parts({ repository: whole.guarded }));
  const calls = whole.calls();
  // Before each call, and after the last of them, which are the ones that write.
  const places: [number, 'before' | 'after'][] = [
    ...Array.from({ length: calls }, (_, at): [number, 'before'] => [at + 1, 'before']),
    ...Array.from({ length: 12 }, (_, at): [number, 'after'] => [calls - at, 'after']),
  ];
  expect(places.length).toBeGreaterThanOrEqual(50);
  for (const [at, when] of pointsOf(places)) {
    const archive = undisturbed.copyAt(merged);
    const { guarded } = stopping(archive.repository(), at, when);
    await expect(runRegistrar(archive.parts({ repository: guarded }))).rejects.toThrow('stopped');
    await runRegistrar(archive.parts());
    expect(archive.content()).toBe(undisturbed.content());
    expect(archive.tags()).toEqual(undisturbed.tags());
  }
});
