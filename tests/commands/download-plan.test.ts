// The plan is what happens: over random folders, journals and policies, the real run does to each file what the
// dry run says, and to nothing else.

import { randomInt } from 'node:crypto';
import { lstatSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { downloadArchive, type ArchiveFiles } from '../support/sites/download-archive.ts';
import { filesBelow, temporaryFolder } from '../support/temporary-folder.ts';
import { numbersFrom, pointCount } from '../support/campaign.ts';
import { downloadAdapters } from '../../src/cli/support/download-adapters.ts';
import { EXISTING_POLICIES } from '../../src/core/download/plan.ts';
import { parseResource, type Resource } from '../../src/core/download/resource.ts';
import { ALL_FILES, type SavedChoice } from '../../src/core/download/saved-request.ts';
import { download, planAll } from '../../src/workflows/client/download.ts';
import {
  settingsOf,
  type DownloadReport,
  type DownloadSettings,
  type FolderPlan,
} from '../../src/workflows/client/download-settings.ts';

const quiet: DownloadReport = {
  found() {},
  planned() {},
  advanced() {},
  settled() {},
  removed() {},
};

function resourceOf(text: string): Resource {
  const parsed = parseResource(text);
  if (parsed.kind !== 'resource') throw new Error(text);
  return parsed.resource;
}

const actionsOf = (plans: FolderPlan[]): unknown =>
  plans.map(({ plan }) => [
    plan.files.map(({ target, action }) => [target, action]),
    plan.removals,
    plan.totals,
  ]);

const PLAIN = ['a.nwb', 'sub-1/c.nwb', 'sub-1/d.nwb', 'sub-2/f/g.nwb', 'h.txt'];
const CHUNKS = ['.zgroup', '.zattrs', '0/0', '0/1', '1'];
/** Of the earlier version: files and chunks that are gone, and a chunk and a folder in each other's place. */
const OLD_PLAIN = [...PLAIN.slice(1), 'old/z.nwb'];
const OLD_CHUNKS = ['.zgroup', '0/0', '0/7', '1/0', '2'];

const versionOf = (plain: string[], chunks: string[], word: string): ArchiveFiles => ({
  ...Object.fromEntries(plain.map((name) => [name, Buffer.from(`${word} ${name}`)])),
  'sub-1/x.zarr': Object.fromEntries(chunks.map((name) => [name, Buffer.from(`${word} ${name}`)])),
});

/** Choices of files; with most of them nothing can be synchronised. */
const CHOICES: Partial<SavedChoice>[] = [
  ...Array.from({ length: 8 }, () => ({})),
  { only: 'assets' },
  { only: 'metadata' },
  { filters: { include: ['sub-1/**'] } },
  { filters: { exclude: ['**/*.zarr', 'h.*'] } },
  { filters: { subjects: ['1'] } },
  { filters: { maxSize: 12 } },
  { zarr: ['metadata'] },
  { zarr: ['path:0'], filters: { include: ['**/*.zarr'] } },
];
const WHOLE = '000001/draft';
const PARTS = [WHOLE, WHOLE, 'dandi://LAB/000001@draft/sub-1/', 'dandi://LAB/000001@draft/a.nwb'];

type Chance = () => number;
const oneOf = <Item>(items: readonly Item[], chance: Chance): Item =>
  items[Math.floor(chance() * items.length)]!;

/** Changes what is in a folder as a user does: removes, damages, touches, puts folders in the way, adds. */
function disturb(folder: string, chance: Chance): void {
  const inZarr = [...new Set([...CHUNKS, ...OLD_CHUNKS, '.git/config', '9/9'])];
  const names = [
    ...PLAIN,
    ...inZarr.map((name) => `sub-1/x.zarr/${name}`),
    'sub-1/x.zarr',
    'mine.txt',
  ];
  for (const name of names) {
    const place = path.join(folder, name);
    const what = chance();
    if (what < 0.55) continue;
    try {
      const isFolder = lstatSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
      // A folder stays, with what is in it.
      if (isFolder && what >= 0.65) continue;
      rmSync(place, { recursive: true, force: true });
      if (what < 0.65) continue;
      mkdirSync(path.dirname(place), { recursive: true });
      if (what < 0.7) mkdirSync(place);
      else
        writeFileSync(
          place,
          what < 0.85 ? `right ${name}` : what < 0.93 ? 'wrong' : 'longer than it',
        );
      if (what > 0.8 && what < 0.93)
        utimesSync(place, new Date('2025-01-13T15:20:00Z'), new Date('2025-01-13T15:20:00Z'));
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (!['EEXIST', 'ENOTDIR'].includes(code)) throw error;
    }
  }
}

/** The files below a folder without the state of downloads. */
const filesIn = (folder: string): Map<string, string> =>
  new Map([...filesBelow(folder)].filter(([name]) => !/(?:^|\/)\.dandiset\//.test(name)));

/** What a plan says will be in the output folder, and what will be set aside. */
function foretold(
  plans: FolderPlan[],
  output: string,
  before: Map<string, string>,
  right: Map<string, string>,
): { after: Map<string, string>; moved: string[] } {
  const after = new Map(before);
  const moved: string[] = [];
  for (const { folder, plan } of plans) {
    const at = path.relative(output, folder);
    const placeOf = (target: string): string => (at === '' ? target : `${at}/${target}`);
    for (const { target, action } of plan.files) {
      if (action.do !== 'set-aside') continue;
      const place = placeOf(target);
      for (const [name, text] of [...after]) {
        if (name !== place && !name.startsWith(`${place}/`)) continue;
        moved.push(text);
        after.delete(name);
      }
    }
    for (const { target, action, from, zarr } of plan.files) {
      if (action.do !== 'fetch' && action.do !== 'replace') continue;
      const isRecord = from instanceof Uint8Array;
      const text = isRecord ? Buffer.from(from).toString() : right.get(from[0] ?? '');
      expect(text, `${target} of ${zarr ?? 'no Zarr'} has bytes`).toBeDefined();
      after.set(placeOf(target), text ?? '');
    }
    const isWhole = plan.files.every(({ action }) => action.do !== 'refuse');
    if (isWhole) for (const target of plan.removals) after.delete(placeOf(target));
  }
  return { after, moved };
}

test.each(EXISTING_POLICIES)('--existing %s', { timeout: 600_000 }, async (existing) => {
  const seed = Number(process.env['SEED'] ?? randomInt(1, 1_000_000));
  const chance = numbersFrom(seed);
  const earlier = await downloadArchive(temporaryFolder(), versionOf(OLD_PLAIN, OLD_CHUNKS, 'old'));
  const archive = await downloadArchive(temporaryFolder(), versionOf(PLAIN, CHUNKS, 'right'));
  const address = archive.store.url.replace(/content$/, '');
  const right = new Map(
    [...archive.store.objects].map(([key, bytes]) => [
      address + key,
      Buffer.from(bytes).toString(),
    ]),
  );
  const seen = new Set<string>();

  for (let round = 0; round < pointCount(24, 200); round += 1) {
    const output = temporaryFolder();
    const choice = oneOf(CHOICES, chance);
    const text = oneOf(PARTS, chance);
    const isWhole = text === WHOLE && Object.keys(choice).length === 0;
    const settings: DownloadSettings = {
      ...settingsOf({ ...ALL_FILES, ...choice, preserveTree: chance() < 0.3 }),
      output,
      existing,
      jobs: 3,
      ...(isWhole && chance() < 0.5 ? { sync: true } : {}),
    };
    const resources = [resourceOf(text)];
    const adapters = downloadAdapters(archive.content, () => undefined);
    // Some rounds begin with an earlier download, of this version or of the one before, that was then changed.
    const begins = chance();
    const first = begins < 0.3 ? earlier : begins < 0.6 ? archive : undefined;
    if (first !== undefined) {
      const before = downloadAdapters(first.content, () => undefined);
      const whole = { ...settingsOf(ALL_FILES), output, existing, jobs: 3 };
      await download([resourceOf(WHOLE)], whole, before, quiet);
    }
    disturb(chance() < 0.5 ? output : path.join(output, '000001'), chance);

    const say = `SEED=${seed} round ${round}: ${text} ${JSON.stringify(choice)}`;
    const [before, files] = [filesBelow(output), filesIn(output)];
    let planned: FolderPlan[];
    try {
      planned = await planAll(resources, settings, adapters, quiet);
    } catch (error) {
      // What the choice leaves nothing of is said by the real run too.
      await expect(download(resources, settings, adapters, quiet), say).rejects.toThrow(
        (error as Error).message,
      );
      expect(filesIn(output), say).toEqual(files);
      continue;
    }
    expect(filesBelow(output), `${say}: a plan writes nothing`).toEqual(before);

    const { after, moved } = foretold(planned, output, files, right);
    const done = await download(resources, settings, adapters, quiet);
    expect(actionsOf(done.plans), say).toEqual(actionsOf(planned));
    expect(filesIn(output), say).toEqual(after);
    const failed = done.failures.map(({ file }) => file.target).sort();
    const actions = planned.flatMap(({ plan }) => plan.files);
    const refused = actions.filter(({ action }) => action.do === 'refuse');
    expect(failed, say).toEqual(refused.map(({ target }) => target).sort());
    const kept = [...filesBelow(output)].filter(([name]) => name.includes('.dandiset/removed/'));
    const keptBefore = [...before].filter(([name]) => name.includes('.dandiset/removed/'));
    expect(kept.map(([, bytes]) => bytes).sort(), say).toEqual(
      [...moved, ...keptBefore.map(([, bytes]) => bytes)].sort(),
    );
    for (const { action } of actions) seen.add(action.do);
    if (planned.some(({ plan }) => plan.removals.length > 0)) seen.add('remove');
  }
  console.log(`--existing ${existing}: ${[...seen].sort().join(', ')} (SEED=${seed})`);
});
