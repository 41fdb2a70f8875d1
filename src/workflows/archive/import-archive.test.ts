import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderTree } from '../../adapters/content-files/folder-tree.ts';
import { folderWriter } from '../../adapters/content-files/folder-writer.ts';
import { folderStore } from '../../adapters/object-store/folder-store.ts';
import { listStore } from '../../adapters/object-store/list-store.ts';
import { openFolderSource, openSource } from '../../adapters/record-source/open-source.ts';
import type { RecordSource } from '../../adapters/record-source/record-source.ts';
import { silentReporter } from '../../adapters/terminal/progress.ts';
import { sha256Hex } from '../../core/digests/sha256.ts';
import { serveProgramFiles } from '../../../tests/support/sites/api-site.ts';
import { loopbackServer } from '../../../tests/support/servers/loopback-server.ts';
import { compareRecords } from '../../../tests/support/records/round-trip.ts';
import { filesBelow, temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { importArchive, type ImportReport } from './import-archive.ts';

const line = (name: string): string => `{"path":"${name}","size":1,"metadata":{"x":1.0}}\n`;
const VERSION = '0.210812.1448';
const source = {
  [`000003/${VERSION}/dandiset.json`]: '{"identifier":"DANDI:000003"}',
  [`000003/${VERSION}/assets.jsonl`]: line('b') + line('a'),
};

/** Imports with a bound of 50 bytes for lists in git, into `root`/content and `root`/storage. */
async function importLarge(
  root: string,
  withStore = true,
  from?: RecordSource,
): Promise<ImportReport> {
  const content = path.join(root, 'content');
  return importArchive({
    source: from ?? (await openFolderSource(temporaryFolder(source))),
    tree: folderTree(content),
    writer: folderWriter(content),
    settings: undefined,
    listsOf: () => (withStore ? listStore(folderStore(path.join(root, 'storage'))) : undefined),
    reporter: silentReporter,
    dryRun: false,
    maxListBytes: 50,
  });
}

it('keeps a version in which one Zarr has no size', async () => {
  const root = temporaryFolder();
  const zarr = `{"zarr":"70d4a66d-e70d-43c0-b8a4-d4be1ccbaaae","path":"a.zarr","metadata":{}}\n`;
  const from = await openFolderSource(
    temporaryFolder({ ...source, [`000003/${VERSION}/assets.jsonl`]: zarr + line('b') }),
  );
  const report = await importLarge(root, true, from);
  expect(report.problems).toEqual([]);
  expect(report.versions.map(({ action, assets }) => [action, assets])).toEqual([['add', 2]]);
});

describe('a list too large for git', () => {
  const list = line('a') + line('b');
  const sha256 = sha256Hex(list);
  const folder = `content/dandisets/000/000003/${VERSION}`;

  it('is stored compressed, and replaced by a reference', async () => {
    const root = temporaryFolder();
    const report = await importLarge(root);
    expect(report.versions.map(({ action }) => action)).toEqual(['add']);
    const files = filesBelow(root);
    expect([...files.keys()]).toEqual([
      'content/archive.json',
      `${folder}/assets.ref.json`,
      `${folder}/dandiset.json`,
      `${folder}/manifest.json`,
      `storage/lists/${sha256}.gz`,
    ]);
    expect(JSON.parse(files.get(`${folder}/assets.ref.json`) ?? '')).toEqual({
      sha256,
      size: list.length,
      count: 2,
    });
    expect(JSON.parse(files.get(`${folder}/manifest.json`) ?? '').assets).toEqual({
      count: 2,
      bytes: 2,
    });
    const held = await listStore(folderStore(path.join(root, 'storage'))).read(sha256);
    expect(new TextDecoder().decode(held)).toBe(list);

    expect((await importLarge(root)).versions.map(({ action }) => action)).toEqual(['unchanged']);
    expect(filesBelow(root)).toEqual(files);
  });

  it('is left out with its version where there is no store for it', async () => {
    const root = temporaryFolder();
    const report = await importLarge(root, false);
    expect(report.problems).toMatchObject([{ rule: 'no-list-store' }]);
    expect([...filesBelow(root).keys()]).toEqual(['content/archive.json']);
  });

  it('comes out of the store of the archive it is imported from', async () => {
    const refusing = await loopbackServer({
      answer: () => '',
      fault: () => ({ status: 403 }),
    });
    onTestFinished(() => refusing.close());
    const settings = {
      name: 'Lab archive',
      identifierPrefix: 'DANDI',
      site: 'https://lab.example/',
      repository: 'https://lab.example/repository',
      stores: [
        { kind: 'http', url: refusing.url },
        { kind: 'folder', path: 'storage', url: '/storage/' },
      ],
    };
    const first = temporaryFolder({ 'content/archive.json': JSON.stringify(settings) });
    const second = temporaryFolder();
    await importLarge(first);
    const server = await serveProgramFiles(path.join(first, 'content'), path.join(first, 'dist'));
    onTestFinished(() => server.close());
    const report = await importLarge(second, true, await openSource(`${server.url}api`));
    expect(report.problems).toEqual([]);
    const [original, copy] = [first, second].map((root) => filesBelow(path.join(root, 'content')));
    expect(compareRecords(original as Map<string, string>, copy as Map<string, string>)).toEqual({
      differing: [],
      absent: [],
      added: [],
    });
    const stored = (root: string): unknown => filesBelow(path.join(root, 'storage'));
    expect(stored(second)).toEqual(stored(first));
  });
});
