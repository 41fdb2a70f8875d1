import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { writeOfflineFiles } from './offline-files.ts';
import {
  fileInPart,
  isSearchPart,
  packFiles,
  partFile,
  packPartOf,
  withoutFiles,
  type Packs,
} from './pack.ts';

const page = (text: string): string =>
  `<html><script type="application/ld+json">{"a":1}</script><link href="/_astro/a.css"><script src="/_astro/a.js"></script><main>${text}</main>`;

const SITE = {
  'index.html': page('Home'),
  'offline/index.html': page('Offline'),
  'dandiset/000001/index.html': page('One'),
  'dandiset/000001/draft/assets.jsonl': '{}\n',
  'species/日本/index.html': page('Wolf'),
  '_astro/a.js': 'import "./b.js"',
  '_astro/b.js': '1',
  '_astro/a.css': 'p{}',
  '_astro/large.js': 'x'.repeat(600_000),
  'api/info/index.html': '{}',
  'search/dandisets.csv': 'a\r\n',
  'search/index.json': '[]',
  'search/0123456789ab/spellings.txt': 'word',
  'search/0123456789ab/phrases/index/x.pf_index': gzipSync('phrases'),
  'pagefind/pagefind.js': 'export {};',
};
const ARCHIVE = { stores: [{ kind: 'folder', url: '/bytes/', path: 'bytes' } as const] };

const packsOf = (folder: string): Packs =>
  JSON.parse(readFileSync(path.join(folder, 'offline/packs.json'), 'utf8')) as Packs;

function fileOf(folder: string, name: string): string | undefined {
  const part = packPartOf(packsOf(folder).parts, name);
  if (part === undefined) return undefined;
  const whole = gunzipSync(readFileSync(path.join(folder, partFile(part.name))));
  const bytes = fileInPart(whole, name);
  return bytes && Buffer.from(bytes).toString();
}

describe('packs', () => {
  it('give back what was put in', () => {
    const files = ['a', 'b/ä', 'c'].map((name) => ({
      path: name,
      contents: new TextEncoder().encode(`${name}\n\0`),
    }));
    const whole = packFiles(files);
    for (const { path: name, contents } of files) expect(fileInPart(whole, name)).toEqual(contents);
    expect(fileInPart(whole, 'd')).toBeUndefined();
  });

  it('lose single files and keep the others', () => {
    const files = ['a', 'b/c', 'b/d'].map((name) => ({
      path: name,
      contents: new TextEncoder().encode(name),
    }));
    const left = withoutFiles(packFiles(files), (name) => name === 'b/c');
    expect(left).toEqual(packFiles([files[0]!, files[2]!]));
    expect(withoutFiles(packFiles(files), () => false)).toBeUndefined();
  });

  it('are found by a path between the first paths of two', () => {
    const parts = ['b', 'd'].map((first) => ({ name: first, first, bytes: 1 }));
    expect(['a', 'b', 'c', 'd/x'].map((one) => packPartOf(parts, one)?.name)).toEqual([
      undefined,
      'b',
      'b',
      'd',
    ]);
  });
});

describe('offline files of a site', () => {
  it('hold pages and the search, and nothing else', async () => {
    const folder = temporaryFolder(SITE);
    const bytes = await writeOfflineFiles(folder, ARCHIVE);
    expect(fileOf(folder, 'dandiset/000001/index.html')).toContain('<main>One</main>');
    expect(fileOf(folder, 'dandiset/000001/index.html')).not.toContain('ld+json');
    expect(fileOf(folder, 'species/日本/index.html')).toContain('Wolf');
    expect(fileOf(folder, 'pagefind/pagefind.js')).toBe('export {};');
    expect(fileOf(folder, 'search/0123456789ab/phrases/index/x.pf_index')).toBeDefined();
    expect(fileOf(folder, '_astro/b.js')).toBe('1');
    for (const name of [
      'api/info/index.html',
      'search/dandisets.csv',
      'search/0123456789ab/spellings.txt',
      'dandiset/000001/draft/assets.jsonl',
      '_astro/large.js',
    ]) {
      expect(fileOf(folder, name), name).toBeUndefined();
    }
    const { parts } = packsOf(folder);
    expect(parts.filter(isSearchPart)).toHaveLength(2);
    expect(bytes).toBe(parts.reduce((sum, part) => sum + part.bytes, 0));
    for (const { name } of parts) {
      const whole = gunzipSync(readFileSync(path.join(folder, partFile(name))));
      expect(createHash('sha256').update(whole).digest('hex')).toMatch(new RegExp(`^${name}`));
    }
  });

  it('give the worker its build, its shell and what to leave alone', async () => {
    const folder = temporaryFolder(SITE);
    await writeOfflineFiles(folder, ARCHIVE);
    const worker = readFileSync(path.join(folder, 'sw.js'), 'utf8');
    for (const known of [packsOf(folder).build, '_astro/b.js', '_astro/a.css', 'bytes/', 'api/'])
      expect(worker).toContain(`"${known}"`);
    const changed = temporaryFolder({ ...SITE, 'index.html': page('New') });
    await writeOfflineFiles(changed, ARCHIVE);
    expect(packsOf(changed).build).not.toBe(packsOf(folder).build);
    const same = (name: string): boolean =>
      existsSync(path.join(folder, partFile(name))) &&
      existsSync(path.join(changed, partFile(name)));
    expect(packsOf(changed).parts.filter(({ name }) => !same(name))).toHaveLength(1);
  });

  it('are a worker that removes itself where the archive does not offer offline use', async () => {
    const folder = temporaryFolder(SITE);
    expect(await writeOfflineFiles(folder, { ...ARCHIVE, offline: false })).toBe(0);
    expect(readFileSync(path.join(folder, 'sw.js'), 'utf8')).toContain('unregister()');
    expect(readdirSync(path.join(folder, 'offline'))).toEqual(['index.html']);
  });
});
