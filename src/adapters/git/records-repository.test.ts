import { describe, expect, test } from 'vitest';
import { readText } from '../content-files/content-tree.ts';
import {
  bareRepository,
  commitTime,
  git,
  startGitServer,
} from '../../../tests/support/forge/git-server.ts';
import {
  temporaryFolder,
  writeFiles,
  type Files,
} from '../../../tests/support/temporary-folder.ts';
import type { CommitOrder, RecordsRepository } from './records-repository.ts';
import { systemRepository } from './system-repository.ts';

const TIME = '2026-03-04T05:06:07Z';
interface Setting {
  bare: string;
  address: string;
  open(token?: string): RecordsRepository;
}

async function setting(files: Files, token?: string): Promise<Setting> {
  const root = temporaryFolder();
  const bare = bareRepository(root, 'archive.git', files, TIME);
  const basic = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  const server = await startGitServer(root, (request) =>
    token === undefined || request.headers.authorization === basic ? 'test' : undefined,
  );
  const address = `${server}/archive.git`;
  const open = (given?: string): RecordsRepository =>
    systemRepository({
      folder: temporaryFolder(),
      address,
      branch: 'main',
      content: 'content',
      ...(given === undefined ? {} : { token: given }),
    });
  return { bare, address, open };
}

const order = (changes: Record<string, string | undefined>): CommitOrder => ({
  message: 'Publish LAB:000004/0.260304.0506\n\nWith “notes”.\n',
  author: { name: 'Registrar', email: 'registrar@lab.example' },
  time: new Date('2026-03-04T06:00:00Z'),
  changes: Object.entries(changes).map(([path, text]) => ({
    path,
    bytes: text === undefined ? undefined : Buffer.from(text),
  })),
});

/** Commits made elsewhere, one second after another, and pushed to the bare repository. */
function commitElsewhere(bare: string, start: string, all: readonly Files[]): void {
  const clone = temporaryFolder();
  git(clone, ['clone', '--quiet', bare, '.']);
  for (const [at, files] of all.entries()) {
    writeFiles(clone, files);
    git(clone, ['add', '--all']);
    const time = new Date(Date.parse(start) + at * 1000).toISOString();
    git(clone, ['commit', '--quiet', '--message=Elsewhere'], commitTime(time));
  }
  git(clone, ['push', '--quiet', 'origin', 'main']);
}

