// A list that is identical to that of another version is not read again. Each single rule is tested by
// tests/commands/check-rules.test.ts.

import { expect, it } from 'vitest';
import { BROKEN_ARCHIVES } from '../../../tests/support/broken/broken-archives.ts';
import { ARCHIVE } from '../../../tests/support/broken/records.ts';
import { DRAFT, SECOND, TestArchive } from '../../../tests/support/broken/test-archive.ts';
import type { DandisetNumber } from '../identifiers/dandiset-id.ts';
import { parseVersion } from '../identifiers/version-id.ts';
import { type Archive } from '../records/archive.ts';
import { toArchive } from '../records/to-archive.ts';
import { COMPUTED_ASSET_FIELDS, RELEASES, schemaFor } from '../schema/validate.ts';
import { collectFromFolder, type CheckedFolder, type FaultlessList } from './check-folder.ts';
import { checkAssetList } from './check-version.ts';
import { ProblemCollector } from './collect-problems.ts';
import { ASSET_TEXT_RULES } from './texts.ts';

const archive = toArchive(ARCHIVE).archive;
if (archive === undefined) throw new Error('the settings of the test archive are none');

function check(
  { files }: TestArchive,
  folder: string,
  faultless?: FaultlessList,
  settings: Archive = archive!,
): CheckedFolder & { rules: string[] } {
  const collector = new ProblemCollector();
  const inside = Object.entries(files).filter(([path]) => path.startsWith(`${folder}/`));
  const checked = collectFromFolder(collector, {
    archive: settings,
    vocabularies: new Map(),
    folder,
    place: {
      number: '000001' as DandisetNumber,
      version: parseVersion(folder.slice(folder.lastIndexOf('/') + 1))!,
    },
    files: new Map(
      inside.map(([path, data]) => [
        path.slice(folder.length + 1),
        new TextEncoder().encode(String(data)),
      ]),
    ),
    ...(faultless === undefined ? {} : { faultless }),
  });
  return { ...checked, rules: collector.problems().map(({ rule }) => rule) };
}

it('trusts a published list without problems for the same text, and for no other', () => {
  const test = new TestArchive();
  test.files[`${DRAFT}/assets.jsonl`] = test.text(`${SECOND}/assets.jsonl`);
  const { faultless, rules } = check(test, SECOND);
  expect(rules).toEqual([]);
  expect(faultless?.text).toBe(test.text(`${SECOND}/assets.jsonl`));
  // Sums of its own show that the list was not read.
  const told = {
    text: faultless?.text ?? '',
    totals: { count: 42, bytes: 0 },
    licenses: new Set<string>(),
  };
  expect(check(test, DRAFT, told)).toMatchObject({ assets: 42, rules: [] });

  test.editAsset(DRAFT, (asset) => (asset['size'] = 1));
  expect(check(test, DRAFT, told)).toMatchObject({ assets: 3, rules: ['asset-size-differs'] });
});

it('does not trust a list whose licences a draft may no longer name', () => {
  const test = new TestArchive();
  test.editAsset(SECOND, (_, metadata) => (metadata['license'] = ['spdx:CC-BY-4.0']));
  test.freeze();
  test.files[`${DRAFT}/assets.jsonl`] = test.text(`${SECOND}/assets.jsonl`);
  const settings = { ...archive, licenses: ['spdx:CC0-1.0'] };
  const { faultless, rules } = check(test, SECOND, undefined, settings);
  expect(rules).toEqual([]);
  expect(check(test, DRAFT, faultless).rules).toEqual([]);
  const draft = check(test, DRAFT, faultless, settings);
  expect(draft.rules).toEqual(['licence-not-allowed', 'asset-schema']);
});

it('trusts neither a list with a problem nor a draft', () => {
  const test = new TestArchive();
  expect(check(test, DRAFT).faultless).toBeUndefined();
  test.editAsset(SECOND, (asset) => (asset['size'] = 1));
  expect(check(test, SECOND).faultless).toBeUndefined();
});

it.each(RELEASES)(
  'demands nothing of a draft’s asset that it does not demand when published: %s',
  (release) => {
    const settings = { prefix: 'LAB', site: 'https://lab.example/', licenses: [] };
    const authored = schemaFor({ release, kind: 'Asset', authored: true, settings });
    const published = schemaFor({ release, kind: 'PublishedAsset', settings });
    const { properties = {}, $defs = {}, required = [] } = authored;
    expect(published.required).toEqual(expect.arrayContaining([...required]));
    expect(published.properties).toMatchObject(properties);
    expect(published.$defs).toMatchObject($defs);
    expect(Object.keys(properties)).not.toEqual(expect.arrayContaining([...COMPUTED_ASSET_FIELDS]));
  },
);

it.each([
  ['half a character', '\\ud83d'],
  ['a null', '\\u0000'],
  ['a sign that turns the direction of reading', '\u202e'],
  ['the same as an escape', '\\u202E'],
])('a published list with %s is read again for a draft', (_what, odd) => {
  const test = new TestArchive();
  const path = `${SECOND}/assets.jsonl`;
  test.files[path] = test.text(path).replace('"metadata":{', `"metadata":{"x":{"name":"${odd}"},`);
  test.freeze();
  expect(check(test, SECOND).faultless).toBeUndefined();
});

it('finds every problem of a draft’s list in the same list when published', () => {
  const found = new Set<string>();
  for (const { spoil } of BROKEN_ARCHIVES.values()) {
    const test = new TestArchive();
    const path = `${DRAFT}/assets.jsonl`;
    test.files[path] = test.text(`${SECOND}/assets.jsonl`);
    spoil(test);
    const rules = (published: boolean): string[] =>
      checkAssetList({ path, text: test.text(path), published, archive: archive! }).map(
        ({ rule }) => rule,
      );
    // What only drafts may not contain prevents the reuse of a list's result, as the test above says.
    const ofDrafts = ASSET_TEXT_RULES.map(({ id }) => id);
    const wanted = rules(false).filter((rule) => !ofDrafts.includes(rule));
    expect(rules(true)).toEqual(expect.arrayContaining(wanted));
    for (const rule of rules(false)) found.add(rule);
  }
  expect(found.size).toBeGreaterThan(15);
});
