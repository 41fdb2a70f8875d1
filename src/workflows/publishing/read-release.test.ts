import { describe, expect, test } from 'vitest';
import { memoryTree } from '../../adapters/content-files/memory-tree.ts';
import { readSetting } from './read-release.ts';

describe('an archive whose settings cannot be read', () => {
  test.each([
    [{}, 'content-not-found', /There is no archive\.json in/],
    [{ 'archive.json': '{"name": "Half' }, 'content-unreadable', /a text is not closed/],
    [{ 'archive.json': '{}' }, 'content-unreadable', /has no name/],
  ])('%j: %s', async (files, code, message) => {
    await expect(readSetting(memoryTree(files))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});
