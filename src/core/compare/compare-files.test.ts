import { describe, expect, test } from 'vitest';
import { Chance } from '../../../demo/signal.ts';
import { compareFiles, sameFiles } from './compare-files.ts';
import { listedFile, listedFiles, type ListedFile } from './listed-file.ts';

interface FileParts {
  size?: number;
  sha256?: string;
  etag?: string;
  zarr?: string;
  blob?: string;
}

function file(path: string, { size = 10, sha256, etag, zarr, blob }: FileParts = {}): ListedFile {
  const digest: Record<string, string> = {};
  if (sha256 !== undefined) digest['dandi:sha2-256'] = sha256;
  if (etag !== undefined) digest['dandi:dandi-etag'] = etag;
  if (zarr !== undefined) digest['dandi:dandi-zarr-checksum'] = zarr;
  return listedFile({ path, size, metadata: { digest }, ...(blob === undefined ? {} : { blob }) });
}

const paths = (files: readonly ListedFile[]): string[] => files.map(({ path }) => path);
const moves = (before: ListedFile[], after: ListedFile[]): string[] =>
  compareFiles(before, after).renamed.map((pair) => `${pair.before.path} > ${pair.after.path}`);

describe('what became of a file', () => {
  test('is determined by its bytes', () => {
    const found = compareFiles(
      [
        file('a', { sha256: '1' }),
        file('b', { sha256: '2' }),
        file('c', { sha256: '3' }),
        file('d'),
      ],
      [
        file('a', { sha256: '1' }),
        file('b', { sha256: '9' }),
        file('e', { sha256: '3' }),
        file('f'),
      ],
    );
    expect(paths(found.added)).toEqual(['f']);
    expect(paths(found.removed)).toEqual(['d']);
    expect(found.changed.map(({ after }) => after.path)).toEqual(['b']);
    expect(found.renamed.map(({ before, after }) => [before.path, after.path])).toEqual([
      ['c', 'e'],
    ]);
    expect(found.unchanged).toEqual({ files: 1, bytes: 10 });
  });

  test('a copy is an added file, not a renamed one', () => {
    const found = compareFiles(
      [file('a', { sha256: '1' })],
      [file('a', { sha256: '1' }), file('b', { sha256: '1' })],
    );
    expect([found.renamed.length, paths(found.added)]).toEqual([0, ['b']]);
  });

  test('among many with the same bytes, those of the same name are matched', () => {
    const same = { sha256: '1' };
    expect(
      moves(
        [file('sub-1/a.json', same), file('sub-1/b.json', same), file('sub-1/z', same)],
        [file('sub-2/b.json', same), file('sub-2/a.json', same)],
      ),
    ).toEqual(['sub-1/a.json > sub-2/a.json', 'sub-1/b.json > sub-2/b.json']);
  });

  test('any digest that both lists give decides', () => {
    const old = file('a', { etag: '5-1' });
    expect(sameFiles(compareFiles([old], [file('a', { etag: '5-1', sha256: '1' })]))).toBe(true);
    expect(compareFiles([old], [file('a', { etag: '6-1', sha256: '1' })]).changed).toHaveLength(1);
    const zarr = compareFiles([file('z', { zarr: 'x-1--9' })], [file('z', { zarr: 'y-1--9' })]);
    expect(zarr.changed).toHaveLength(1);
  });

  test('without a digest, size and location decide, and the result says so', () => {
    const blob = (key: string): ListedFile => file('a', { blob: key.repeat(64) });
    expect(compareFiles([blob('a')], [blob('a')])).toMatchObject({ withoutDigest: 1, changed: [] });
    expect(compareFiles([blob('a')], [blob('b')]).changed).toHaveLength(1);
    expect(compareFiles([file('a', { size: 1 })], [file('a', { size: 2 })]).changed).toHaveLength(
      1,
    );
  });

  test('other metadata with the same bytes are a difference, what publishing writes is not', () => {
    const list = (metadata: object): ListedFile[] =>
      listedFiles(
        new TextEncoder().encode(`${JSON.stringify({ path: 'a', size: 1, metadata })}\n`),
      );
    const digest = { 'dandi:sha2-256': '1' };
    const draft = list({ digest, keywords: ['a', 'b'] });
    const published = list({ keywords: ['a', 'b'], digest, datePublished: '2025', id: 'x' });
    expect(sameFiles(compareFiles(draft, published))).toBe(true);
    const other = compareFiles(draft, list({ digest, keywords: ['b', 'a'] }));
    expect([other.redescribed.length, other.unchanged.files, sameFiles(other)]).toEqual([
      1,
      1,
      false,
    ]);
  });
});

/** A list of files whose paths and bytes are drawn from few, so that all cases occur. */
function randomList(chance: Chance): ListedFile[] {
  const pick = (below: number): number => chance.below(below);
  return Array.from({ length: pick(40) }, () => {
    const kind = (['sha256', 'etag', 'zarr', 'blob', 'none'] as const)[pick(5)]!;
    const parts: FileParts = { size: pick(3) };
    if (kind === 'blob') parts.blob = String(pick(9)).repeat(64);
    else if (kind !== 'none') parts[kind] = String(pick(9));
    return file(`${pick(4)}/${pick(9)}`, parts);
  });
}

test('sums reconcile with both lists, whatever they contain', () => {
  const bytes = (files: readonly ListedFile[]): number =>
    files.reduce((sum, { size }) => sum + size, 0);
  for (let seed = 1; seed <= 500; seed += 1) {
    const chance = new Chance(seed);
    const [before, after] = [randomList(chance), randomList(chance)];
    const found = compareFiles(before, after);
    const pairs = [...found.changed, ...found.renamed];
    const left = [...found.removed, ...pairs.map((pair) => pair.before)];
    const right = [...found.added, ...pairs.map((pair) => pair.after)];
    expect(new Set(left).size).toBe(left.length);
    expect(new Set(right).size).toBe(right.length);
    const { unchanged } = found;
    const sums = (files: ListedFile[]): object => ({
      files: files.length + unchanged.files,
      bytes: bytes(files) + unchanged.bytes,
    });
    expect(sums(left)).toEqual({ files: before.length, bytes: bytes(before) });
    expect(sums(right)).toEqual({ files: after.length, bytes: bytes(after) });
    expect([found.before, found.after]).toEqual([sums(left), sums(right)]);
    expect(sameFiles(compareFiles(before, before))).toBe(true);
    // The reverse comparison is symmetric.
    const back = compareFiles(after, before);
    expect([back.added.length, back.removed.length, back.renamed.length]).toEqual([
      found.removed.length,
      found.added.length,
      found.renamed.length,
    ]);
  }
});
