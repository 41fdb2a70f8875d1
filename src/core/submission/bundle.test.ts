import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { describe, expect, test } from 'vitest';
import { git } from '../../../tests/support/forge/git-server.ts';
import { filesBelow, temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import type { DandisetNumber } from '../identifiers/dandiset-id.ts';
import { makeBundle, type BundleContent } from './bundle.ts';
import { submittedFiles } from './submitted-files.ts';
import { readBundle } from './read-bundle.ts';

const DRAFT = 'dandisets/000/000004/draft';
const NEW: BundleContent = {
  target: { kind: 'submission', slug: 'first-light' },
  files: submittedFiles({
    target: { kind: 'submission', slug: 'first-light' },
    dandiset: '{"name":"Zoë’s 海馬 cells"}',
    assets: '{"path":"a.nwb"}\n',
  }),
  repository: 'https://github.com/example/archive',
  title: 'New Dandiset: Zoë’s 海馬 cells, a title that needs more than one encoded word',
  description: 'From the form.\n---\ndiff --git a/x b/x\nFrom nobody',
  author: { name: 'Møller, "Zoë" <x>', email: 'zoe@lab.example' },
  date: '2026-11-24T13:00:00Z',
};

function json(value: unknown): string {
  return JSON.stringify(value, null, 2) + '\n';
}

/** A repository with these files below content/, and the hash of its only commit. */
function repositoryOf(files: Record<string, string>): { folder: string; commit: string } {
  const folder = temporaryFolder(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`content/${name}`, text])),
  );
  writeFileSync(path.join(folder, 'README.md'), 'x\n');
  git(folder, ['init', '--quiet', '--initial-branch=main']);
  git(folder, ['add', '--all']);
  git(folder, ['commit', '--quiet', '--message=Base']);
  return { folder, commit: git(folder, ['rev-parse', 'HEAD']) };
}

/** What `git am` makes of the patch in a bundle. */
function appliedWithGitAm(folder: string, bundle: Uint8Array, ...options: string[]): void {
  const patch = path.join(temporaryFolder(), 'submission.patch');
  writeFileSync(patch, unzipSync(bundle)['submission.patch']!);
  git(folder, ['am', '--quiet', ...options, patch]);
}

describe('the patch', () => {
  test('of a new Dandiset is applied by git am, with author, title and time', () => {
    const { folder } = repositoryOf({});
    appliedWithGitAm(folder, makeBundle(NEW));
    const files = Object.fromEntries(NEW.files.map(({ path: name, text }) => [name, text]));
    expect(Object.fromEntries(filesBelow(path.join(folder, 'content')))).toEqual(files);
    const [name, subject, date] = git(folder, ['log', '-1', '--format=%an%n%s%n%aI']).split('\n');
    expect(name).toBe('Møller Zoë x');
    expect(subject).toBe(NEW.title);
    expect(date).toBe('2026-11-24T13:00:00+00:00');
    expect(git(folder, ['status', '--porcelain'])).toBe('');
  });

  const long = Array.from({ length: 2000 }, (_, index) => `{"path":"${index}","é":"海"}\n`);
  test.each([
    ['one line', json({ a: 1, b: 'é' }), json({ a: 1, b: '海馬' })],
    ['no line feed at the end before', '{\n  "a": 1\n}', '{\n  "a": 2\n}\n'],
    ['no line feed at the end after', '{\n  "a": 1\n}\n', '{\n  "a": 1\n}'],
    ['no line feed in either', 'a\nb', 'a\nc'],
    ['an empty file before', '', 'a\n'],
    ['an empty file after', 'a\n', ''],
    [
      'changes far apart',
      long.join(''),
      long.map((line, i) => (i % 300 ? line : `${i}\n`)).join(''),
    ],
    ['lines moved', long.join(''), [...long.slice(5, 1990), ...long.slice(0, 5)].join('')],
    ['everything changed', long.join(''), long.map((line) => ` ${line}`).join('')],
    ['carriage returns', '{\r\n "a": "=é"\r\n}', '{\r\n "a": "=\r"\n}\n'],
    ['lines that look like a patch', '--- a\n+++ b\n@@ -1 +1 @@\n', '-- \nFrom x\n--- b\n'],
  ])('of a changed draft: %s', (_, before, after) => {
    const { folder, commit } = repositoryOf({ [`${DRAFT}/dandiset.json`]: before });
    const name = `${DRAFT}/dandiset.json`;
    const bundle = makeBundle({
      ...NEW,
      target: { kind: 'draft', number: '000004' as DandisetNumber },
      files: [{ path: name, text: after }],
      base: { commit, texts: new Map([[name, before]]) },
    });
    appliedWithGitAm(folder, bundle);
    expect(readFileSync(path.join(folder, 'content', name), 'utf8')).toBe(after);
  });

  test('removes a request for publication', () => {
    const release = `${DRAFT}/release.json`;
    const { folder, commit } = repositoryOf({
      [release]: '{}\n',
      [`${DRAFT}/dandiset.json`]: '{}\n',
    });
    const bundle = makeBundle({
      ...NEW,
      target: { kind: 'draft', number: '000004' as DandisetNumber },
      files: [{ path: `${DRAFT}/dandiset.json`, text: '{}\n' }],
      removed: [release],
      base: {
        commit,
        texts: new Map([release, `${DRAFT}/dandiset.json`].map((name) => [name, '{}\n'])),
      },
    });
    expect(readBundle(bundle).removed).toEqual([release]);
    appliedWithGitAm(folder, bundle);
    expect([...filesBelow(path.join(folder, 'content')).keys()]).toEqual([
      `${DRAFT}/dandiset.json`,
    ]);
  });

  test('to an older state is merged where main has moved on elsewhere', () => {
    const name = `${DRAFT}/dandiset.json`;
    const text = (first: string, last: string): string =>
      json({ first, ...Object.fromEntries(long.slice(0, 20).map((_, i) => [`k${i}`, i])), last });
    const { folder, commit } = repositoryOf({ [name]: text('a', 'z') });
    writeFileSync(path.join(folder, 'content', name), text('a', 'Z'));
    git(folder, ['commit', '--quiet', '--all', '--message=Elsewhere']);
    const bundle = makeBundle({
      ...NEW,
      target: { kind: 'draft', number: '000004' as DandisetNumber },
      files: [{ path: name, text: text('A', 'z') }],
      base: { commit, texts: new Map([[name, text('a', 'z')]]) },
    });
    appliedWithGitAm(folder, bundle, '--3way');
    expect(readFileSync(path.join(folder, 'content', name), 'utf8')).toBe(text('A', 'Z'));
  });
});

