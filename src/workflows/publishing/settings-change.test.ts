// What was frozen stays valid when the settings of the archive change: it is checked against the settings
// that were in force when it was frozen, which its own record contains.

import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../core/json/json-text.ts';
import { ArchiveInGit, submissionFiles } from '../../../tests/support/forge/archive-in-git.ts';
import { ARCHIVE } from '../../../tests/support/broken/records.ts';
import { runRegistrar } from './registrar.ts';

const SLOW = { timeout: 120_000 };
const FROZEN = 'dandisets/000/000001/0.260304.0506';

/** An archive of these settings with one version, published under them. */
async function published(settings: JsonObject = {}): Promise<ArchiveInGit> {
  const archive = new ArchiveInGit(settings);
  archive.merge(submissionFiles('first-light', 'First.'), '2026-03-04T05:06:07Z');
  const { problems } = await runRegistrar(archive.parts());
  expect(problems).toEqual([]);
  return archive;
}

function settle(archive: ArchiveInGit, settings: JsonObject): void {
  const text = `${JSON.stringify({ ...ARCHIVE, ...settings }, null, 2)}\n`;
  archive.merge({ 'archive.json': text }, '2026-04-01T00:00:00Z');
}

async function found(archive: ArchiveInGit): Promise<string[]> {
  return (await archive.check()).map(({ rule, path }) => `${rule} ${path}`);
}

const MOVED = { site: 'https://data.lab.example/archive/' };
const PREFIX = { doiPrefix: '10.12345' };

describe('a published version is checked against the settings in force when it was frozen', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['the site moves', {}, MOVED],
    ['DOIs are registered from now on', {}, PREFIX],
    ['DOIs are no longer registered', PREFIX, {}],
    ['DOIs get another prefix, and the site moves', PREFIX, { doiPrefix: '10.54321', ...MOVED }],
    ['the store moves', {}, { stores: [{ kind: 'http', url: 'https://bytes.example/' }] }],
  ])('when %s', SLOW, async (_, before, after) => {
    const archive = await published(before);
    settle(archive, after);
    expect(await found(archive)).toEqual([]);
  });

  test('when the site moves, in an old release that had the site in its schema', SLOW, async () => {
    const archive = new ArchiveInGit(PREFIX);
    const files = submissionFiles('first-light', 'First.');
    const old = Object.entries(files).map(([name, text]) => [
      name,
      String(text).replace(/"schemaVersion": "[^"]*"/, '"schemaVersion": "0.6.2"'),
    ]);
    archive.merge(Object.fromEntries(old), '2026-03-04T05:06:07Z');
    expect((await runRegistrar(archive.parts())).problems).toEqual([]);
    settle(archive, { doiPrefix: '10.54321', ...MOVED });
    expect(await found(archive)).toEqual([]);
  });

  test('when a licence is no longer accepted, reported for drafts alone', SLOW, async () => {
    const archive = await published();
    settle(archive, { licenses: ['spdx:CC0-1.0'] });
    expect(await found(archive)).toEqual([
      'licence-not-allowed dandisets/000/000001/draft/dandiset.json',
    ]);
  });

  test('and damage is still found', SLOW, async () => {
    const archive = await published();
    settle(archive, MOVED);
    const text = archive.text(`${FROZEN}/dandiset.json`);
    const damaged = text.replace('/dandiset/000001/0.', '/dandiset/000002/0.');
    archive.merge({ [`${FROZEN}/dandiset.json`]: damaged }, '2026-05-01T00:00:00Z');
    expect(await found(archive)).toEqual([
      `frozen-file-changed ${FROZEN}/dandiset.json`,
      `published-address ${FROZEN}/dandiset.json`,
    ]);
  });
});