describe('the repository of records', () => {
  test(
    'reads the branch: paths, files, and when something arrived',
    { timeout: 30_000 },
    async () => {
      const { bare, open } = await setting({ 'content/a/b.json': '{}', 'README.md': 'x' });
      const later = Array.from({ length: 60 }, (_, at) => ({
        [`content/n/${at % 3}.txt`]: `${at}`,
      }));
      commitElsewhere(bare, '2026-03-05T00:00:00Z', later);
      const repository = open();
      const tip = await repository.fetch();
      expect(tip).toBe(git(bare, ['rev-parse', 'main']));
      const files = await repository.files(tip);
      expect([...files.keys()].sort()).toEqual(['a/b.json', 'n/0.txt', 'n/1.txt', 'n/2.txt']);
      expect(files.get('a/b.json')).toBe(git(bare, ['rev-parse', 'main:content/a/b.json']));
      const tree = await repository.contentAt(tip);
      expect(await readText(tree, 'n/0.txt')).toBe('57');
      expect(await tree.list('a')).toEqual([{ path: 'a/b.json', kind: 'file', size: 2 }]);
      tree.close();
      expect((await repository.lastChange(tip, 'n/1.txt'))?.time).toEqual(
        new Date('2026-03-05T00:00:58Z'),
      );
      // Further back than the initial fetch.
      expect((await repository.lastChange(tip, 'a'))?.time).toEqual(new Date(TIME));
      expect(await repository.lastChange(tip, 'nothing')).toBeUndefined();
    },
  );

  test('the merge counts as the change, not what was merged', { timeout: 30_000 }, async () => {
    const { bare, open } = await setting({ 'content/a.json': '{}' });
    const clone = temporaryFolder();
    git(clone, ['clone', '--quiet', bare, '.']);
    git(clone, ['checkout', '--quiet', '-b', 'topic']);
    writeFiles(clone, { 'content/b.json': '{}' });
    git(clone, ['add', '--all']);
    git(clone, ['commit', '--quiet', '--message=b'], commitTime('2026-04-01T00:00:00Z'));
    git(clone, ['checkout', '--quiet', 'main']);
    const merge = ['merge', '--quiet', '--no-ff', '--message=Merge', 'topic'];
    git(clone, merge, commitTime('2026-05-01T00:00:00Z'));
    git(clone, ['push', '--quiet', 'origin', 'main']);
    const repository = open();
    const tip = await repository.fetch();
    expect((await repository.lastChange(tip, 'b.json'))?.time).toEqual(
      new Date('2026-05-01T00:00:00Z'),
    );
  });

  test('pushes commits and tags together', { timeout: 30_000 }, async () => {
    const files = { 'content/a/old.json': '1', 'content/a/kept.json': '2', 'README.md': 'x' };
    const { bare, open } = await setting(files, 'secret-token');
    const repository = open('secret-token');
    const from = await repository.fetch();
    const [first = '', to = ''] = await repository.commit(from, [
      order({ 'a/old.json': undefined, 'b/new.json': 'ä\n' }),
      order({ 'b/c/deep.json': '' }),
    ]);
    expect(first).not.toBe(to);
    const tags = new Map([['LAB-000004/0.260304.0506', to]]);
    expect(await repository.push({ from, to, tags })).toBe('pushed');
    expect(git(bare, ['ls-tree', '-r', '--name-only', 'main']).split('\n')).toEqual([
      'README.md',
      'content/a/kept.json',
      'content/b/c/deep.json',
      'content/b/new.json',
    ]);
    expect(git(bare, ['show', 'main:content/b/new.json'])).toBe('ä');
    expect(git(bare, ['rev-parse', 'refs/tags/LAB-000004/0.260304.0506'])).toBe(to);
    expect(git(bare, ['log', '-1', '--format=%an %ae %cI %s|%b', 'main'])).toContain(
      'Registrar registrar@lab.example 2026-03-04T06:00:00+00:00 Publish LAB:000004/0.260304.0506|With “notes”.',
    );
    expect(await repository.tags()).toEqual(['LAB-000004/0.260304.0506']);
    expect(await repository.fetch()).toBe(to);
    expect(git(bare, ['fsck', '--strict'])).toBe('');
    await expect(open('wrong').fetch()).rejects.toMatchObject({ code: 'git-failed' });
  });

  test('a push that comes late is refused, and changes nothing', { timeout: 30_000 }, async () => {
    const { bare, open } = await setting({ 'content/a.json': '1' });
    const [one, other] = [open(), open()];
    const from = await one.fetch();
    await other.fetch();
    const [won = ''] = await one.commit(from, [order({ 'b.json': '1' })]);
    const [lost = ''] = await other.commit(from, [order({ 'b.json': '2' })]);
    expect(await one.push({ from, to: won, tags: new Map() })).toBe('pushed');
    const tags = new Map([['LAB-000004/0.260304.0506', lost]]);
    expect(await other.push({ from, to: lost, tags })).toBe('refused');
    expect(git(bare, ['for-each-ref', '--format=%(refname)'])).toBe('refs/heads/main');
    expect(await other.fetch()).toBe(won);
  });

  test('a tag that is taken is an error, and nothing is pushed', { timeout: 30_000 }, async () => {
    const { bare, open } = await setting({ 'content/a.json': '1' });
    git(bare, ['tag', 'LAB-000004/0.260304.0506', 'main']);
    const repository = open();
    const from = await repository.fetch();
    const [to = ''] = await repository.commit(from, [order({ 'b.json': '1' })]);
    const tags = new Map([['LAB-000004/0.260304.0506', to]]);
    await expect(repository.push({ from, to, tags })).rejects.toMatchObject({ code: 'git-failed' });
    expect(git(bare, ['rev-parse', 'main'])).toBe(from);
  });

  test('what does not exist is an error without secrets', { timeout: 30_000 }, async () => {
    const { address } = await setting({});
    const place = { folder: temporaryFolder(), branch: 'main', content: 'content' };
    const away = systemRepository({
      ...place,
      address: `${address.replace('//', '//user:secret@')}x`,
    });
    await expect(away.fetch()).rejects.toSatisfy(
      (error: Error) => !error.message.includes('secret'),
    );
  });
});
