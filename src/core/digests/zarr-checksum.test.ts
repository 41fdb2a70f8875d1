import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { zarrChecksum, type ZarrFile } from './zarr-checksum.ts';

function file(path: string, text: string): ZarrFile {
  return { path, size: Buffer.byteLength(text), md5: createHash('md5').update(text).digest('hex') };
}

test('an archive without files has a checksum', () => {
  expect(zarrChecksum([])).toBe('481a2f77ab786a0f45aafd5db0971caa-0--0');
});

test('the checksum covers folders and does not depend on the order of the files', () => {
  const files = [file('a/0', 'chunk'), file('.zgroup', '{"zarr_format":2}')];
  expect(zarrChecksum(files)).toBe('3fe4c67bd3fd5b67aad03329a376da4d-2--22');
  expect(zarrChecksum(files.reverse())).toBe('3fe4c67bd3fd5b67aad03329a376da4d-2--22');
});

test('a path that occurs twice, or is a file and a folder, is refused', () => {
  expect(() => zarrChecksum([file('a', '1'), file('a', '2')])).toThrow(/twice/);
  expect(() => zarrChecksum([file('a', '1'), file('a/b', '2')])).toThrow(/file and a folder/);
  expect(() => zarrChecksum([file('a/b', '1'), file('a', '2')])).toThrow(/twice/);
});

test('names that JavaScript objects know are plain names', () => {
  const one = zarrChecksum([file('__proto__/constructor', '1')]);
  expect(one).not.toBe(zarrChecksum([]));
  expect(one).toMatch(/^[0-9a-f]{32}-1--1$/);
});