test('a bundle is read back, and is the same bytes in every time zone', () => {
  const bundle = makeBundle(NEW);
  const { target, files, title } = NEW;
  expect(readBundle(bundle)).toMatchObject({ target, files, title, removed: [] });
  const script = `import { makeBundle } from ${JSON.stringify(`${import.meta.dirname}/bundle.ts`)};
    process.stdout.write(makeBundle(${JSON.stringify(NEW)}));`;
  if (Number(process.versions.node.split('.')[0]) < 22) return;
  const elsewhere = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TZ: 'America/Lima', NODE_NO_WARNINGS: '1' },
  });
  expect(Buffer.compare(elsewhere, bundle)).toBe(0);
});

test('a bundle of release 0.1 is read, in which the patch has another name', () => {
  const { 'submission.patch': patch, ...others } = unzipSync(makeBundle(NEW));
  const { files, title } = NEW;
  const older = zipSync({ ...others, 'handin.patch': patch ?? new Uint8Array() });
  expect(readBundle(older)).toMatchObject({ files, title });
});

describe('a bundle is refused', () => {
  /** The bundle with other entries. */
  function changed(change: (entries: Zippable) => void): Uint8Array {
    const entries: Zippable = { ...unzipSync(makeBundle(NEW)) };
    change(entries);
    return zipSync(entries, { mtime: new Date(1980, 0, 1) });
  }
  function about(change: (value: Record<string, unknown>) => void): Uint8Array {
    return changed((entries) => {
      const value = JSON.parse(new TextDecoder().decode(entries['about.json'] as Uint8Array));
      change(value);
      entries['about.json'] = strToU8(JSON.stringify(value));
    });
  }
  const own = 'content/submissions/first-light';

  test.each<[string, () => Uint8Array, RegExp]>([
    ['that is no zip', () => strToU8('PK nothing'), /no zip file/],
    ['that is empty', () => new Uint8Array(), /no zip file/],
    ['that is cut off', () => makeBundle(NEW).subarray(0, 500), /no zip file/],
    ['that is too large', () => new Uint8Array(25_000_001), /too large/],
    ['without about.json', () => changed((e) => delete e['about.json']), /cannot be read/],
    ['of another kind', () => about((v) => (v['schema'] = 'x')), /does not say/],
    ['without a target', () => about((v) => (v['target'] = {})), /what it is for/],
    [
      'with a slug that leaves its folder',
      () => about((v) => (v['target'] = { kind: 'submission', slug: '../dandisets' })),
      /cannot be the name/,
    ],
    [
      'with a foreign file',
      () => changed((e) => (e['.github/workflows/x.yml'] = strToU8('x'))),
      /belong/,
    ],
    ['with ..', () => changed((e) => (e[`${own}/../../x`] = strToU8('x'))), /does not belong/],
    [
      'with a file more',
      () => changed((e) => (e[`${own}/x.sh`] = strToU8('x'))),
      /does not belong/,
    ],
    ['with a file less', () => changed((e) => delete e[`${own}/dandiset.json`]), /missing/],
    [
      'with a changed file',
      () => changed((e) => (e[`${own}/dandiset.json`] = strToU8('{}'))),
      /changed/,
    ],
    [
      'with a bomb in it',
      () => changed((e) => (e[`${own}/dandiset.json`] = new Uint8Array(30_000_000))),
      /too large/,
    ],
    [
      'with many files',
      () => changed((e) => Array.from({ length: 50 }, (_, i) => (e[`x${i}`] = strToU8('x')))),
      /too many files/,
    ],
    [
      'that takes others away',
      () => about((v) => (v['removed'] = ['archive.json'])),
      /not its own/,
    ],
  ])('%s', (_, bytes, words) => {
    expect(() => readBundle(bytes())).toThrow(words);
  });

  test('also one whose entry declares fewer bytes than it has', () => {
    const bytes = changed((e) => (e[`${own}/dandiset.json`] = new Uint8Array(30_000_000)));
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let at = 0; at + 46 < bytes.length; at += 1) {
      // In the list at the end, the size of the entry of 30 MB becomes 10 bytes.
      if (view.getUint32(at, true) !== 0x02014b50) continue;
      if (view.getUint32(at + 24, true) === 30_000_000) view.setUint32(at + 24, 10, true);
    }
    expect(() => readBundle(bytes)).toThrow(/was changed/);
  });
});
