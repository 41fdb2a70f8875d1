// What the registrar freezes, checked against DANDI's own models: every draft of the corpus that can be
// published is frozen, after it was migrated, and dandischema has to accept version and assets.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { memoryTree } from '../../src/adapters/content-files/memory-tree.ts';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { readText, type ContentTree } from '../../src/adapters/content-files/content-tree.ts';
import { planRelease } from '../../src/core/publishing/plan-release.ts';
import { versionOfTime } from '../../src/core/publishing/next-identifiers.ts';
import type { ArchiveSetting } from '../../src/core/checks/subjects.ts';
import type { JsonObject } from '../../src/core/json/json-text.ts';
import type { Archive } from '../../src/core/records/archive.ts';
import { readableAssets } from '../../src/core/records/asset-list.ts';
import { contentPlace } from '../../src/core/records/layout.ts';
import { importedCorpus } from '../support/records/corpus.ts';
import { describeWith, repository } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { shared } from '../support/shared.ts';
import { migrateDrafts } from '../../src/workflows/archive/migrate.ts';
import { readReleaseRequest, readSetting } from '../../src/workflows/publishing/read-release.ts';

const TIME = '2026-03-04T05:06:07+00:00';
/** Assets of a version that are validated; the models take a millisecond and more for each. */
const MOST_ASSETS = 15;

interface Case {
  where: string;
  kind: 'PublishedDandiset' | 'PublishedAsset';
  record: JsonObject;
}

/** The drafts of a tree, migrated, and everything else as it was. */
async function migrated(tree: ContentTree): Promise<ContentTree> {
  const changed: Record<string, Uint8Array> = {};
  const writer = {
    name: 'memory',
    write: async (name: string, bytes: Uint8Array) => {
      changed[name] = bytes;
    },
    remove: async () => undefined,
  };
  await migrateDrafts({ tree, writer });
  const memory = memoryTree(changed);
  return { ...tree, read: async (name) => (await memory.read(name)) ?? tree.read(name) };
}

async function frozenCases(
  tree: ContentTree,
  setting: ArchiveSetting,
  most = Infinity,
): Promise<Case[]> {
  const cases: Case[] = [];
  let versions = 0;
  for (const { path: name } of await tree.list('dandisets')) {
    const place = contentPlace(name);
    if (place.kind !== 'version' || place.version !== 'draft' || place.file !== 'dandiset.json')
      continue;
    if ((versions += 1) > most) break;
    const { number } = place;
    const request = await readReleaseRequest(tree, setting, { number });
    const version = versionOfTime(
      TIME,
      request.before === undefined ? [] : [request.before.version],
    );
    const { problems, frozen } = planRelease({
      ...request,
      created: TIME,
      as: { version, time: TIME },
    });
    // An unchanged one is frozen here too: only errors of the records count.
    const isRefused = problems.some(
      ({ severity, rule }) => severity === 'error' && rule !== 'release-unchanged',
    );
    if (frozen === undefined || isRefused) continue;
    cases.push({ where: name, kind: 'PublishedDandiset', record: frozen.record });
    const list = Buffer.from(frozen.files.get('assets.jsonl') ?? '');
    let count = 0;
    for (const asset of readableAssets(list)) {
      if ((count += 1) > MOST_ASSETS) break;
      cases.push({
        where: `${name} ${asset.path}`,
        kind: 'PublishedAsset',
        record: asset.metadata,
      });
    }
  }
  return cases;
}

/** Cases that dandischema does not accept, with its reasons. */
function refused(cases: readonly Case[], archive: Archive): string[] {
  const { status, stdout, stderr } = spawnSync(
    python.path,
    [path.join(repository, 'tests/conformance/dandischema_verdicts.py')],
    {
      input: cases.map((one) => JSON.stringify(one)).join('\n'),
      encoding: 'utf8',
      maxBuffer: 1_000_000_000,
      env: {
        ...process.env,
        DANDI_INSTANCE_NAME: archive.identifierPrefix,
        DANDI_INSTANCE_URL: archive.site.replace(/\/$/, ''),
        DANDI_INSTANCE_IDENTIFIER: 'RRID:SCR_017571',
        DANDI_LICENSES: JSON.stringify(archive.licenses),
        ...(archive.doiPrefix === undefined ? {} : { DANDI_DOI_PREFIX: archive.doiPrefix }),
      },
    },
  );
  if (status !== 0) throw new Error(stderr.slice(-2000));
  const verdicts = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(verdicts).toHaveLength(cases.length);
  return verdicts.flatMap(({ valid, json_schema, errors }, index) =>
    valid && json_schema === true ? [] : [`${cases[index]?.where}: ${errors.join('; ')}`],
  );
}

describeWith([shared, python], 'frozen versions and dandischema', () => {
  let tree: ContentTree;
  let setting: ArchiveSetting;

  beforeAll(async () => {
    tree = await migrated(folderTree(await importedCorpus()));
    setting = await readSetting(tree);
    expect(await readText(tree, 'archive.json')).toBeDefined();
  });

  test('every draft of the corpus that can be published', async () => {
    const cases = await frozenCases(tree, setting);
    expect(cases.filter(({ kind }) => kind === 'PublishedDandiset').length).toBeGreaterThan(60);
    expect(cases.length).toBeGreaterThan(500);
    expect(refused(cases, setting.archive)).toEqual([]);
  });

  test('are migrated once', async () => {
    const nothing = async (): Promise<void> => {
      throw new Error('written a second time');
    };
    const writer = { name: 'memory', write: nothing, remove: nothing };
    const { drafts } = await migrateDrafts({ tree, writer });
    expect(drafts.filter(({ result }) => result === 'current').length).toBeGreaterThan(180);
  });

  test('with a DOI', async () => {
    const archive = { ...setting.archive, doiPrefix: '10.48324' };
    const cases = await frozenCases(tree, { ...setting, archive }, 30);
    expect(cases[0]?.record['doi']).toMatch(/^10\.48324\/dandi\.\d{6}\/0\.260304\.0506$/);
    expect(refused(cases, archive)).toEqual([]);
  });
});
